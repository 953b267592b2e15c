import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { growth } from '../../lib/benchmark/growth';
import { between, vectorsWanted } from '../../lib/benchmark/growth-graph';
import { HNSW, innerProduct } from '../../lib/index';
import { failedChecks, testContext, type TestContext } from './support';

let context: TestContext;
beforeAll(async () => { context = await testContext(); });
afterAll(() => context.close());
afterEach(() => vi.unstubAllEnvs());

const DIMENSIONS = 384;
const COUNT = 3;
/** Unit vectors along one axis each; each finds itself, then the other two. */
const axes = {
  count: COUNT,
  dimensions: DIMENSIONS,
  vector: (row: number) => new Float32Array(DIMENSIONS).fill(1, row, row + 1),
  search: (vector: Float32Array) => {
    const own = vector.indexOf(1);
    return [own, ...[0, 1, 2].filter((row) => row !== own)].map((row) => ({ row, similarity: row === own ? 1 : 0 }));
  },
};

test('vectors are the embeddings first, then unit vectors on the way to a neighbour, nearer to where they set out; the same for a seed', () => {
  const next = between(axes, 5);
  const made = Array.from({ length: 60 }, (_, i) => next(i));
  for (const row of [0, 1, 2]) expect(made[row]).toEqual(axes.vector(row));
  const towards = new Set<string>();
  for (const [i, vector] of made.entries()) {
    if (i < COUNT) continue;
    const from = i % COUNT;
    expect(innerProduct(vector, vector)).toBeCloseTo(1, 5);
    const others = [0, 1, 2].filter((row) => row !== from && vector[row] !== 0);
    expect(others).toHaveLength(1);
    expect(vector[from]).toBeGreaterThanOrEqual(vector[others[0]!]!);
    towards.add(`${from}-${others[0]!}`);
  }
  expect(towards.size).toBe(6);
  const again = between(axes, 5);
  expect(made).toEqual(Array.from({ length: 60 }, (_, i) => again(i)));
  const other = between(axes, 6);
  expect(made).not.toEqual(Array.from({ length: 60 }, (_, i) => other(i)));
});

test('indexes and graphs grow, and every size is measured', async () => {
  vi.stubEnv('PILCROW_BENCH_VECTORS', '300');
  const found = await growth.run(context);
  expect(failedChecks(found)).toEqual([]);
  const series = new Map(found.series.map((one) => [one.key, one.points]));
  for (const key of ['index', 'query-p50', 'query-p99', 'bytes', 'memory']) expect(series.get(key), key).toHaveLength(2);
  const [small, large] = series.get('index')!.map(([passages]) => passages);
  expect(large).toBeGreaterThan(small!);
  for (const graph of ['graph', 'graph-alike']) {
    for (const ef of [50, 100, 200, HNSW.efSearch]) expect(series.get(`${graph}-recall-${ef}`)?.map(([vectors]) => vectors)).toEqual([150, 300]);
    // With as many candidates as there are vectors a search is exact.
    expect(series.get(`${graph}-recall-${HNSW.efSearch}`)?.map(([, recall]) => recall)).toEqual([1, 1]);
  }
  const p99 = series.get('query-p99')!;
  for (const [i, [, p50]] of series.get('query-p50')!.entries()) expect(p99[i]?.[1]).toBeGreaterThanOrEqual(p50);
});

test('PILCROW_BENCH_VECTORS says how many vectors a graph gets', () => {
  vi.stubEnv('PILCROW_BENCH_VECTORS', '1000000');
  expect(vectorsWanted({ quick: true })).toBe(1_000_000);
  vi.stubEnv('PILCROW_BENCH_VECTORS', '');
  expect(vectorsWanted({ quick: false })).toBe(100_000);
});

test.each(['many', '99', '1e6', '-5', '10000001'])('PILCROW_BENCH_VECTORS=%s is refused before anything is measured', async (given) => {
  vi.stubEnv('PILCROW_BENCH_VECTORS', given);
  const steps = context.steps.length;
  await expect(growth.run(context)).rejects.toMatchObject({ code: 'config-invalid' });
  expect(context.steps).toHaveLength(steps);
});
