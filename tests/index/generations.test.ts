import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildIndex, currentId, generationDirectory, listGenerations, LiveIndex, openGeneration, rollback, rollbackTarget, withWriterLock } from '../../lib/index';
import { temporaryFolder, THREE, workspace, write } from './support';

const command = 'pilcrow rollback';

let built: Awaited<ReturnType<typeof build>>;
beforeAll(async () => { built = await build(4); });
afterAll(() => rm(built.folder, { recursive: true }));

/** As many generations as asked for, oldest first, each with an article more than the one before. */
async function build(count: number) {
  const folder = await mkdtemp(join(tmpdir(), 'pilcrow-test-'));
  const articles = join(folder, 'articles');
  const indexDir = join(folder, 'index');
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    await write(articles, i === 0 ? { 'bees.txt': THREE['bees.txt'] } : { [`more-${i}.txt`]: `Report ${i}\nThe council of Lower Marsh met ${i} times that year and decided nothing about the bridge.` });
    ids.push((await buildIndex({ indexDir, named: [articles], cwd: folder, workers: 1 })).generation ?? '');
  }
  return { folder, indexDir, ids };
}

/** A copy of the first of them, for one test to do with as it likes. */
async function series(count: number) {
  const indexDir = join(await temporaryFolder(), 'index');
  await cp(built.indexDir, indexDir, { recursive: true });
  const ids = built.ids.slice(0, count);
  for (const id of built.ids.slice(count)) await rm(generationDirectory(indexDir, id), { recursive: true });
  await writeFile(join(indexDir, 'current'), `${ids.at(-1) ?? ''}\n`);
  const file = (id: string, name: string) => join(generationDirectory(indexDir, id), name);
  return { indexDir, ids, file, list: () => listGenerations(indexDir), current: () => currentId(indexDir) };
}

/** Another byte in the middle: only its hash tells. */
async function flipByte(path: string): Promise<void> {
  const bytes = await readFile(path);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await writeFile(path, bytes);
}

async function editManifest(path: string, edit: (manifest: Record<string, unknown>) => void): Promise<void> {
  const manifest = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  edit(manifest);
  await writeFile(path, JSON.stringify(manifest));
}

