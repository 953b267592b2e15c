import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, truncate, unlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { digestOfFile } from '../../lib/digest';
import { buildIndex, LiveIndex, type Fallback, type Generation, type LiveIndexOptions, type Manifest } from '../../lib/index';
import { setCurrent } from '../../lib/index/generation/publish';
import { PassageStore } from '../../lib/index/store/passage-store';
import { VectorIndex } from '../../lib/index/store/vectors';
import { packageRoot } from '../../lib/package-root';
import { temporaryFolder, THREE, workspace, write } from './support';

/** Ends a wait for something that will never come; measures nothing. */
const PATIENTLY = { timeout: 30_000, interval: 20 };

afterEach(() => { vi.restoreAllMocks(); });

describe('LiveIndex', () => {
  test('gives every use the generation that is current then', async () => {
    const { articles, indexDir, build } = await workspace();
    const first = await build();
    const live = new LiveIndex(indexDir);
    expect(await live.use(({ id }) => id)).toBe(first.generation);
    await write(articles, { 'bees.txt': `${THREE['bees.txt']} They hum.` });
    const second = await build();
    await expect.poll(() => live.use(({ id }) => id), PATIENTLY).toBe(second.generation);
    await live.close();
  });

  test('lets a use that began before a publication read on to its end', async () => {
    const { articles, indexDir, build } = await workspace();
    const first = await build();
    const live = new LiveIndex(indexDir);
    await live.use(async (old) => {
      await write(articles, { 'bees.txt': null });
      await build();
      await expect.poll(() => live.use(({ store }) => store.counts().articles), PATIENTLY).toBe(2);
      expect(old.id).toBe(first.generation);
      expect(old.store.counts().articles).toBe(3);
    });
    await live.close();
  });

  test('opens a generation once for uses that arrive together', async () => {
    const { indexDir, build } = await workspace();
    await build();
    const live = new LiveIndex(indexDir);
    const generations = await Promise.all(Array.from({ length: 20 }, () => live.use((generation) => generation)));
    expect(new Set(generations).size).toBe(1);
    await live.close();
  });

  test('closes an older generation when its last user is done, and not before', async () => {
    const { articles, indexDir, build } = await workspace();
    await build();
    const live = new LiveIndex(indexDir);
    let first: Generation | null = null;
    await live.use(async (old) => {
      first = old;
      await write(articles, { 'bees.txt': null });
      const { generation } = await build();
      await expect.poll(() => live.use(({ id }) => id), PATIENTLY).toBe(generation);
      expect(old.store.counts().articles).toBe(3);
    });
    expect(() => first?.store.counts()).toThrow(/not open/);
    expect(await live.use(({ store }) => store.counts().articles)).toBe(2);
    await live.close();
  });

  test('opens nothing after it was closed, and what was opening is closed', async () => {
    const { indexDir, build } = await workspace();
    await build();
    const live = new LiveIndex(indexDir);
    const opened: Generation[] = [];
    const inFlight = live.use((generation) => { opened.push(generation); });
    await Promise.allSettled([inFlight, live.close()]);
    for (const generation of opened) expect(() => generation.store.counts()).toThrow(/not open/);
    await expect(live.use(() => 0)).rejects.toThrow(/closed/);
  });

  test('opens a generation again that was repaired in place', async () => {
    const { indexDir, build } = await workspace();
    const { generation } = await build();
    const path = join(indexDir, 'generations', generation ?? '', 'manifest.json');
    const original = await readFile(path, 'utf8');
    const live = new LiveIndex(indexDir);
    await writeFile(path, original.replace(/"hash": "[0-9a-f]+"/, '"hash": "wrong"'));
    expect(await live.use(({ manifest }) => manifest.model.hash)).toBe('wrong');
    await writeFile(path, original);
    await utimes(path, 1, 1);
    await expect.poll(() => live.use(({ manifest }) => manifest.model.hash), PATIENTLY).toMatch(/^[0-9a-f]{64}$/);
    await live.close();
  });

  test('refuses terms of another version, which the builder replaces', async () => {
    const { indexDir, build } = await workspace();
    const { generation } = await build();
    const path = join(indexDir, 'generations', generation ?? '', 'manifest.json');
    await writeFile(path, (await readFile(path, 'utf8')).replace(/"analyzer": \d+/, '"analyzer": 0'));
    const live = new LiveIndex(indexDir);
    await expect(live.use(() => 0)).rejects.toMatchObject({ code: 'index-format' });
    expect(await build()).toMatchObject({ published: true, passages: { embedded: 0 } });
    expect(await live.use(({ store }) => store.counts().passages)).toBe(3);
    await live.close();
  });

  test('says that there is no index until there is one', async () => {
    const { indexDir, build } = await workspace();
    const live = new LiveIndex(indexDir);
    await expect(live.use(() => 0)).rejects.toMatchObject({ code: 'index-missing' });
    await build();
    expect(await live.use(({ store }) => store.counts().passages)).toBe(3);
    await live.close();
  });
});

