import { readdir, readFile, rename, rm, truncate, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { FORMAT_VERSION, hasIndex, openCurrent } from '../../lib/index';
import { temporaryFolder, workspace, write, type Workspace } from './support';

async function built(): Promise<Workspace & { id: string; file: (name: string) => string }> {
  const space = await workspace();
  const id = (await space.build()).generation ?? '';
  return { ...space, id, file: (name) => join(space.indexDir, 'generations', id, name) };
}

/** Changes one value in the manifest. */
async function editManifest(path: string, edit: (manifest: Record<string, unknown>) => void): Promise<void> {
  const manifest = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  edit(manifest);
  await writeFile(path, JSON.stringify(manifest));
}

describe('a damaged index is refused by name', () => {
  test.each(['passages.sqlite', 'vectors.hnsw'])('when %s is truncated', async (name) => {
    const { indexDir, id, file } = await built();
    await truncate(file(name), 1000);
    await expect(openCurrent(indexDir)).rejects.toMatchObject({ code: 'index-damaged', kind: 'unavailable', message: `generation ${id} is damaged: ${name} has 1000 bytes instead of ${(await sizeInManifest(file, name)).toString()}` });
  });

  test.each(['passages.sqlite', 'vectors.hnsw'])('when a byte of %s has changed', async (name) => {
    const { indexDir, file } = await built();
    const bytes = await readFile(file(name));
    bytes[600] = (bytes[600] ?? 0) ^ 1;
    await writeFile(file(name), bytes);
    await expect(openCurrent(indexDir)).rejects.toMatchObject({ code: 'index-damaged', message: expect.stringContaining(`content of ${name} has changed`) as string });
  });

  test.each(['passages.sqlite', 'vectors.hnsw', 'manifest.json'])('when %s is missing', async (name) => {
    const { indexDir, id, file } = await built();
    await unlink(file(name));
    await expect(openCurrent(indexDir)).rejects.toMatchObject({ code: 'index-damaged', message: expect.stringContaining(id) as string });
  });

  test.each([
    ['is no JSON', (path: string) => writeFile(path, '{"format": "pilc')],
    ['is another program’s', (path: string) => writeFile(path, '{"name": "pilcrow"}')],
    ['names another generation', (path: string) => editManifest(path, (manifest) => (manifest['id'] = 'other'))],
    ['has a count below zero', (path: string) => editManifest(path, (manifest) => (manifest['counts'] = { articles: -1, passages: 3 }))],
    ['counts other passages', (path: string) => editManifest(path, (manifest) => (manifest['counts'] = { articles: 3, passages: 4 }))],
  ])('when the manifest %s', async (_, spoil) => {
    const { indexDir, file } = await built();
    await spoil(file('manifest.json'));
    await expect(openCurrent(indexDir)).rejects.toMatchObject({ code: 'index-damaged' });
  });

  test.each(['../../../etc', '', '.hidden', 'a/b'])('when current holds %j', async (text) => {
    const { indexDir } = await built();
    await writeFile(join(indexDir, 'current'), text);
    await expect(openCurrent(indexDir)).rejects.toMatchObject({ code: 'index-damaged' });
  });
});

test('an index of another format version is refused with both versions', async () => {
  const { indexDir, file } = await built();
  await editManifest(file('manifest.json'), (manifest) => (manifest['version'] = 99));
  await expect(openCurrent(indexDir)).rejects.toMatchObject({ code: 'index-format', message: expect.stringMatching(new RegExp(`format 99.*format ${FORMAT_VERSION}$`)) as string });
});

test('a missing index is no damage', async () => {
  const { indexDir } = await workspace();
  await expect(openCurrent(indexDir)).rejects.toMatchObject({ code: 'index-missing' });
});

describe('building over a damaged index', () => {
  test('mends it without embedding anything again, and names what was wrong', async () => {
    const { indexDir, id, build, file } = await built();
    await truncate(file('vectors.hnsw'), 10);
    const report = await build({ named: [] });
    expect(report).toMatchObject({ published: true, articles: { total: 3 }, passages: { embedded: 0, fromCache: 3 }, warnings: [expect.stringContaining(`generation ${id} is damaged: vectors.hnsw has 10 bytes`) as string] });
    (await openCurrent(indexDir)).close();
  });

  test('goes on from the newest generation that is whole', async () => {
    const { articles, indexDir, id, build } = await built();
    await write(articles, { 'bees.txt': 'The hive\nOther words about the bees.' });
    const second = (await build()).generation ?? '';
    await truncate(join(indexDir, 'generations', second, 'passages.sqlite'), 100);
    const third = await build({ named: [] });
    expect(third).toMatchObject({ published: true, articles: { changed: [{ source: 'articles/bees.txt' }], unchanged: 2 }, passages: { embedded: 0 } });
    expect(third.warnings).toEqual([expect.stringMatching(new RegExp(`${second} is damaged: .*; generation ${id}, which is whole, takes its place`))]);
    const generation = await openCurrent(indexDir);
    generation.close();
    expect(generation.manifest.parent).toBe(id);
  });

  test('removes no generation that is whole before there is a new one, however few are to be kept', async () => {
    const { articles, indexDir, id, build } = await built();
    await write(articles, { 'bees.txt': 'The hive\nOther words about the bees.' });
    const second = (await build()).generation ?? '';
    await truncate(join(indexDir, 'generations', second, 'passages.sqlite'), 100);
    const refuse = { check: async () => { throw new Error('no'); } };
    await expect(build({ named: [], keep: 1, guard: refuse })).rejects.toThrow('no');
    expect(await readdir(join(indexDir, 'generations'))).toContain(id);
    expect(await build({ named: [], keep: 1 })).toMatchObject({ published: true, pruned: [id, second] });
  });

  test('goes on from the newest generation where `current` is lost', async () => {
    const { articles, indexDir, id, build } = await built();
    await unlink(join(indexDir, 'current'));
    expect(hasIndex(indexDir)).toBe(true);
    await write(articles, { 'bees.txt': 'The hive\nOther words about the bees.' });
    const report = await build({ named: [] });
    expect(report).toMatchObject({ published: true, articles: { changed: [{ source: 'articles/bees.txt' }], unchanged: 2 }, warnings: [expect.stringContaining(`generation ${id}, which is whole, takes its place`) as string] });
  });

  test('says that the sources are lost where nothing tells of them any more', async () => {
    const { indexDir, build } = await built();
    await rm(join(indexDir, 'generations'), { recursive: true });
    await expect(build({ named: [] })).rejects.toMatchObject({ code: 'nothing-to-index', message: expect.stringContaining('what the index knew of its sources and its model is lost') as string, hint: expect.stringContaining('SOURCE') as string });
    expect(await build()).toMatchObject({ published: true, passages: { embedded: 0 } });
  });

  test('puts up with a lock file that is none', async () => {
    const { indexDir, build } = await built();
    await writeFile(join(indexDir, 'writer.lock'), 'x'.repeat(5_000));
    expect(await build({ full: true })).toMatchObject({ published: true });
    await rm(join(indexDir, 'writer.lock'));
    expect(await build({ full: true })).toMatchObject({ published: true });
  });

  test('publishes anew even if no article has changed', async () => {
    const { indexDir, build } = await built();
    const second = (await build({ full: true })).generation ?? '';
    await unlink(join(indexDir, 'generations', second, 'vectors.hnsw'));
    expect(await build()).toMatchObject({ published: true, articles: { unchanged: 3 } });
    (await openCurrent(indexDir)).close();
  });

  test('is refused where articles would be lost that cannot be read now', async () => {
    const { indexDir, build } = await built();
    const more = await temporaryFolder();
    await write(more, { 'clock.txt': 'The town clock\nThe clock in the tower has been slow since a pigeon nested in its works.' });
    await build({ named: [more], keep: 1 });
    const [only = ''] = await readdir(join(indexDir, 'generations'));
    await truncate(join(indexDir, 'generations', only, 'vectors.hnsw'), 10);
    await rename(more, `${more}.away`);
    await expect(build({ named: [] })).rejects.toMatchObject({ code: 'index-damaged', message: expect.stringContaining('articles of it would be lost') as string, hint: expect.stringContaining('--full') as string });
    await rename(`${more}.away`, more);
    expect(await build({ named: [] })).toMatchObject({ published: true, articles: { total: 4 } });
  });

  test('is refused where a source is suddenly empty', async () => {
    const { articles, indexDir, build } = await built();
    const more = await temporaryFolder();
    await write(more, { 'clock.txt': 'The town clock\nThe clock in the tower has been slow since a pigeon nested in its works.' });
    await build({ named: [more], keep: 1 });
    const [only = ''] = await readdir(join(indexDir, 'generations'));
    await editManifest(join(indexDir, 'generations', only, 'manifest.json'), (manifest) => (manifest['version'] = 2));
    await write(articles, { 'bees.txt': null, 'bridge.txt': null, 'bread.txt': null });
    await expect(build({ named: [] })).rejects.toMatchObject({ code: 'index-damaged', message: expect.stringContaining(`${articles} is empty`) as string });
    expect(await build({ named: [more], full: true })).toMatchObject({ published: true, articles: { total: 1 } });
  });

  test('takes sources and model from an index of another format', async () => {
    const { build, file } = await built();
    await editManifest(file('manifest.json'), (manifest) => {
      manifest['version'] = 1;
      delete manifest['rows'];
    });
    expect(await build({ named: [] })).toMatchObject({ published: true, articles: { total: 3 }, passages: { embedded: 0 }, warnings: [expect.stringContaining('index format 1') as string] });
  });

  test('with full mends it without embedding anything again', async () => {
    const { indexDir, build, file } = await built();
    await truncate(file('vectors.hnsw'), 10);
    expect(await build({ full: true })).toMatchObject({ published: true, passages: { embedded: 0, fromCache: 3 } });
    (await openCurrent(indexDir)).close();
  });

  test.each(['../../../etc', ''])('with full works when current holds %j and no manifest can be read, and says what is lost', async (text) => {
    const { indexDir, build, file } = await built();
    await writeFile(join(indexDir, 'current'), text);
    await unlink(file('manifest.json'));
    const report = await build({ full: true });
    expect(report).toMatchObject({ published: true, articles: { total: 3 }, warnings: [expect.stringContaining('its sources and its model is lost') as string] });
    (await openCurrent(indexDir)).close();
  });

  test('with full and no source takes the sources of a manifest that can still be read', async () => {
    const { build, file } = await built();
    await truncate(file('passages.sqlite'), 10);
    expect(await build({ full: true, named: [] })).toMatchObject({ published: true, articles: { total: 3 } });
  });
});

describe('a damaged embedding cache', () => {
  test('is put aside, and the passages embedded anew', async () => {
    const { articles, indexDir, build } = await workspace();
    await build();
    const path = join(indexDir, 'embeddings.sqlite');
    const bytes = await readFile(path);
    for (let at = 100; at < bytes.length; at += 200) bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    await writeFile(path, bytes);
    await write(articles, { 'bees.txt': null });
    const report = await build();
    expect(report).toMatchObject({ published: true, articles: { total: 2 }, passages: { embedded: 2 } });
    expect(report.warnings).toEqual([expect.stringContaining('embedding cache was damaged')]);
  });

  // Of one sentence: the passage's vector and a scale in 32 bits, and the sentence's in 8.
  const SIZE = 4 * 384 + 4 + 384;
  test.each([
    ['of no numbers', Buffer.alloc(SIZE, 0xff)],
    ['cut short', Buffer.alloc(100)],
    ['of no unit vector', Buffer.alloc(SIZE, Buffer.from(Float32Array.of(7).buffer))],
  ])('an embedding %s counts as missing', async (_, vector) => {
    const { indexDir, build } = await workspace();
    const first = await build();
    const db = new Database(join(indexDir, 'embeddings.sqlite'));
    expect(db.prepare('UPDATE embeddings SET vector = ?').run(vector).changes).toBe(3);
    db.close();
    const second = await build({ full: true });
    expect(second.passages).toMatchObject({ embedded: 3, fromCache: 0 });
    const [a, b] = await Promise.all([first, second].map(async ({ generation }) => readFile(join(indexDir, 'generations', generation ?? '', 'vectors.hnsw'))));
    expect(a?.equals(b ?? Buffer.alloc(0))).toBe(true);
  });
});

async function sizeInManifest(file: (name: string) => string, name: string): Promise<number> {
  const manifest = JSON.parse(await readFile(file('manifest.json'), 'utf8')) as { files: Record<string, { bytes: number }> };
  return manifest.files[name]?.bytes ?? NaN;
}