describe('the list of generations', () => {
  test('has the newest first, what changed with each, and which is current', async () => {
    const { list, ids, file } = await series(3);
    const [first = '', second = '', third = ''] = ids;
    const all = await list();
    expect(all).toMatchObject([
      { id: third, current: true, parent: second, articles: 3, passages: 3, changes: { added: 1, changed: 0, moved: 0, removed: 0, unchanged: 2 } },
      { id: second, current: false, parent: first, articles: 2, passages: 2, changes: { added: 1, unchanged: 1 } },
      { id: first, current: false, parent: null, articles: 1, passages: 1 },
    ]);
    for (const one of all) expect(one).toMatchObject({ state: 'ok', problem: null, beingRead: false, model: { id: 'all-MiniLM-L6-v2', dimensions: 384 } });
    const sizes = await Promise.all(['manifest.json', 'passages.sqlite', 'vectors.hnsw'].map(async (name) => (await stat(file(third, name))).size));
    expect(all[0]?.bytes).toBe(sizes.reduce((sum, size) => sum + size, 0));
    expect(all[0]?.createdAt).toBe((JSON.parse(await readFile(file(third, 'manifest.json'), 'utf8')) as { createdAt: string }).createdAt);
    expect(rollbackTarget(all)?.id).toBe(second);
  });

  test('says which are being read, and leaves no trace in them', async () => {
    const { indexDir, list, ids } = await series(2);
    const [first = '', second = ''] = ids;
    const reading = await openGeneration(generationDirectory(indexDir, first));
    expect((await list()).map(({ beingRead }) => beingRead)).toEqual([false, true]);
    expect(reading.store.counts().articles).toBe(1);
    reading.close();
    expect((await list()).map(({ beingRead }) => beingRead)).toEqual([false, false]);
    for (const id of [first, second]) {
      expect((await readdir(generationDirectory(indexDir, id))).sort()).toEqual(['manifest.json', 'passages.sqlite', 'vectors.hnsw']);
      (await openGeneration(generationDirectory(indexDir, id), { thoroughly: true })).close();
    }
  });

  test('tells the damaged and those of another format, with the reason', async () => {
    const { list, ids, file } = await series(4);
    const [cut = '', newer = '', terms = '', unreadable = ''] = ids;
    await truncate(file(cut, 'vectors.hnsw'), 10);
    await editManifest(file(newer, 'manifest.json'), (manifest) => (manifest['version'] = 99));
    await editManifest(file(terms, 'manifest.json'), (manifest) => (manifest['analyzer'] = 0));
    await writeFile(file(unreadable, 'manifest.json'), '{"format": "pilc');
    const problem = (said: RegExp) => expect.stringMatching(said) as string;
    expect(await list()).toMatchObject([
      { id: unreadable, current: true, state: 'damaged', problem: problem(/manifest cannot be read$/), createdAt: null, parent: null, articles: null, passages: null, model: null, changes: null },
      { id: terms, state: 'other-format', problem: problem(/terms of version 0/), articles: 3 },
      { id: newer, state: 'other-format', problem: problem(/index format 99/), articles: null },
      { id: cut, state: 'damaged', problem: problem(/vectors\.hnsw has 10 bytes instead of \d+$/), articles: 1 },
    ]);
    expect(rollbackTarget(await list())).toBeNull();
  });

  test('leaves out what is none of ours, and has the current one even if its folder is gone', async () => {
    const { indexDir, list, ids } = await series(1);
    const [id = ''] = ids;
    await write(join(indexDir, 'generations'), { 'backup/manifest.json': '{}', '.building-1-abc/passages.sqlite': '', 'notes.txt': '', [`${id}.old/manifest.json`]: '{}' });
    expect((await list()).map((one) => one.id)).toEqual([id]);
    await rm(generationDirectory(indexDir, id), { recursive: true });
    expect(await list()).toMatchObject([{ id, current: true, state: 'damaged', bytes: 0, beingRead: false }]);
  });

  test('an index that is missing is not made by asking', async () => {
    const { indexDir } = await workspace();
    await expect(listGenerations(indexDir)).rejects.toMatchObject({ code: 'index-missing' });
    await expect(rollback(indexDir, { command })).rejects.toMatchObject({ code: 'index-missing' });
    expect(existsSync(indexDir)).toBe(false);
  });
});

