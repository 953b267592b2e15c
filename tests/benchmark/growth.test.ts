import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { growth } from '../../lib/benchmark/growth';
import { noisy, vectorsWanted } from '../../lib/benchmark/growth-graph';
import { HNSW, innerProduct } from '../../lib/index';
import { failedChecks, testContext, type TestContext } from './support';

let context: TestContext;
beforeAll(async () => { context = await testContext(); });
afterAll(() => context.close());
afterEach(() => vi.unstubAllEnvs());

const DIMENSIONS = 384;
/** Unit vectors along one axis each. */
const axes = { count: 3, dimensions: DIMENSIONS, vector: (row: number) => new Float32Array(DIMENSIONS).fill(1, row, row + 1) };

test('noise leaves unit vectors near what they were made of, the same for a seed', () => {
  const next = noisy(axes, 5);
  const made = Array.from({ length: 60 }, (_, i) => next(i));
  for (const [i, vector] of made.entries()) {
    expect(innerProduct(vector, vector)).toBeCloseTo(1, 5);
    expect(innerProduct(vector, axes.vector(i % 3))).toBeGreaterThan(0.8);
  }
  const mean = made.reduce((sum, vector, i) => sum + innerProduct(vector, axes.vector(i % 3)), 0) / made.length;
  expect(Math.abs(mean - 0.9)).toBeLessThan(0.02);
  expect(made[3]).not.toEqual(made[0]);
  const again = noisy(axes, 5);
  expect(again(0)).toEqual(made[0]);
  expect(noisy(axes, 6)(0)).not.toEqual(made[0]);
});

test('indexes and graphs grow, and every size is measured', async () => {
  vi.stubEnv('PILCROW_BENCH_VECTORS', '300');
  const found = await growth.run(context);
  expect(failedChecks(found)).toEqual([]);
  const series = new Map(found.series.map((one) => [one.key, one.points]));
  for (const key of ['index', 'query-p50', 'query-p99', 'bytes', 'memory']) expect(series.get(key), key).toHaveLength(2);
  const [small, large] = series.get('index')!.map(([passages]) => passages);
  expect(large).toBeGreaterThan(small!);
  for (const ef of [100, 200, HNSW.efSearch]) expect(series.get(`graph-recall-${ef}`)?.map(([vectors]) => vectors)).toEqual([150, 300]);
  // With as many candidates as there are vectors a search is exact.
  expect(series.get(`graph-recall-${HNSW.efSearch}`)?.map(([, recall]) => recall)).toEqual([1, 1]);
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
