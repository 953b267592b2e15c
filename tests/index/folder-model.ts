import fc from 'fast-check';
import { articleId } from '../../lib/article';
import { zipBytes } from '../article/zip-bytes';

/** An article out of a small pool. Those of one class are the same by their text or address; without a class each is one of its own. */
interface PoolArticle {
  title: string;
  paragraphs: string[];
  url: string | null;
  class: string | null;
}

const long = (subject: string, hour: string): string =>
  `In the ${hour} the ${subject} was quiet, since nobody who worked there had come back from the fair at Orley, and what was left of the day went by with mending, sweeping and waiting for the rain that the miller had promised to everybody who asked him about his knee.`;

export const POOL: readonly PoolArticle[] = [
  { title: 'The ferry', paragraphs: [long('ferry', 'morning')], url: null, class: 'ferry' },
  { title: 'The ferry again', paragraphs: [long('ferry', 'morning')], url: null, class: 'ferry' },
  { title: 'The ferry', paragraphs: [long('ferry', 'morning')], url: 'https://www.example.org/ferry/?utm_source=mail', class: 'ferry' },
  { title: 'The orchard', paragraphs: [long('orchard', 'morning'), long('orchard', 'evening')], url: 'https://example.org/orchard', class: 'orchard' },
  { title: 'The orchard', paragraphs: [long('orchard', 'morning'), long('orchard', 'night')], url: 'https://example.org/orchard', class: 'orchard' },
  { title: 'A series', paragraphs: [long('tunnel', 'morning')], url: 'https://example.org/series', class: 'tunnel' },
  { title: 'A series', paragraphs: [long('violin', 'morning')], url: 'https://example.org/series', class: 'violin' },
  { title: 'The glacier', paragraphs: [long('glacier', 'evening')], url: null, class: 'glacier' },
  { title: 'Short', paragraphs: ['Read more on our site.'], url: null, class: null },
  { title: 'Short too', paragraphs: ['Nothing to see today.'], url: null, class: null },
];

/** Which article of the pool a text is. */
export function inPool(title: string, text: string, url: string | null): number {
  return POOL.findIndex((article) => article.title === title && article.url === url && article.paragraphs.join('\n\n') === text);
}

type Single = { kind: 'single'; article: number };
/** `isOther`: written over with data that is no articles. */
type Records = { kind: 'records'; lines: { id: number; article: number | null }[]; isOther: boolean };
type Archive = { kind: 'archive'; entries: { name: string; content: Single | Records; isDamaged: boolean }[] };
export type Content = Single | Records | Archive;

/** A file of the model; damaged, it has its content still, and gets it back when it is mended. */
export interface ModelFile {
  content: Content;
  isDamaged: boolean;
}

/** What reading a file must give: sources are below its own. */
export interface ModelReading {
  articles: { id: string; source: string; article: number }[];
  /** Of parts that fail. */
  failed: string[];
  /** Nothing of it can be read. */
  isFailure: boolean;
}

export function readModel(source: string, { content, isDamaged }: ModelFile): ModelReading {
  if (isDamaged) return { articles: [], failed: [], isFailure: true };
  if (content.kind === 'single') return { articles: [{ id: articleId(source), source, article: content.article }], failed: [], isFailure: false };
  // Nothing in it, and nothing that could be an article: what it held is kept.
  if (content.kind === 'records' && (content.lines.length === 0 || content.isOther)) return { articles: [], failed: [], isFailure: true };
  if (content.kind === 'records') {
    const articles = content.lines.flatMap(({ id, article }) => (article === null ? [] : [{ id: articleId(source, String(id)), source, article }]));
    const failed = content.lines.flatMap(({ article }, i) => (article === null ? [`${source}/line ${i + 1}`] : []));
    return { articles, failed, isFailure: false };
  }
  const entries = content.entries.map((entry) => ({ name: entry.name, ...readModel(`${source}/${entry.name}`, entry) }));
  return {
    articles: entries.flatMap(({ articles }) => articles),
    failed: entries.flatMap(({ name, failed, isFailure }) => (isFailure ? [`${source}/${name}`] : failed)),
    isFailure: false,
  };
}

export function bytesOf({ content, isDamaged }: ModelFile): Buffer {
  if (isDamaged) return content.kind === 'archive' ? Buffer.from('PK\x03\x04 and then nothing of an archive', 'latin1') : Buffer.of(0, 1, 2);
  if (content.kind === 'single') return Buffer.from(page(POOL[content.article] as PoolArticle));
  if (content.kind === 'records' && content.isOther) return Buffer.from('{"colour": "blue", "width": 4}\n');
  if (content.kind === 'records') return Buffer.from(content.lines.map(({ id, article }) => (article === null ? '{"id": broken' : record(id, POOL[article] as PoolArticle))).join('\n'));
  return zipBytes(content.entries.map(({ name, content: inner, isDamaged: isWrong }) => ({ name, data: bytesOf({ content: inner, isDamaged: false }), ...(isWrong ? { crc: 1 } : {}) })));
}

function page({ title, url, paragraphs }: PoolArticle): string {
  return `---\ntitle: ${title}\n${url === null ? '' : `url: ${url}\n`}---\n${paragraphs.join('\n\n')}\n`;
}

