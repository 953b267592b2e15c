import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildIndex, openCurrent, verifyGeneration, type BuildOptions, type BuildReport } from '../../lib/index';
import { bytesOf, deed, FolderModel, inPool, POOL, readModel } from './folder-model';
import { temporaryFolder } from './support';

/** Sequences of changes that are tried; each takes some seconds, most of them for starting processes. */
const RUNS = Number(process.env['PILCROW_TEST_CHANGES'] ?? 4);
/** What the index and the report of each run leave out: see `PADDING`. */
const ALWAYS = ['articles/zz.md', 'other/zz.jsonl'];

interface Indexed {
  id: string;
  source: string;
  /** The file that it is in. */
  file: string;
  article: number;
  hash: string;
}

/** Articles that are always there: what changes is a small part then, and a generation mostly goes on from the one before. */
const PADDING = Array.from({ length: 60 }, (_, i) => JSON.stringify({ id: i, title: `Note ${i}`, text: `The weather on day ${i} was as it had been the day before.` })).join('\n');

async function indexed(indexDir: string): Promise<Indexed[]> {
  const { store, close } = await openCurrent(indexDir);
  const files = [...store.files()].map(({ source }) => source);
  const articles = [...store.knownArticles()].filter(({ source }) => !ALWAYS.includes(source)).map(({ id, source, hash }) => {
    const found = store.article(id);
    const file = files.filter((name) => source === name || source.startsWith(`${name}/`)).sort((a, b) => b.length - a.length)[0] ?? '';
    return { id, source, file, hash: hash.toString('hex'), article: found === null ? -1 : inPool(found.title, found.paragraphs.map(({ text }) => text).join('\n\n'), found.url) };
  });
  close();
  return articles;
}

/** What is to be in the index, and what may be: articles that are read, and those that are kept of what fails. */
function wanted(model: FolderModel, before: readonly Indexed[]): Pick<Indexed, 'id' | 'source' | 'article'>[] {
  return model.listed().flatMap(([source, file]) => {
    const { articles, failed, isFailure } = readModel(source, file);
    const ids = new Set(articles.map(({ id }) => id));
    const kept = before.filter((known) => {
      if (known.file !== source || ids.has(known.id)) return false;
      return isFailure || failed.some((part) => part === known.source || part.startsWith(`${known.source}/`) || known.source.startsWith(`${part}/`));
    });
    return [...articles, ...kept];
  });
}

function assertIndexed(model: FolderModel, before: readonly Indexed[], now: readonly Indexed[]): void {
  const there = wanted(model, before);
  const name = ({ id, article }: Pick<Indexed, 'id' | 'article'>): string => `${id} ${article}`;
  const possible = new Set(there.map(name));
  expect(now.filter((article) => !possible.has(name(article))), 'nothing is in the index that is not in the folder').toEqual([]);
  const classOf = ({ id, article }: Pick<Indexed, 'id' | 'article'>): string => POOL[article]?.class ?? id;
  expect(now.map(classOf).sort(), 'each article is in the index once').toEqual([...new Set(there.map(classOf))].sort());
}

function assertReport({ articles }: BuildReport, before: readonly Indexed[], now: readonly Indexed[], padding: number): void {
  const ids = (list: readonly { id: string }[]): string[] => list.map(({ id }) => id).sort();
  const known = new Map(before.map(({ id, hash }) => [id, hash]));
  const left = new Map(now.map(({ id, hash }) => [id, hash]));
  expect(ids([...articles.added, ...articles.moved]), 'added').toEqual(ids(now.filter(({ id }) => !known.has(id))));
  expect(ids([...articles.removed, ...articles.moved.map(({ from }) => from)]), 'removed').toEqual(ids(before.filter(({ id }) => !left.has(id))));
  expect(ids(articles.changed), 'changed').toEqual(ids(now.filter(({ id, hash }) => known.has(id) && known.get(id) !== hash)));
  expect(articles.total).toBe(now.length + padding);
  expect(articles.total).toBe(articles.unchanged + articles.added.length + articles.changed.length + articles.moved.length);
}

