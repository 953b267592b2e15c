import { describe, expect, test } from 'vitest';
import { LiveIndex } from '../../lib/index';
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
    live.close();
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
    live.close();
  });

  test('opens a generation once for uses that arrive together', async () => {
    const { indexDir, build } = await workspace();
    await build();
    const live = new LiveIndex(indexDir);
    const generations = await Promise.all(Array.from({ length: 20 }, () => live.use((generation) => generation)));
    expect(new Set(generations).size).toBe(1);
    live.close();
  });

  test('says that there is no index until there is one', async () => {
    const { indexDir, build } = await workspace();
    const live = new LiveIndex(indexDir);
    await expect(live.use(() => 0)).rejects.toMatchObject({ code: 'index-missing' });
    await build();
    expect(await live.use(({ store }) => store.counts().passages)).toBe(3);
    live.close();
  });
});
