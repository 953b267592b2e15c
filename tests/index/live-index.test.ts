import { readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LiveIndex, type Generation } from '../../lib/index';
import { THREE, workspace, write } from './support';

describe('LiveIndex', () => {
  test('gives every use the generation that is current then', async () => {
    const { articles, indexDir, build } = await workspace();
    const first = await build();
    const live = new LiveIndex(indexDir);
    expect(await live.use(({ id }) => id)).toBe(first.generation);
    await write(articles, { 'bees.txt': `${THREE['bees.txt']} They hum.` });
    const second = await build();
    expect(await live.use(({ id }) => id)).toBe(second.generation);
    await live.close();
  });

  test('lets a use that began before a publication read on to its end', async () => {
    const { articles, indexDir, build } = await workspace();
    const first = await build();
    const live = new LiveIndex(indexDir);
    await live.use(async (old) => {
      await write(articles, { 'bees.txt': null });
      await build();
      expect(await live.use(({ store }) => store.counts().articles)).toBe(2);
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
      await build();
      await live.use(() => 0);
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
    expect(await live.use(({ manifest }) => manifest.model.hash)).toMatch(/^[0-9a-f]{64}$/);
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