/** Names of what changed, without order. */
function changesIn({ articles: { total, unchanged, ...lists } }: BuildReport): unknown {
  return { total, unchanged, ...Object.fromEntries(Object.entries(lists).map(([kind, list]) => [kind, list.map(({ id }) => id).sort()])) };
}

test('whatever is done to folders, each of their articles is in the index once', { timeout: 60 * 60_000 }, async () => {
  const folder = await temporaryFolder();
  const base = join(folder, 'base');
  const padding = PADDING.split('\n').length + 1;
  await mkdir(join(base, 'articles'), { recursive: true });
  await mkdir(join(base, 'other'));
  await writeFile(join(base, 'other/zz.jsonl'), PADDING);
  await writeFile(join(base, 'articles/zz.md'), 'Of its own.');
  const named = [join(folder, 'work/articles'), join(folder, 'work/other')];
  const indexDir = join(folder, 'work/index');
  const restore = async (): Promise<void> => {
    await rm(join(folder, 'work'), { recursive: true, force: true });
    await cp(base, join(folder, 'work'), { recursive: true });
  };
  const build = (options: Partial<BuildOptions> = {}): Promise<BuildReport> => buildIndex({ indexDir, named, cwd: folder, workers: 1, ...options });
  await restore();
  // So that everything is in the embedding cache: of a class the first, then the others.
  const isFirst = (i: number): boolean => POOL[i]?.class === null || POOL.findIndex((article) => article.class === POOL[i]?.class) === i;
  for (const first of [true, false]) {
    for (const i of POOL.keys()) {
      if (isFirst(i) === first) await writeFile(join(folder, `work/articles/${i}.md`), bytesOf({ content: { kind: 'single', article: i }, isDamaged: false }));
      else await rm(join(folder, `work/articles/${i}.md`), { force: true });
    }
    await build();
  }
  for (const i of POOL.keys()) await rm(join(folder, `work/articles/${i}.md`), { force: true });
  await build({ full: true });
  await cp(join(folder, 'work/index'), join(base, 'index'), { recursive: true });

  const assertAlike = fc.asyncProperty(fc.array(fc.array(deed, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }), async (steps) => {
    await restore();
    const model = new FolderModel();
    let before = await indexed(indexDir);
    for (const deeds of steps) {
      for (const done of deeds) model.apply(done);
      await lay(folder, model);
      const dry = await build({ dryRun: true });
      const report = await build();
      const now = await indexed(indexDir);
      assertIndexed(model, before, now);
      assertReport(report, before, now, padding);
      expect(changesIn(dry), 'a dry run says what the run does').toEqual(changesIn(report));
      const { checks } = await verifyGeneration(indexDir, report.generation ?? '');
      expect(checks.filter(({ state }) => state === 'failed')).toEqual([]);
      expect(await build(), 'a run that finds nothing new publishes nothing').toMatchObject({ published: false, articles: { unchanged: now.length + padding } });
      before = now;
    }
    await build({ full: true });
    assertIndexed(model, [], await indexed(indexDir));
  });
  await fc.assert(assertAlike, { numRuns: RUNS });
});

/** Makes the folders on disk what they are in the model. */
async function lay(folder: string, model: FolderModel): Promise<void> {
  const work = join(folder, 'work');
  for (const name of ['articles', 'other']) {
    await rm(join(work, name), { recursive: true });
    await cp(join(folder, 'base', name), join(work, name), { recursive: true });
  }
  if (model.rules !== '') await writeFile(join(work, 'articles/.pilcrowignore'), model.rules);
  for (const [path, file] of model.files) {
    await mkdir(dirname(join(work, path)), { recursive: true });
    await writeFile(join(work, path), bytesOf(file));
  }
}