function record(id: number, { title, url, paragraphs }: PoolArticle): string {
  return JSON.stringify({ id, title, text: paragraphs.join('\n\n'), ...(url === null ? {} : { url }) });
}

export const PATHS = ['articles/a.md', 'articles/b/c.md', 'articles/d.md', 'articles/e.jsonl', 'articles/f.zip', 'articles/g.zip', 'articles/h.jsonl', 'other/a.md', 'other/i.zip', 'other/j.jsonl'] as const;

/** Lines of the ignore file of `articles`, and what they pass over. */
const IGNORED: readonly { rules: string; passesOver: (path: string) => boolean }[] = [
  { rules: '', passesOver: () => false },
  { rules: 'b/\n', passesOver: (path) => path.startsWith('articles/b/') },
  { rules: '*.zip\n!g.zip\n', passesOver: (path) => /^articles\/.*\.zip/.test(path) && path !== 'articles/g.zip' && !path.startsWith('articles/g.zip/') },
];

const article = fc.nat(POOL.length - 1);
const single: fc.Arbitrary<Single> = fc.record({ kind: fc.constant('single' as const), article });
const records: fc.Arbitrary<Records> = fc.record({
  kind: fc.constant('records' as const),
  lines: fc.uniqueArray(fc.record({ id: fc.integer({ min: 1, max: 5 }), article: fc.option(article, { freq: 5 }) }), { selector: ({ id }) => id, maxLength: 4 }),
  isOther: fc.nat(7).map((n) => n === 0),
});
const archive: fc.Arbitrary<Archive> = fc
  .uniqueArray(fc.constantFrom('x.md', 'y.md', 'in/z.md', 'r.jsonl'), { minLength: 1, maxLength: 3 })
  .chain((names) => fc.tuple(...names.map((name) => fc.record({ name: fc.constant(name), content: name.endsWith('.md') ? single : records, isDamaged: fc.nat(5).map((n) => n === 0) }))))
  .map((entries) => ({ kind: 'archive', entries }));

export type Deed =
  | { kind: 'write'; path: string; content: Content }
  | { kind: 'remove' | 'damage' | 'mend' | 'unpack'; path: string }
  | { kind: 'move' | 'copy' | 'swap'; path: string; other: string }
  | { kind: 'ignore'; rules: number };

const contentFor = (path: string): fc.Arbitrary<Content> => (path.endsWith('.md') ? single : path.endsWith('.jsonl') ? records : archive);
const path = fc.constantFrom(...PATHS);
const pair = path.chain((one) => fc.constantFrom(...PATHS.filter((other) => other !== one && other.split('.')[1] === one.split('.')[1])).map((other) => ({ path: one, other })));

export const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 6, arbitrary: path.chain((to) => contentFor(to).map((content) => ({ kind: 'write' as const, path: to, content }))) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constantFrom('remove' as const, 'damage' as const, 'mend' as const, 'unpack' as const), path }) },
  { weight: 5, arbitrary: fc.tuple(fc.constantFrom('move' as const, 'copy' as const, 'swap' as const), pair).map(([kind, paths]) => ({ kind, ...paths })) },
  { weight: 1, arbitrary: fc.nat(IGNORED.length - 1).map((rules) => ({ kind: 'ignore' as const, rules })) },
);

/** Two folders of articles, as they should be on disk. */
export class FolderModel {
  readonly files = new Map<string, ModelFile>();
  private ignored = 0;

  get rules(): string {
    return IGNORED[this.ignored]?.rules ?? '';
  }

  /** Files that are read, by their path, which is their source, too. */
  listed(): [string, ModelFile][] {
    return [...this.files].filter(([name]) => IGNORED[this.ignored]?.passesOver(name) !== true);
  }

  apply(done: Deed): void {
    if (done.kind === 'ignore') {
      this.ignored = done.rules;
      return;
    }
    const { files } = this;
    const file = files.get(done.path);
    if (done.kind === 'write') this.put(done.path, { content: done.content, isDamaged: false });
    if (file === undefined) return;
    if (done.kind === 'remove') files.delete(done.path);
    if (done.kind === 'damage' || done.kind === 'mend') files.set(done.path, { ...file, isDamaged: done.kind === 'damage' });
    if (done.kind === 'unpack' && file.content.kind === 'archive') {
      // A folder of the archive's name: its files have the sources that entries had.
      files.delete(done.path);
      for (const { name, ...entry } of file.content.entries) files.set(`${done.path}/${name}`, entry);
    }
    if (done.kind === 'move' || done.kind === 'copy') this.put(done.other, file);
    if (done.kind === 'move') files.delete(done.path);
    if (done.kind === 'swap') {
      const other = files.get(done.other);
      if (other !== undefined) {
        files.set(done.path, other);
        files.set(done.other, file);
      }
    }
  }

  /** In place of the folder that an archive was unpacked to, where there is one. */
  private put(name: string, file: ModelFile): void {
    for (const other of this.files.keys()) if (other.startsWith(`${name}/`)) this.files.delete(other);
    this.files.set(name, file);
  }
}
