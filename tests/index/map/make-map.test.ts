import { describe, expect, test, vi } from 'vitest';
import { VectorFile } from '../../../lib/index/store/vector-file';
import { clustered, DIMENSIONS, mapOf, preservation, unit, type MadeMap } from './support';

function expectSound({ points, regions }: MadeMap, count: number): void {
  expect(points.map(({ row }) => row)).toEqual([...Array(count).keys()]);
  for (const { x, y } of [...points, ...regions]) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(1);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y).toBeLessThanOrEqual(1);
  }
  const sizes = regions.map(({ id }) => points.filter(({ region }) => region === id).length);
  expect(regions.map(({ passages }) => passages)).toEqual(sizes);
  expect(Math.min(...sizes)).toBeGreaterThan(0);
  expect(sizes.reduce((a, b) => a + b, 0)).toBe(count);
}

describe('a map', () => {
  const vectors = clustered(1200, 30);

  test('keeps near what is near, far better than chance, and uses both axes', async () => {
    const map = await mapOf(vectors);
    expectSound(map, vectors.length);
    expect(preservation(vectors, map.points, 5)).toBeGreaterThan(10 * (30 / 1199));
    for (const axis of ['x', 'y'] as const) {
      const values = map.points.map((point) => point[axis]);
      expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(0.5);
    }
  });

  test('is the same for the same passages', async () => {
    expect(await mapOf(vectors.slice(0, 300))).toEqual(await mapOf(vectors.slice(0, 300)));
  });

  test('of which only a sample is laid out places the others among it', async () => {
    const map = await mapOf(vectors, { mostLaidOut: 400 });
    expectSound(map, vectors.length);
    expect(preservation(vectors, map.points, 5)).toBeGreaterThan(5 * (30 / 1199));
    expect(new Set(map.points.map(({ x, y }) => `${x} ${y}`)).size).toBe(vectors.length);
    expect(map).toEqual(await mapOf(vectors, { mostLaidOut: 400 }));
  });

  test('is made by asking hnswlib where its file is unfamiliar', async () => {
    vi.spyOn(VectorFile, 'open').mockReturnValue(null);
    const map = await mapOf(vectors.slice(0, 300));
    vi.restoreAllMocks();
    expectSound(map, 300);
    expect(preservation(vectors.slice(0, 300), map.points)).toBeGreaterThan(0.3);
  });

  test('has more regions the more passages there are', async () => {
    const counts = await Promise.all([1, 60, 1200].map(async (count) => (await mapOf(vectors.slice(0, count))).regions.length));
    expect(counts).toEqual([1, 6, 24]);
  });

  test('tells how far it is, lets others have their turn, and ends when told so', async () => {
    const shares: number[] = [];
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await mapOf(vectors, { onShare: (share) => void shares.push(share) });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(2);
    expect(shares.at(-1)).toBeCloseTo(1, 1);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
    const stop = (share: number) => {
      if (share > 0.3) throw new Error('enough');
    };
    await expect(mapOf(vectors, { onShare: stop })).rejects.toThrow('enough');
  });
});

describe('an index too small to be a landscape', () => {
  test.each([1, 2, 3, 4, 5, 12, 17])('of %i passages has its map', async (count) => {
    expectSound(await mapOf(clustered(count, count)), count);
  });

  test.each([2, 5, 40])('of %i equal passages has its map, none on another', async (count) => {
    const [vector] = clustered(1, 1);
    const map = await mapOf(Array.from({ length: count }, () => vector!));
    expectSound(map, count);
    expect(new Set(map.points.map(({ x, y }) => `${x} ${y}`)).size).toBe(count);
  });

  test('whose passages lie on one line has its map', async () => {
    const line = Array.from({ length: 30 }, (_, i) => unit(new Float32Array(DIMENSIONS).fill(0).map((_, d) => (d === 0 ? 1 : d === 1 ? i / 30 : 0))));
    expectSound(await mapOf(line), 30);
  });
});

test('regions are named by what their passages say', async () => {
  const subjects = ['bees honey hive queen', 'bridge river stone arch', 'bread flour oven dough', 'violin string bow tune'];
  const vectors = clustered(80, 4, 0.1);
  const { points, regions } = await mapOf(vectors, {}, (i) => `The ${subjects[Math.floor(i / 20)]!} are what this is about, and there were ${i} of them.`);
  for (const { id, words } of regions) {
    const spoken = new Set(points.filter(({ region }) => region === id).flatMap(({ row }) => subjects[Math.floor(row / 20)]!.split(' ')));
    const named = JSON.parse(words) as string[];
    expect(named).toHaveLength(3);
    for (const word of named) expect(spoken).toContain(word);
  }
});
