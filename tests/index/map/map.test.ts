import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { buildIndex, openCurrent, passagesOfRegion, placesOf, readMap, verifyIndex, type BuildPhase, type Generation } from '../../../lib/index';
import { temporaryFolder, THREE, workspace, write } from '../support';
import { preservation } from './support';

/** The project's own articles, indexed once; tests work on copies. */
let folder: string;
let original: string;
const phases: BuildPhase[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pilcrow-test-'));
  await cp(join(import.meta.dirname, '../../../articles'), join(folder, 'articles'), { recursive: true });
  original = join(folder, 'index');
  await buildIndex({ indexDir: original, named: [join(folder, 'articles')], cwd: folder, onProgress: ({ phase }) => phases.push(phase) });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function copied(): Promise<{ articles: string; indexDir: string; build: () => ReturnType<typeof buildIndex> }> {
  const copy = await temporaryFolder();
  const [articles, indexDir] = [join(copy, 'articles'), join(copy, 'index')];
  await cp(join(folder, 'articles'), articles, { recursive: true });
  await mkdir(indexDir);
  // Nothing is embedded twice.
  await cp(join(original, 'embeddings.sqlite'), join(indexDir, 'embeddings.sqlite'));
  return { articles, indexDir, build: () => buildIndex({ indexDir, named: [articles], cwd: copy, workers: 1 }) };
}

async function opened(indexDir: string): Promise<Generation> {
  const generation = await openCurrent(indexDir);
  onTestFinished(() => { generation.close(); });
  return generation;
}

/** Places by passage id. */
function placesIn(generation: Generation): Map<string, { x: number; y: number; region: number }> {
  const { points } = readMap(generation, Infinity);
  return new Map(placesOf(generation, [...points.rows]).map(({ row, ...place }) => [generation.store.passage(row)!.id, place]));
}

describe('the map of an index', () => {
  test('has every passage, near those that are near in meaning', async () => {
    const generation = await opened(original);
    const { passages, points, regions, generation: id } = readMap(generation, Infinity);
    expect([id, passages, points.rows.length, points.places.length, points.regions.length]).toEqual([generation.id, passages, passages, 2 * passages, passages]);
    expect(passages).toBe(generation.manifest.counts.passages);
    expect(regions.reduce((sum, region) => sum + region.passages, 0)).toBe(passages);
    expect(regions.length).toBeGreaterThan(4);
    for (const { words } of regions) expect(words).toHaveLength(3);
    const vectors = Array.from(points.rows, (row) => generation.vectors.vector(row));
    const places = Array.from(points.rows, (_, i) => ({ x: points.places[2 * i]!, y: points.places[2 * i + 1]! }));
    // By chance it would be .08; UMAP's reference parameters give .85.
    expect(preservation(vectors, places)).toBeGreaterThan(0.75);
    expect(phases).toContain('mapping');
    expect(phases.at(-1)).toBe('publishing');
  });

  test('shows a sample of a large one, the same each time', async () => {
    const generation = await opened(original);
    const few = readMap(generation, 50);
    expect(few.points.rows).toHaveLength(50);
    expect(readMap(generation, 50)).toEqual(few);
    expect(few.passages).toBe(generation.manifest.counts.passages);
    const rows = new Set(readMap(generation, 100).points.rows);
    expect([...few.points.rows].every((row) => rows.has(row))).toBe(true);
    expect(placesOf(generation, [3, 999_999, 1]).map(({ row }) => row)).toEqual([3, 1]);
  });

  test('gives passages of a region, one of each article first', async () => {
    const generation = await opened(original);
    const [region] = readMap(generation, 1).regions;
    const all = passagesOfRegion(generation, region!.id, Infinity);
    expect(all).toHaveLength(region!.passages);
    expect(new Set(placesOf(generation, all.map(({ row }) => row)).map((place) => place.region))).toEqual(new Set([region!.id]));
    const articles = new Set(all.map(({ article }) => article.id)).size;
    expect(new Set(all.slice(0, articles).map(({ article }) => article.id)).size).toBe(articles);
    expect(passagesOfRegion(generation, region!.id, 3)).toEqual(all.slice(0, 3));
    expect(passagesOfRegion(generation, 77, 3)).toEqual([]);
  });

  test('is the same when the same articles are indexed from nothing', async () => {
    const { indexDir, build } = await copied();
    // Another folder gives other ids, so rows have to do.
    await build();
    const [before, after] = [readMap(await opened(original), Infinity), readMap(await opened(indexDir), Infinity)];
    expect({ ...after, generation: '' }).toEqual({ ...before, generation: '' });
  });
});

describe('a run that goes on from a generation', () => {
  test('keeps the place of what stays, removes that of what is gone, and finds one for what is new', async () => {
    const { articles, indexDir, build } = await copied();
    await build();
    const first = await opened(indexDir);
    const before = placesIn(first);
    await rm(join(articles, 'salt-and-the-crown.md'));
    await writeFile(join(articles, 'eels.txt'), 'Eels at night\nThe eel fishers of the river set their nets at dusk and wait for the eels to come down with the flood.');
    await build();
    const second = await opened(indexDir);
    const after = placesIn(second);
    const fresh = [...after.keys()].filter((id) => !before.has(id));
    expect(fresh).toHaveLength(1);
    expect(after.size).toBe(second.manifest.counts.passages);
    for (const [id, place] of after) if (!fresh.includes(id)) expect(place).toEqual(before.get(id));
    const [row] = second.store.passagesOf(second.store.articlesOf('articles/eels.txt')[0]!.id).map((passage) => passage.row);
    const near = second.vectors.search(second.vectors.vector(row!), 2)[1]!;
    const [own, other] = placesOf(second, [row!, near.row]);
    expect(Math.hypot(own!.x - other!.x, own!.y - other!.y)).toBeLessThan(0.25);
    expect(second.manifest.map).toEqual(first.manifest.map);
    expect(readMap(second, 1).regions.reduce((sum, { passages }) => sum + passages, 0)).toBe(after.size);
    expect((await verifyIndex(indexDir)).ok).toBe(true);
  });

  test('lays everything out anew once a fifth has come or gone', async () => {
    const { articles, indexDir, build } = await workspace(THREE);
    await build();
    const { map } = (await opened(indexDir)).manifest;
    await write(articles, { 'salt.txt': 'Salt\nSalt is won from sea water in wide shallow pans under the sun.' });
    await build();
    const generation = await opened(indexDir);
    expect([map, generation.manifest.map]).toEqual([{ version: map.version, rows: 3, passages: 3 }, { version: map.version, rows: 4, passages: 4 }]);
    expect(readMap(generation, Infinity).points.rows).toHaveLength(4);
  });

  test('publishes when maps are made otherwise now, and does nothing else where nothing has changed', async () => {
    const { indexDir, build } = await workspace(THREE);
    const { generation } = await build();
    expect((await build()).published).toBe(false);
    const path = join(indexDir, 'generations', generation!, 'manifest.json');
    await writeFile(path, (await readFile(path, 'utf8')).replace(/("map": \{\s+"version": )\d+/, '$10'));
    expect(await build()).toMatchObject({ published: true, passages: { embedded: 0 } });
    expect((await opened(indexDir)).manifest.map.version).toBeGreaterThan(0);
  });

  test('reads everything anew, and embeds nothing, after a generation without a map', async () => {
    const { indexDir, build } = await workspace(THREE);
    const { generation } = await build();
    const path = join(indexDir, 'generations', generation!, 'manifest.json');
    const { map: _, ...manifest } = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
    await writeFile(path, JSON.stringify({ ...manifest, version: 3 }));
    await expect(openCurrent(indexDir)).rejects.toMatchObject({ code: 'index-format' });
    expect(await build()).toMatchObject({ published: true, passages: { total: 3, embedded: 0, fromCache: 3 } });
    expect(readMap(await opened(indexDir), 10).points.rows).toHaveLength(3);
  });
});

test('a run that is interrupted while the map is made publishes nothing', async () => {
  const { indexDir, build } = await copied();
  const stop = new AbortController();
  await expect(buildIndex({
    indexDir, named: [join(folder, 'articles')], cwd: folder, workers: 1, signal: stop.signal,
    onProgress: ({ phase }) => { if (phase === 'mapping' || phase === 'writing') stop.abort(); },
  })).rejects.toMatchObject({ code: 'interrupted' });
  await expect(openCurrent(indexDir)).rejects.toMatchObject({ code: 'index-missing' });
  expect((await build()).published).toBe(true);
});