describe('a rollback', () => {
  test('goes to where the current one came from, readers follow, and the next run goes on from there', async () => {
    const { indexDir, list, ids } = await series(3);
    const [first, second, third] = ids;
    const live = new LiveIndex(indexDir);
    const articles = () => live.use(({ store }) => store.counts().articles);
    expect(await articles()).toBe(3);
    expect(await rollback(indexDir, { command })).toMatchObject({ from: third, to: second, generation: { articles: 2 }, passedOver: [] });
    expect(await articles()).toBe(2);
    expect(await rollback(indexDir, { command })).toMatchObject({ from: second, to: first });
    expect(await articles()).toBe(1);
    await expect(rollback(indexDir, { command })).rejects.toMatchObject({ code: 'generation-not-found', message: 'there is no generation before the current one' });
    expect(await articles()).toBe(1);

    // Its sources are those of the copied index, where by now a fourth article lies.
    const report = await buildIndex({ indexDir, named: [], cwd: built.folder, workers: 1 });
    expect(report).toMatchObject({ published: true, articles: { total: 4, unchanged: 1 }, passages: { embedded: 0 } });
    expect(await articles()).toBe(4);
    const [newest, ...older] = await list();
    expect(newest).toMatchObject({ current: true, parent: first });
    expect(older.map(({ id }) => id)).toEqual([third, second, first]);
    expect(await rollback(indexDir, { command })).toMatchObject({ from: newest?.id, to: first });
    await live.close();
  });

  test('goes to the one that is named, a newer one too, by the beginning of its id', async () => {
    const { indexDir, ids, current } = await series(2);
    const [first = '', second = ''] = ids;
    await rollback(indexDir, { command, to: first });
    expect(await rollback(indexDir, { command, to: second.slice(0, -2) })).toMatchObject({ from: first, to: second });
    expect(await rollback(indexDir, { command, to: second })).toMatchObject({ from: second, to: second });
    await expect(rollback(indexDir, { command, to: second.slice(0, 4) })).rejects.toMatchObject({ code: 'usage', hint: expect.stringContaining(`${second}, ${first}`) as string });
    for (const to of ['1999', '', '../../etc']) await expect(rollback(indexDir, { command, to })).rejects.toMatchObject({ code: 'generation-not-found' });
    expect(await current()).toBe(second);
  });

  test.each([
    ['cut short', 'index-damaged', (path: string) => truncate(join(path, 'passages.sqlite'), 100)],
    ['changed by one byte', 'index-damaged', (path: string) => flipByte(join(path, 'vectors.hnsw'))],
    ['of another format', 'index-format', (path: string) => editManifest(join(path, 'manifest.json'), (manifest) => (manifest['version'] = 99))],
    ['of other terms', 'index-format', (path: string) => editManifest(join(path, 'manifest.json'), (manifest) => (manifest['analyzer'] = 0))],
  ])('to one that is %s is refused by name and changes nothing', async (_, code, harm) => {
    const { indexDir, ids, current } = await series(2);
    const [first = '', second] = ids;
    await harm(generationDirectory(indexDir, first));
    await expect(rollback(indexDir, { command, to: first })).rejects.toMatchObject({ code, message: expect.stringContaining(first) as string, hint: expect.stringContaining('is as it was') as string });
    await expect(rollback(indexDir, { command })).rejects.toMatchObject({ code: 'generation-not-found', message: expect.stringContaining(first) as string });
    expect(await current()).toBe(second);
  });

  test.each([
    ['its vectors are cut short', (path: string) => truncate(join(path, 'vectors.hnsw'), 10)],
    ['its manifest is gone', (path: string) => rm(join(path, 'manifest.json'))],
    ['its folder is gone', (path: string) => rm(path, { recursive: true })],
    ['`current` names nothing', (path: string) => writeFile(join(path, '..', '..', 'current'), '../../etc\n').then(() => rename(path, `${path}.away`))],
    ['`current` is gone', (path: string) => rm(join(path, '..', '..', 'current')).then(() => rename(path, `${path}.away`))],
  ])('mends an index of whose current generation %s', async (_, harm) => {
    const { indexDir, ids, current } = await series(2);
    const [first, second = ''] = ids;
    await harm(generationDirectory(indexDir, second));
    expect(await rollback(indexDir, { command })).toMatchObject({ to: first });
    expect(await current()).toBe(first);
    const live = new LiveIndex(indexDir);
    expect(await live.use(({ store }) => store.counts().articles)).toBe(1);
    await live.close();
  });

  test('passes over a damaged parent, and says so; one that was removed does not matter', async () => {
    const { indexDir, ids, file } = await series(4);
    const [first, second = '', third = '', fourth] = ids;
    await flipByte(file(third, 'passages.sqlite'));
    expect(await rollback(indexDir, { command })).toMatchObject({ from: fourth, to: second, passedOver: [{ id: third, problem: expect.stringContaining('passages.sqlite') as string }] });
    await rollback(indexDir, { command, to: fourth });
    await rm(generationDirectory(indexDir, third), { recursive: true });
    await rm(generationDirectory(indexDir, second), { recursive: true });
    expect(await rollback(indexDir, { command })).toMatchObject({ from: fourth, to: first, passedOver: [] });
  });

  test('waits for nobody unless told to, and ends when it is interrupted', async () => {
    const { indexDir, ids, current } = await series(2);
    await withWriterLock(indexDir, { command: 'pilcrow index' }, async () => {
      await expect(rollback(indexDir, { command })).rejects.toMatchObject({ code: 'index-busy', message: expect.stringContaining('pilcrow index') as string });
      await expect(rollback(indexDir, { command, wait: true, signal: AbortSignal.timeout(50) })).rejects.toMatchObject({ code: 'interrupted' });
    });
    await expect(rollback(indexDir, { command, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'interrupted' });
    expect(await current()).toBe(ids[1]);
    let waited = 0;
    const work = withWriterLock(indexDir, { command: 'pilcrow index' }, () => new Promise((resolve) => setTimeout(resolve, 600)));
    expect(await rollback(indexDir, { command, wait: true, onWait: () => { waited++; } })).toMatchObject({ to: ids[0] });
    await work;
    expect(waited).toBe(1);
  });
});
