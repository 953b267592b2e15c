import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withWriterLock } from '../../lib/index';
import { indexDocument, statusDocument } from './contract';
import { bin, lines, outcome, pilcrow, run, Workspace, writeArticles, type Env, type Outcome } from './cli';

const workspace = new Workspace();
afterAll(() => { workspace.remove(); });

const index = (dir: string, args: readonly string[], env: Env = {}) => pilcrow(['index', ...args, '--index-dir', workspace.at(dir)], env);
const report = ({ stdout }: Outcome) => indexDocument.parse(JSON.parse(stdout));
const status = async (dir: string) => statusDocument.parse(JSON.parse((await pilcrow(['status', '--json', '--index-dir', workspace.at(dir)])).stdout));

describe('index', () => {
  let articles: string;
  beforeAll(() => { articles = writeArticles(workspace, 'plain/articles'); });

  test('a dry run says what would change and writes nothing', async () => {
    const { code, stdout, stderr } = await index('plain-index', [articles, '--dry-run']);
    expect(code).toBe(0);
    expect(lines(stdout).sort()).toEqual([expect.stringMatching(/^\+ .*bees/), expect.stringMatching(/^\+ .*bridge/)]);
    expect(lines(stderr).at(-1)).toMatch(/^would index 2 articles.*nothing was written$/);
    expect(existsSync(workspace.at('plain-index', 'current'))).toBe(false);
  });

  test('of standard input without anything in it, or of nobody knows what, remembers nothing', async () => {
    const empty = await index('stdin-index', ['-', '--format', 'text']);
    expect(empty).toMatchObject({ code: 1, stdout: '' });
    expect(empty.stderr).toContain('standard input is empty');
    const child = spawn(process.execPath, [bin, 'index', '-', '--index-dir', workspace.at('stdin-index')], { stdio: ['pipe', 'pipe', 'pipe'] });
    child.stdin.end('Just words.');
    const unknown = await outcome(child as never);
    expect(unknown).toMatchObject({ code: 1, stdout: '' });
    expect(unknown.stderr).toContain('standard input is in a format that cannot be read');
    expect(existsSync(workspace.at('stdin-index'))).toBe(false);
  });

  test('first everything, then nothing, then what changed; the sources are remembered', async () => {
    const first = await index('plain-index', [articles, '--json']);
    expect(first.code).toBe(0);
    expect(report(first)).toMatchObject({ published: true, articles: { total: 2, added: [{ source: 'articles/bees.md' }, { source: 'articles/bridge.txt' }] } });

    const second = await index('plain-index', []);
    expect(second).toMatchObject({ code: 0, stdout: '' });
    expect(lines(second.stderr)).toEqual([expect.stringMatching(/^nothing has changed: 2 articles/)]);

    workspace.write('plain/articles/bridge.txt', 'How the harbour bridge was closed\nThe bridge was closed on Tuesday after all, because Monday was a holiday in the harbour.\n');
    const third = await index('plain-index', []);
    expect(third).toMatchObject({ code: 0, stdout: '' });
    expect(lines(third.stderr)).toEqual([expect.stringMatching(/^indexed 2 articles.*0 added, 1 changed, 0 moved, 0 removed, 1 unchanged/)]);
  });

  test('options of a source are remembered, shown by status and taken back', async () => {
    workspace.write('options/list.csv', 'Überschrift,Inhalt\nThe tide tables,The tables were printed each autumn in the harbour office.\n');
    const file = workspace.at('options/list.csv');
    const shown = async () => lines((await pilcrow(['status', '--index-dir', workspace.at('options-index')])).stdout).at(-1)?.split('  ').at(-1);
    expect((await index('options-index', [file, '--map', 'title=Überschrift,text=Inhalt', '--limit', '7'])).code).toBe(0);
    expect((await status('options-index')).sources).toMatchObject([{ options: { map: { title: 'Überschrift', text: 'Inhalt' }, limit: 7 } }]);
    expect(await shown()).toBe("--map 'title=Überschrift,text=Inhalt' --limit 7");
    expect((await index('options-index', [file, '--map', 'text=Inhalt'])).code).toBe(0);
    expect(await shown()).toBe('--map text=Inhalt --limit 7');
    expect((await index('options-index', [file, '--no-limit', '--no-map'])).code).toBe(0);
    expect((await status('options-index')).sources[0]).not.toHaveProperty('options');
    expect(await index('options-index', ['--no-follow'])).toMatchObject({ code: 2, stderr: expect.stringContaining('no source is named') as string });
  });

  test('a dry run has a sign for each kind of change, and so has the summary a word', async () => {
    const folder = writeArticles(workspace, 'signs/articles');
    workspace.write('signs/articles/old.txt', 'An old text\nThis text is going to be removed before long, and nobody will miss it.\n');
    expect((await index('signs-index', [folder])).code).toBe(0);
    workspace.write('signs/articles/new.txt', 'A new text\nThis text tells of a lighthouse that was moved inland, stone by stone.\n');
    renameSync(join(folder, 'bees.md'), join(folder, 'hives.md'));
    workspace.write('signs/articles/bridge.txt', 'How the harbour bridge was closed\nThe bridge was closed on Tuesday after all.\n');
    rmSync(join(folder, 'old.txt'));
    const { code, stdout, stderr } = await index('signs-index', ['--dry-run']);
    expect(code).toBe(0);
    expect(lines(stdout)).toEqual(['+ articles/new.txt', '~ articles/bridge.txt', '> articles/bees.md → articles/hives.md', '- articles/old.txt']);
    expect(lines(stderr)).toEqual([expect.stringContaining('(1 added, 1 changed, 1 moved, 1 removed, 0 unchanged)')]);
  });

  test('--full --no-cache embeds everything anew', async () => {
    const folder = writeArticles(workspace, 'anew/articles');
    const { passages } = report(await index('anew-index', [folder, '--json']));
    expect(report(await index('anew-index', ['--json', '--full'])).passages).toMatchObject({ embedded: 0, fromCache: passages.total });
    expect(report(await index('anew-index', ['--json', '--full', '--no-cache'])).passages).toMatchObject({ embedded: passages.total, fromCache: 0 });
  });

  test('--keep says how many generations stay, and the summary that older ones went', async () => {
    const folder = writeArticles(workspace, 'keep/articles');
    const generations: (string | null)[] = [];
    for (const i of [1, 2, 3]) {
      workspace.write('keep/articles/note.txt', `A note\nThis is the note of day ${i}, on which nothing worth noting happened.\n`);
      generations.push(report(await index('keep-index', [folder, '--json'])).generation);
    }
    workspace.write('keep/articles/note.txt', 'A note\nThis is the note of the last day, on which nothing worth noting happened.\n');
    const { code, stderr } = await index('keep-index', ['--keep', '1']);
    expect(code).toBe(0);
    const [, current, removed] = /generation (\S+), (\d+) older ones? removed$/.exec(lines(stderr).at(-1) ?? '') ?? [];
    expect(Number(removed)).toBeGreaterThan(0);
    expect(generations).not.toContain(current);
    expect(readdirSync(workspace.at('keep-index', 'generations'))).toEqual([current]);
  });

  test.each([
    ['--no-cache without --full', ['--no-cache'], /--no-cache .*--full/],
    ['--watch with --dry-run', ['--watch', '--dry-run'], /--watch and --dry-run/],
    ['--keep 0', ['--keep', '0'], /--keep 0 .*from 1 on/],
    ['--keep that is no number', ['--keep', 'all'], /--keep "all" is not a whole number.*from 1 on/],
  ])('%s is wrong usage', async (_, args, said) => {
    const { code, stdout, stderr } = await index('wrong', [articles, ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(lines(stderr)).toEqual([expect.stringMatching(said)]);
  });

  test('while another run is at work it refuses by name, or waits with --wait', async () => {
    const dir = workspace.at('busy-index');
    const { waiting } = await withWriterLock(dir, { command: 'a test' }, async () => {
      const refused = await index('busy-index', [articles]);
      expect(refused).toMatchObject({ code: 1, stdout: '' });
      expect(lines(refused.stderr)).toEqual([expect.stringMatching(/^pilcrow: another run is at work .*a test \(process \d+.*--wait/)]);
      const child = run(process.execPath, [bin, 'index', articles, '--wait', '--index-dir', dir]);
      const ended = outcome(child);
      await new Promise((resolve) => child.stderr.once('data', resolve));
      expect(existsSync(join(dir, 'current'))).toBe(false);
      return { waiting: ended };
    });
    const { code, stderr } = await waiting;
    expect(code).toBe(0);
    expect(lines(stderr)).toEqual([expect.stringMatching(/^pilcrow: waiting for another run: a test \(process \d+/), expect.stringMatching(/^indexed 2 articles/)]);
  });

  test('--guard publishes nothing where a saved question cannot be asked', async () => {
    const folder = writeArticles(workspace, 'guarded/articles');
    expect((await index('guarded-index', [folder, '--guard'])).code).toBe(0);
    const before = await status('guarded-index');
    workspace.write('guarded-index/questions.json', 'no questions');
    workspace.write('guarded/articles/note.txt', 'A note\nThis is the note of a day on which nothing worth noting happened.\n');
    const { code, stderr } = await index('guarded-index', ['--guard']);
    expect(code).toBe(1);
    expect(lines(stderr)).toEqual([expect.stringMatching(/questions\.json/)]);
    expect((await status('guarded-index')).generation).toBe(before.generation);
  });

  test('PILCROW_MODEL names the model, as --model does', async () => {
    for (const [args, env] of [[['--model', './no/such/model'], {}], [[], { PILCROW_MODEL: './no/such/model' }]] as const) {
      const { code, stdout, stderr } = await index('other-model', [articles, ...args], env);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(lines(stderr)).toEqual([expect.stringContaining('no/such/model')]);
    }
  });
});

describe('bad input: one line each, the others are indexed, exit code 1', () => {
  const bad: Record<string, { content: string | Uint8Array; code: string }> = {
    'empty.md': { content: '', code: 'file-empty' },
    'binary.txt': { content: Uint8Array.from({ length: 400 }, (_, i) => (i * 7) % 32), code: 'file-binary' },
    'latin1.txt': { content: Buffer.from('Caf\u00e9\nZo\u00e9\n', 'latin1'), code: 'file-not-utf8' },
    'front-matter.md': { content: '---\ntitle: [unclosed\ndate: {\n---\n\nA paragraph that no one will read.\n', code: 'front-matter-invalid' },
  };
  let result: Outcome;
  let human: Outcome;

  beforeAll(async () => {
    const articles = writeArticles(workspace, 'bad/articles');
    for (const [name, { content }] of Object.entries(bad)) workspace.write(`bad/articles/${name}`, content);
    result = await index('bad-index', [articles, '--json', '--dry-run']);
    human = await index('bad-index', [articles]);
  });

  test.each(Object.entries(bad))('%s', (name, { code }) => {
    const failure = report(result).failed.find(({ path }) => path.endsWith(name));
    expect(failure?.error.code).toBe(code);
    expect(lines(failure?.error.message ?? '')).toHaveLength(1);
    const said = lines(human.stderr).filter((line) => line.includes(name));
    expect(said).toHaveLength(1);
  });

  test('the exit code tells, the good ones are there', async () => {
    expect(result.code).toBe(1);
    expect(human).toMatchObject({ code: 1, stdout: '' });
    expect(human.stderr).toMatch(/4 files could not be read/);
    expect((await status('bad-index')).articles).toBe(2);
  });

  test('of many failures twenty are named and the others counted; --json has all', async () => {
    const folder = workspace.at('many');
    mkdirSync(folder);
    for (let i = 0; i < 25; i += 1) writeFileSync(join(folder, `empty-${String(i)}.txt`), '');
    workspace.write('many/good.txt', 'Good\nThis one has a paragraph that can be read, and so it is.\n');
    const { code, stderr } = await index('many-index', [folder]);
    expect(code).toBe(1);
    expect(lines(stderr).filter((line) => line.includes('empty-'))).toHaveLength(20);
    expect(stderr).toContain('and 5 more');
    expect(report(await index('many-index', [folder, '--json'])).failed).toHaveLength(25);
  });

  test.each([
    ['a path that does not exist', ['no/such/folder'], /no\/such\/folder/],
    ['a folder without articles', [workspace.at('nothing')], /nothing/],
  ])('%s', async (_, args, said) => {
    mkdirSync(workspace.at('nothing'), { recursive: true });
    const { code, stdout, stderr } = await index('nowhere', [...args, '--json']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(lines(stderr)).toEqual([expect.stringMatching(said)]);
    expect(existsSync(workspace.at('nowhere', 'current'))).toBe(false);
  });

  // Root may read everything, except without these capabilities.
  const asRoot = process.getuid?.() === 0;
  const humbly: [string, ...string[]] = asRoot ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search', process.execPath] : [process.execPath];

  test.skipIf(process.platform === 'win32' || (asRoot && !existsSync('/usr/bin/setpriv')))('a file that may not be read', async () => {
    const folder = writeArticles(workspace, 'forbidden/articles');
    writeFileSync(join(folder, 'secret.txt'), 'Secret\nNobody may read this paragraph at all.\n', { mode: 0o000 });
    const [program, ...args] = [...humbly, bin, 'index', folder, '--json', '--index-dir', workspace.at('forbidden-index')];
    const ended = await outcome(run(program, args));
    expect(ended.code).toBe(1);
    expect(report(ended)).toMatchObject({ articles: { total: 2 }, failed: [{ path: expect.stringContaining('secret.txt') as string, error: { code: 'source-unreadable' } }] });
  });
});

test('a file of one 5 MB line is read', async () => {
  const line = 'The river rose again in the night and took the lower fields. '.repeat(85_000).slice(0, 5_000_000);
  const file = workspace.write('long/one-line.txt', `A very long line\n${line}\n`);
  const ended = await index('long-index', [file, '--dry-run', '--json']);
  expect(ended.code).toBe(0);
  const { failed, passages } = report(ended);
  expect(failed).toEqual([]);
  expect(passages.total).toBeGreaterThan(5_000);
});

describe('a source that is gone', () => {
  test('is reported with the way to forget it, and its articles stay', async () => {
    const kept = writeArticles(workspace, 'here');
    const gone = writeArticles(workspace, 'gone');
    workspace.write('gone/bees.md', 'Rye dough is sticky, since its flour holds little gluten.');
    workspace.write('gone/bridge.txt', 'The tide table\nThe tide comes an hour later every day.');
    expect((await index('gone-index', [kept, gone])).code).toBe(0);
    rmSync(gone, { recursive: true });
    const { code, stderr } = await index('gone-index', []);
    expect(code).toBe(1);
    expect(lines(stderr)).toContainEqual(expect.stringMatching(/^ .*gone.*articles are kept; .*pilcrow index --forget \S*gone$/));
    expect((await status('gone-index')).articles).toBe(4);
    const forgotten = await index('gone-index', ['--forget', gone, '--json']);
    expect(forgotten.code).toBe(0);
    expect(report(forgotten).articles.removed).toHaveLength(2);
    expect(await status('gone-index')).toMatchObject({ articles: 2, sources: [{ path: kept }] });
  });

  test('that no source is called so is said with what they are; one is always left', async () => {
    const kept = writeArticles(workspace, 'only');
    expect((await index('only-index', [kept])).code).toBe(0);
    const unknown = await index('only-index', ['--forget', 'nowhere']);
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining(`nowhere is no source of the index: its sources are ${kept}`) as string });
    const last = await index('only-index', ['--forget', kept]);
    expect(last).toMatchObject({ code: 1, stderr: expect.stringContaining('no source would be left') as string });
    expect((await status('only-index')).articles).toBe(2);
    const other = writeArticles(workspace, 'other');
    workspace.write('other/bees.md', 'Rye dough is sticky, since its flour holds little gluten.');
    expect((await index('only-index', ['--forget', kept, other])).code).toBe(0);
    expect((await status('only-index')).sources).toMatchObject([{ path: other }]);
  });
});

describe('a damaged index is refused by name', () => {
  beforeAll(async () => {
    const { code } = await index('whole', [writeArticles(workspace, 'whole-articles')]);
    expect(code).toBe(0);
  });

  /** A copy of the index whose current generation has been tampered with. */
  function damaged(name: string, harm: (generation: string) => void): string {
    cpSync(workspace.at('whole'), workspace.at(name), { recursive: true });
    harm(workspace.at(name, 'generations', readFileSync(workspace.at(name, 'current'), 'utf8').trim()));
    return workspace.at(name);
  }

  function rewrite(manifest: string, change: (text: string) => string): void {
    const before = readFileSync(manifest, 'utf8');
    const after = change(before);
    expect(after).not.toBe(before);
    writeFileSync(manifest, after);
  }

  test.each([
    ['truncated vectors', 'vectors', (at: string) => { truncateSync(join(at, 'vectors.hnsw'), 100); }],
    ['truncated passages', 'passages', (at: string) => { truncateSync(join(at, 'passages.sqlite'), 100); }],
    ['another format version', 'index format 999', (at: string) => { rewrite(join(at, 'manifest.json'), (text) => text.replace(/("version":\s*)\d+/, '$1999')); }],
    ['a manifest that is none', 'manifest', (at: string) => { writeFileSync(join(at, 'manifest.json'), '{"format":'); }],
    ['another model', 'model', (at: string) => { rewrite(join(at, 'manifest.json'), (text) => text.replace(/("hash":\s*")[0-9a-f]{8}/, '$100000000')); }],
  ])('%s', async (name, said, harm) => {
    const dir = damaged(name.replaceAll(' ', '-'), harm);
    const { code, stdout, stderr } = await pilcrow(['ask', 'what happened to the bridge?', '--index-dir', dir]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(lines(stderr)).toHaveLength(1);
    expect(stderr.toLowerCase()).toContain(said);
  });
});

/** Enough to be caught in the middle of. */
const ARTICLES = 120;

describe('interrupted', () => {
  const signals: [string, NodeJS.Signals][] = [['Ctrl-C', 'SIGINT'], ['SIGTERM', 'SIGTERM']];

  test.each(signals)('%s ends with 130, leaves the index as it was, and loses no embedding', async (_, signal) => {
    const dir = `stopped-${signal}`;
    const folder = writeArticles(workspace, `${dir}-articles`);
    expect((await index(dir, [folder])).code).toBe(0);
    const before = await status(dir);
    writeMany(folder);

    const child = run(process.execPath, [bin, 'index', '--workers', '1', '--index-dir', workspace.at(dir)]);
    const ended = outcome(child);
    await embeddingGoesOn(dir);
    child.kill(signal);
    const { code, stdout, stderr } = await ended;
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(lines(stderr)[0]).toMatch(/^pilcrow: stopping/);

    expect((await status(dir)).generation).toBe(before.generation);
    expect((await pilcrow(['ask', 'the harbour bridge', '--index-dir', workspace.at(dir)])).code).toBe(0);
    const { passages, articles } = report(await index(dir, ['--json']));
    expect(articles.total).toBe(ARTICLES + 2);
    expect(passages.embedded).toBeGreaterThan(0);
    expect(passages.fromCache).toBeGreaterThan(0);
    expect(passages.embedded + passages.fromCache).toBeLessThanOrEqual(passages.total);
  });

  test('the second Ctrl-C ends it at once, and the index is as it was', async () => {
    const dir = 'stopped-twice';
    const folder = writeArticles(workspace, `${dir}-articles`);
    expect((await index(dir, [folder])).code).toBe(0);
    const before = await status(dir);
    writeMany(folder);
    const child = run(process.execPath, [bin, 'index', '--workers', '1', '--index-dir', workspace.at(dir)]);
    const ended = outcome(child);
    await embeddingGoesOn(dir);
    // Presses nearer to each other than that count as one.
    child.kill('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 350));
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130, stdout: '' });
    expect((await status(dir)).generation).toBe(before.generation);
    expect((await index(dir, [])).code).toBe(0);
  });

  /** Embeddings have been kept since the run began. */
  async function embeddingGoesOn(dir: string): Promise<void> {
    const cache = new Database(workspace.at(dir, 'embeddings.sqlite'), { readonly: true });
    const kept = () => cache.prepare('SELECT count(*) FROM embeddings').pluck().get();
    const before = kept();
    while (kept() === before) await new Promise((resolve) => setTimeout(resolve, 20));
    cache.close();
  }
});

describe.skipIf(!existsSync('/usr/bin/script'))('progress (skipped without util-linux\'s script)', () => {
  test('on a terminal one line with rate and time left, erased at the end; elsewhere nothing', async () => {
    const folder = workspace.at('progress-articles');
    writeMany(folder);
    const command = [process.execPath, bin, 'index', folder, '--index-dir', workspace.at('progress')].map((word) => `'${word}'`).join(' ');
    const { code, stdout } = await outcome(run('script', ['-qec', command, '/dev/null'], { TERM: 'xterm' }));
    expect(code).toBe(0);
    expect(stdout).toMatch(/\r\u001b\[Kembedding +[█░]+ +\d+% .*passages · [\d,]+\/s · (\dm )?\d+s left/);
    const [, ...rest] = stdout.split('\r\u001b[K').reverse();
    expect(rest.every((shown) => !shown.includes('\n'))).toBe(true);
    expect(lines(stdout.slice(stdout.lastIndexOf('\u001b[K') + 3))).toEqual([expect.stringMatching(/^indexed 120 articles/)]);
  });
});

function writeMany(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (let i = 0; i < ARTICLES; i += 1) {
    const paragraphs = Array.from({ length: 5 }, (_, j) =>
      `Paragraph ${String(j)} of report ${String(i)} says that the ${['river', 'council', 'orchestra', 'library', 'railway'][(i + j) % 5] ?? ''} ` +
      `was counted ${String(i * 31 + j)} times last year, which surprised ${String(i % 7)} of the ${String(j + 9)} people who were asked about it in the town of Lower ${String.fromCharCode(65 + (i % 26))}. `.repeat(2));
    writeFileSync(join(folder, `report-${String(i)}.txt`), `Report ${String(i)}\n${paragraphs.join('\n')}\n`);
  }
}
