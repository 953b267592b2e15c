import { appendFileSync, mkdirSync, renameSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import type { z } from 'zod';
import { withWriterLock } from '../../lib/index';
import { bin, lines, pilcrow, run, Workspace, writeArticles, type Child } from './cli';
import { failedRunDocument, indexDocument } from './contract';

const workspace = new Workspace();
afterAll(() => { workspace.remove(); });

/** Longest time that anything here may take; it measures nothing. */
const PATIENCE = { timeout: 120_000, interval: 50 };
vi.setConfig({ testTimeout: 300_000 });

/** A watch that runs beside the test. */
class Watching {
  stdout = '';
  stderr = '';
  code: number | null | undefined;

  constructor(private readonly child: Child) {
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    child.on('close', (code) => (this.code = code));
  }

  /** The document of the nth run, from 0 on; there is none after it yet. */
  async document(nth: number): Promise<z.output<typeof indexDocument>> {
    await vi.waitFor(() => { expect(lines(this.stdout).length).toBeGreaterThan(nth); }, PATIENCE);
    return indexDocument.parse(JSON.parse(lines(this.stdout)[nth]!));
  }

  async says(what: RegExp): Promise<void> {
    await vi.waitFor(() => { expect(this.stderr).toMatch(what); }, PATIENCE);
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    await vi.waitFor(() => { expect(this.code).not.toBeUndefined(); }, PATIENCE);
    return this.code ?? null;
  }
}

let watching: Watching | null = null;
afterEach(async () => {
  if (watching?.code === undefined) await watching?.end('SIGKILL');
  watching = null;
});

function watch(dir: string, args: readonly string[]): Watching {
  return (watching = new Watching(run(process.execPath, [bin, 'index', '--watch', '--workers', '1', '--index-dir', workspace.at(dir), ...args])));
}

const PIPER = 'The piper of the valley\nA piper walked through the valley every evening and played for the sheep, which had learned to follow the tune home.\n';

test('what happens in the sources is followed run by run, one document a line', async () => {
  const folder = writeArticles(workspace, 'followed/articles');
  // Inside what is watched, on purpose.
  const watched = watch('followed/articles/index', [folder, '--json']);
  expect(await watched.document(0)).toMatchObject({ published: true, articles: { total: 2, moved: [] } });
  await watched.says(/watching 1 source; Ctrl-C ends it/);

  appendFileSync(join(folder, 'bees.md'), '\nIn the second year the keepers planted clover between the rows of trees, and the hives were full again by August.\n');
  expect((await watched.document(1)).articles).toMatchObject({ added: [], changed: [{ source: 'articles/bees.md' }], removed: [], unchanged: 1 });

  writeFileSync(join(folder, 'piper.txt'), PIPER);
  expect((await watched.document(2)).articles).toMatchObject({ total: 3, added: [{ source: 'articles/piper.txt' }] });

  mkdirSync(join(folder, 'music'));
  renameSync(join(folder, 'piper.txt'), join(folder, 'music', 'piper.txt'));
  expect((await watched.document(3)).articles).toMatchObject({
    total: 3, added: [], changed: [], removed: [], moved: [{ source: 'articles/music/piper.txt', from: { source: 'articles/piper.txt' } }],
  });

  unlinkSync(join(folder, 'bridge.txt'));
  expect((await watched.document(4)).articles).toMatchObject({ total: 2, removed: [{ source: 'articles/bridge.txt' }] });

  // What is no article, and articles saved unchanged, make no document.
  for (const name of ['.bees.md.swp', 'bees.md~', '#bees.md#', '4913', 'picture.png']) writeFileSync(join(folder, name), 'x');
  utimesSync(join(folder, 'bees.md'), new Date(), new Date());
  await delay(4_000);
  expect(lines(watched.stdout)).toHaveLength(5);

  expect(await watched.end('SIGINT')).toBe(130);
  expect(lines(watched.stderr).at(-1)).toMatch(/^indexed 2 articles.*1 removed/);
});

test('a file that cannot be read any more is reported once, the watch goes on, and it is read when it is mended', async () => {
  const folder = writeArticles(workspace, 'mended/articles');
  const watched = watch('mended/index', [folder, '--json']);
  await watched.document(0);
  await watched.says(/watching/);

  writeFileSync(join(folder, 'bridge.txt'), Uint8Array.from({ length: 400 }, (_, i) => (i * 7) % 32));
  expect(await watched.document(1)).toMatchObject({ published: false, articles: { total: 2 }, failed: [{ error: { code: 'file-binary' } }] });
  await watched.says(/bridge\.txt is not text/);

  writeFileSync(join(folder, 'piper.txt'), PIPER);
  expect(await watched.document(2)).toMatchObject({ published: true, articles: { total: 3 }, failed: [{ error: { code: 'file-binary' } }] });

  writeFileSync(join(folder, 'bridge.txt'), 'The bridge is open\nThe harbour bridge was opened again on Friday, a month before anyone had thought it could be.\n');
  expect(await watched.document(3)).toMatchObject({ published: true, articles: { total: 3, changed: [{ source: 'articles/bridge.txt' }] }, failed: [] });
  expect(await watched.end('SIGTERM')).toBe(130);
});

test('a run waits for another one, and Ctrl-C ends the waiting', async () => {
  const folder = writeArticles(workspace, 'waiting/articles');
  const watched = watch('waiting/index', [folder]);
  await watched.says(/watching/);
  await withWriterLock(workspace.at('waiting/index'), { command: 'a test' }, async () => {
    writeFileSync(join(folder, 'piper.txt'), PIPER);
    await watched.says(/waiting for another run: a test \(process \d+/);
  });
  await watched.says(/indexed 3 articles.*1 added, 0 changed, 0 moved, 0 removed, 2 unchanged/);
  expect(watched.stdout).toBe('');

  await withWriterLock(workspace.at('waiting/index'), { command: 'another test' }, async () => {
    unlinkSync(join(folder, 'piper.txt'));
    await watched.says(/waiting for another run: another test/);
    expect(await watched.end('SIGINT')).toBe(130);
    expect(watched.stderr).toMatch(/stopping: what is in flight/);
  });
});

test('a later run that fails as a whole is told, and the watch goes on', async () => {
  const folder = writeArticles(workspace, 'refused/articles');
  const watched = watch('refused/index', [folder, '--json', '--guard']);
  await watched.document(0);
  await watched.says(/watching/);
  writeFileSync(workspace.at('refused/index/questions.json'), 'no questions');
  appendFileSync(join(folder, 'bees.md'), '\nThe last of the empty hives was taken down before the winter came.\n');
  await vi.waitFor(() => { expect(lines(watched.stdout)).toHaveLength(2); }, PATIENCE);
  expect(failedRunDocument.parse(JSON.parse(lines(watched.stdout)[1]!)).error.code).toBe('questions-invalid');
  await watched.says(/^pilcrow: .*questions\.json/m);

  unlinkSync(workspace.at('refused/index/questions.json'));
  writeFileSync(join(folder, 'piper.txt'), PIPER);
  expect((await watched.document(2)).articles).toMatchObject({ added: [{ source: 'articles/piper.txt' }], changed: [{ source: 'articles/bees.md' }] });
  expect(await watched.end('SIGINT')).toBe(130);
});

test('sources that another run adds are followed from the next run on', async () => {
  const one = writeArticles(workspace, 'more/one');
  const two = workspace.write('more/two/piper.txt', PIPER);
  const watched = watch('more/index', [one, '--json']);
  await watched.document(0);
  await watched.says(/watching/);
  expect((await pilcrow(['index', workspace.at('more/two'), '--index-dir', workspace.at('more/index')])).code).toBe(0);
  appendFileSync(join(one, 'bees.md'), '\nThe last of the empty hives was taken down before the winter came.\n');
  expect((await watched.document(1)).articles).toMatchObject({ total: 3, changed: [{ source: 'one/bees.md' }] });
  appendFileSync(two, 'One evening he did not come, and the sheep stayed on the hill until the morning.\n');
  expect((await watched.document(2)).articles).toMatchObject({ total: 3, changed: [{ source: 'two/piper.txt' }] });
});

test('a first run that fails ends it', async () => {
  mkdirSync(workspace.at('nothing'));
  const { code, stdout, stderr } = await pilcrow(['index', '--watch', workspace.at('nothing'), '--index-dir', workspace.at('nothing-index')]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(lines(stderr)).toEqual([expect.stringMatching(/no article/)]);
});