/** Generations of one to five articles, oldest first, made once and published by copying. */
describe('with generations at hand', () => {
  let shelf = '';
  const ids: string[] = [];

  beforeAll(async () => {
    shelf = await mkdtemp(join(tmpdir(), 'pilcrow-shelf-'));
    const articles = join(shelf, 'articles');
    const built = join(shelf, 'built');
    for (let n = 1; n <= 5; n++) {
      await write(articles, { [`note-${n}.txt`]: `Note ${n}\nThe lamp in room ${n} was lit before the others came down the stairs.` });
      const { generation } = await buildIndex({ indexDir: built, named: [articles], cwd: shelf, workers: 1 });
      ids.push(generation ?? '');
      await cp(join(built, 'generations', generation ?? ''), join(shelf, 'generations', generation ?? ''), { recursive: true });
    }
  });
  afterAll(() => rm(shelf, { recursive: true, force: true }));

  const articlesOf = (id: string) => ids.indexOf(id) + 1;

  interface Opened {
    indexDir: string;
    live: LiveIndex;
    /** What `onFallback` was told. */
    told: (Fallback | null)[];
    /** Path of a file of a generation, or of its folder. */
    file: (id: string, name?: string) => string;
    publish: (n: number) => Promise<string>;
    /** Which generation answers a use, and why not another. */
    ask: () => Promise<{ id: string; fallback: Fallback | null }>;
  }

  /** An index directory with generations of the shelf, the last of them current, and nothing opened yet. */
  async function indexOf(...numbers: number[]): Promise<Opened> {
    const indexDir = join(await temporaryFolder(), 'index');
    const told: (Fallback | null)[] = [];
    const options: LiveIndexOptions = { onFallback: (fallback) => { told.push(fallback); } };
    const live = new LiveIndex(indexDir, options);
    onTestFinished(() => live.close());
    const file = (id: string, name = '') => join(indexDir, 'generations', id, name);
    const publish = async (n: number) => {
      const id = ids[n - 1] ?? '';
      await cp(join(shelf, 'generations', id), file(id), { recursive: true });
      await setCurrent(indexDir, id);
      return id;
    };
    for (const n of numbers) await publish(n);
    const ask = () => live.use(({ id }, fallback) => ({ id, fallback }));
    return { indexDir, live, told, file, publish, ask };
  }

  const [first, second] = [() => ids[0] ?? '', () => ids[1] ?? ''];

  describe('a new generation', () => {
    test('is picked up without being asked for', async () => {
      const { live, publish } = await indexOf(1);
      await live.use(() => 0);
      expect(live.servedId).toBe(first());
      await publish(2);
      await expect.poll(() => live.servedId, PATIENTLY).toBe(second());
    });

    test('is met by uses at any time, each of which sees one generation', async () => {
      const { live, publish } = await indexOf(1);
      const seen = new Set<string>();
      let isOver = false;
      const user = async () => {
        while (!isOver) {
          await live.use(async (generation) => {
            for (let i = 0; i < 5; i++) {
              expect(generation.store.counts()).toEqual(generation.manifest.counts);
              expect(generation.manifest.counts.articles).toBe(articlesOf(generation.id));
              expect(generation.vectors.search(new Float32Array(384).fill(0.05), 10)).toHaveLength(articlesOf(generation.id));
              await new Promise(setImmediate);
            }
            seen.add(generation.id);
          });
        }
      };
      const users = Array.from({ length: 20 }, user);
      await expect.poll(() => seen.has(first()), PATIENTLY).toBe(true);
      for (const n of [2, 3, 4, 5]) {
        const id = await publish(n);
        await expect.poll(() => seen.has(id), PATIENTLY).toBe(true);
      }
      isOver = true;
      await Promise.all(users);
      expect([...seen].sort()).toEqual([...ids].sort());
    });

    test('makes two that are open, and one again when it has taken over', async () => {
      let open = 0;
      let most = 0;
      const original = VectorIndex.open.bind(VectorIndex);
      vi.spyOn(VectorIndex, 'open').mockImplementation(async (path, dimensions) => {
        most = Math.max(most, ++open);
        const vectors = await original(path, dimensions);
        const close = vectors.close.bind(vectors);
        vi.spyOn(vectors, 'close').mockImplementation(() => { open--; close(); });
        return vectors;
      });
      const { live, publish, ask } = await indexOf(1);
      let release = (): void => undefined;
      const slowReader = live.use(() => new Promise<void>((resolve) => { release = resolve; }));
      await expect.poll(() => live.servedId, PATIENTLY).toBe(first());
      await publish(2);
      await expect.poll(() => live.servedId, PATIENTLY).toBe(second());
      // The third waits for the first to be closed; nobody else does.
      await publish(3);
      for (let i = 0; i < 3; i++) expect(await ask()).toMatchObject({ id: second() });
      expect(open).toBe(2);
      release();
      await slowReader;
      await expect.poll(() => live.servedId, PATIENTLY).toBe(ids[2]);
      for (const n of [4, 5]) {
        await publish(n);
        await expect.poll(async () => (await ask()).id, PATIENTLY).toBe(ids[n - 1]);
      }
      expect(most).toBe(2);
      expect(open).toBe(1);
      await live.close();
      expect(open).toBe(0);
    });

    test('that takes long to open is waited for by nobody', async () => {
      const { live, publish, ask } = await indexOf(1);
      await ask();
      let release = (): void => undefined;
      const released = new Promise<void>((resolve) => { release = resolve; });
      const original = VectorIndex.open.bind(VectorIndex);
      vi.spyOn(VectorIndex, 'open').mockImplementation(async (path, dimensions) => {
        await released;
        return original(path, dimensions);
      });
      await publish(2);
      for (let i = 0; i < 3; i++) expect(await ask()).toEqual({ id: first(), fallback: null });
      release();
      await expect.poll(() => live.servedId, PATIENTLY).toBe(second());
    });
  });

  /** How a generation comes to harm: in its files, or in `current`. */
  const editManifest = (from: RegExp, to: string) => async ({ file }: Opened, id: string) => {
    const path = file(id, 'manifest.json');
    const text = await readFile(path, 'utf8');
    expect(text).toMatch(from);
    await writeFile(path, text.replace(from, to));
  };
  const flip = (name: string) => async ({ file }: Opened, id: string) => {
    const bytes = await readFile(file(id, name));
    bytes[600] = (bytes[600] ?? 0) ^ 1;
    await writeFile(file(id, name), bytes);
  };
  type Harm = (opened: Opened, id: string) => Promise<void>;
  const IN_PLACE: [string, string, Harm][] = [
    ['passages.sqlite is truncated', 'index-damaged', ({ file }, id) => truncate(file(id, 'passages.sqlite'), 5000)],
    ['passages.sqlite is emptied', 'index-damaged', ({ file }, id) => truncate(file(id, 'passages.sqlite'), 0)],
    ['vectors.hnsw is truncated', 'index-damaged', ({ file }, id) => truncate(file(id, 'vectors.hnsw'), 1000)],
    ['the manifest is truncated', 'index-damaged', ({ file }, id) => truncate(file(id, 'manifest.json'), 100)],
    ['a bit of passages.sqlite flips', 'index-damaged', flip('passages.sqlite')],
    ['a bit of vectors.hnsw flips', 'index-damaged', flip('vectors.hnsw')],
    ['its terms are of another analyzer', 'index-format', editManifest(/"analyzer": \d+/, '"analyzer": 0')],
    ['it has another format version', 'index-format', editManifest(/"version": \d+/, '"version": 99')],
  ];
  const REMOVED: [string, string, Harm][] = [
    ['passages.sqlite is removed', 'index-damaged', ({ file }, id) => unlink(file(id, 'passages.sqlite'))],
    ['vectors.hnsw is removed', 'index-damaged', ({ file }, id) => unlink(file(id, 'vectors.hnsw'))],
    ['the manifest is removed', 'index-damaged', ({ file }, id) => unlink(file(id, 'manifest.json'))],
    ['its folder is removed', 'index-damaged', ({ file }, id) => rm(file(id), { recursive: true })],
  ];
  const CURRENT: [string, string][] = [['nothing', ''], ['a path', '../../etc'], ['noise', '\u0000\u0001\n\n']];

  describe('the newest generation that can be opened answers, and it is told why,', () => {
    test.each([...IN_PLACE, ...REMOVED])('when %s before it is opened', async (_, code, harm) => {
      const opened = await indexOf(1, 2);
      await harm(opened, second());
      const { id, fallback } = await opened.ask();
      expect(id).toBe(first());
      expect(fallback).toMatchObject({ generation: second(), code, served: first() });
      expect(fallback?.reason).toContain(second());
      expect(fallback?.reason).not.toContain('/');
      expect(opened.told).toEqual([fallback]);
    });

    test.each(IN_PLACE)('when %s while it is open', async (_, code, harm) => {
      const opened = await indexOf(1, 2);
      expect(await opened.ask()).toEqual({ id: second(), fallback: null });
      await harm(opened, second());
      const { id, fallback } = await opened.ask();
      expect(id).toBe(first());
      expect(fallback).toMatchObject({ generation: second(), code, served: first() });
    });

    test.each(CURRENT)('when current holds %s', async (_, text) => {
      const { indexDir, ask, told } = await indexOf(1, 2);
      await writeFile(join(indexDir, 'current'), text);
      const { id, fallback } = await ask();
      expect(id).toBe(second());
      expect(fallback).toMatchObject({ generation: null, code: 'index-damaged', served: second() });
      expect(fallback?.reason).not.toContain('/');
      await setCurrent(indexDir, first());
      await expect.poll(ask, PATIENTLY).toEqual({ id: first(), fallback: null });
      expect(told).toEqual([fallback, null]);
    });

    test('when current names one that never was', async () => {
      const { indexDir, ask } = await indexOf(1, 2);
      await ask();
      await setCurrent(indexDir, '20990101T000000000Z-abcdef');
      await expect.poll(ask, PATIENTLY).toMatchObject({ id: second(), fallback: { generation: '20990101T000000000Z-abcdef', served: second() } });
    });

    test('past others that are damaged too', async () => {
      const opened = await indexOf(1, 2, 3, 4);
      await flip('vectors.hnsw')(opened, ids[3] ?? '');
      await truncate(opened.file(ids[2] ?? '', 'passages.sqlite'), 5000);
      expect(await opened.ask()).toMatchObject({ id: second(), fallback: { generation: ids[3], served: second() } });
    });

    test('until a good one is published', async () => {
      const opened = await indexOf(1, 2);
      await flip('vectors.hnsw')(opened, second());
      expect(await opened.ask()).toMatchObject({ id: first() });
      await opened.publish(3);
      await expect.poll(opened.ask, PATIENTLY).toEqual({ id: ids[2], fallback: null });
    });

    test.each([...IN_PLACE, ...REMOVED])('until it is repaired in place, after %s', async (_, __, harm) => {
      const opened = await indexOf(1, 2);
      await harm(opened, second());
      expect(await opened.ask()).toMatchObject({ id: first() });
      await cp(join(shelf, 'generations', second()), opened.file(second()), { recursive: true });
      await expect.poll(() => opened.live.servedId, PATIENTLY).toBe(second());
      expect(await opened.ask()).toEqual({ id: second(), fallback: null });
      expect(opened.told).toEqual([expect.objectContaining({ served: first() }), null]);
    });
  });

  test.each(REMOVED)('what is open is read on, and it is told, when %s', async (_, code, harm) => {
    const opened = await indexOf(1, 2);
    await opened.ask();
    await harm(opened, second());
    const { id, fallback } = await opened.live.use(({ id, store, manifest }, fallback) => {
      expect(store.counts()).toEqual(manifest.counts);
      return { id, fallback };
    });
    expect(id).toBe(second());
    expect(fallback).toMatchObject({ generation: second(), code, served: second() });
    await opened.publish(3);
    await expect.poll(opened.ask, PATIENTLY).toEqual({ id: ids[2], fallback: null });
  });

  test('the error is that of the current one when no other can be opened either', async () => {
    const opened = await indexOf(1, 2);
    await truncate(opened.file(first(), 'vectors.hnsw'), 10);
    await flip('passages.sqlite')(opened, second());
    await expect(opened.ask()).rejects.toMatchObject({ code: 'index-damaged', message: expect.stringContaining(second()) as string });
    await cp(join(shelf, 'generations', first()), opened.file(first()), { recursive: true });
    await expect.poll(opened.ask, PATIENTLY).toMatchObject({ id: first(), fallback: { generation: second() } });
  });

  test('what could not be opened is not tried again until it changes', async () => {
    const opened = await indexOf(1, 2);
    await editManifest(/"analyzer": \d+/, '"analyzer": 0')(opened, second());
    const openings = vi.spyOn(VectorIndex, 'open');
    for (let i = 0; i < 5; i++) expect(await opened.ask()).toMatchObject({ id: first() });
    expect(openings).toHaveBeenCalledTimes(2);
    await utimes(opened.file(second(), 'manifest.json'), 1, 1);
    await expect.poll(() => openings.mock.calls.length, PATIENTLY).toBe(3);
    expect(await opened.ask()).toMatchObject({ id: first() });
  });

  test('what SQLite finds corrupt while it is read is given up, and the work done again with another', async () => {
    const { live, ask } = await indexOf(1, 2);
    const answered = await Promise.all(Array.from({ length: 5 }, () => live.use(({ id }, fallback) => {
      if (id === second()) throw Object.assign(new Error('database disk image is malformed'), { code: 'SQLITE_CORRUPT_VTAB' });
      return { id, fallback };
    })));
    for (const answer of answered) expect(answer).toMatchObject({ id: first(), fallback: { generation: second(), code: 'index-damaged' } });
    expect(await ask()).toMatchObject({ id: first() });
  });

  test('other errors of a use are its own', async () => {
    const { live, ask } = await indexOf(1, 2);
    await expect(live.use(() => { throw new Error('mine'); })).rejects.toThrow('mine');
    expect(await ask()).toEqual({ id: second(), fallback: null });
  });

  describe('a file too large to be hashed when it is opened', () => {
    /** Lengthens passages.sqlite, which SQLite takes no notice of, to where only its size is looked at. */
    async function enlarge({ file }: Opened, id: string): Promise<void> {
      const path = file(id, 'passages.sqlite');
      const bytes = 129 * 1024 * 1024;
      await truncate(path, bytes);
      const manifest = JSON.parse(await readFile(file(id, 'manifest.json'), 'utf8')) as Manifest;
      manifest.files['passages.sqlite'] = { bytes, sha256: await digestOfFile(path) };
      await writeFile(file(id, 'manifest.json'), JSON.stringify(manifest, null, 2));
    }

    test('is verified afterwards, and another answers when it is found wrong', async () => {
      const opened = await indexOf(1, 2);
      await enlarge(opened, second());
      await editManifest(/("bytes": 135266304,\s+"sha256": ")....../, '$1000000')(opened, second());
      expect(await opened.ask()).toEqual({ id: second(), fallback: null });
      await expect.poll(() => opened.live.servedId, PATIENTLY).toBe(first());
      expect(await opened.ask()).toMatchObject({ id: first(), fallback: { generation: second(), reason: expect.stringContaining('passages.sqlite') as string } });
    });

    test('stays held against removal when it has been read for that', async () => {
      const opened = await indexOf(1);
      await enlarge(opened, first());
      const renewals = vi.spyOn(PassageStore.prototype, 'renewHold');
      await opened.ask();
      expect(await isHeld(opened.file(first(), 'passages.sqlite'))).toBe(true);
      await expect.poll(() => renewals.mock.calls.length, PATIENTLY).toBe(1);
      expect(await isHeld(opened.file(first(), 'passages.sqlite'))).toBe(true);
      expect(opened.live.servedId).toBe(first());
      await opened.live.close();
      expect(await isHeld(opened.file(first(), 'passages.sqlite'))).toBe(false);
    });
  });

  test('a generation opened again in place stays held against removal', async () => {
    const opened = await indexOf(1);
    await opened.ask();
    const openings = vi.spyOn(VectorIndex, 'open');
    const renewals = vi.spyOn(PassageStore.prototype, 'renewHold');
    await utimes(opened.file(first(), 'manifest.json'), 1, 1);
    await expect.poll(() => renewals.mock.calls.length, PATIENTLY).toBe(1);
    expect(openings).toHaveBeenCalledTimes(1);
    expect(await isHeld(opened.file(first(), 'passages.sqlite'))).toBe(true);
  });
});

/** Whether another process is kept from the lock it would need to remove this file. */
async function isHeld(path: string): Promise<boolean> {
  const script = `
    const db = new (require('better-sqlite3'))(${JSON.stringify(path)}, { timeout: 0 });
    try { db.exec('BEGIN EXCLUSIVE'); console.log('free'); } catch (error) { console.log(error.code); }`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--eval', script], { cwd: packageRoot() });
  return stdout.trim() === 'SQLITE_BUSY';
}
