import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measure, quantise, type MeasuredVectors, type SentenceVectors } from '../../lib/index/store/sentences';
import { nearness } from '../../lib/search/meaning';

const cosine = (a: ArrayLike<number>, b: readonly number[]) => {
  const length = Math.hypot(...Array.from(a)) * Math.hypot(...b);
  return length === 0 ? 0 : b.reduce((sum, value, i) => sum + value * (a[i] ?? NaN), 0) / length;
};

/** The rows as numbers again. */
function rowsOf({ values, scales }: SentenceVectors): number[][] {
  const dimensions = values.length / scales.length;
  return [...scales].map((scale, row) => [...values.subarray(row * dimensions, (row + 1) * dimensions)].map((value) => value * scale));
}

const unit = (vector: readonly number[]) => Float32Array.from(vector, (value) => value / Math.hypot(...vector));
const sentences = (...rows: number[][]): MeasuredVectors => measure(quantise(Float32Array.from(rows.flat()), rows[0]?.length ?? 1));

const arbitraryCase = fc.integer({ min: 1, max: 12 }).chain((dimensions) => {
  const row = fc.array(fc.integer({ min: -127, max: 127 }), { minLength: dimensions, maxLength: dimensions });
  const scale = fc.constantFrom(0, 0.001, 0.01, 0.1, 1);
  return fc.record({
    vector: row.filter((values) => values.some((value) => value !== 0)).map(unit),
    rows: fc.array(fc.tuple(row, scale), { minLength: 1, maxLength: 7 }),
  });
});

describe('nearness', () => {
  test('is the greatest cosine of a sentence or of two neighbours’ sum', () => {
    fc.assert(
      fc.property(arbitraryCase, ({ vector, rows }) => {
        const stored = sentences(...rows.map(([values, scale]) => values.map((value) => value * scale)));
        const found = nearness(vector, stored);
        const naive = rowsOf(stored);
        expect(found.cosines).toHaveLength(naive.length);
        for (const [i, row] of naive.entries()) expect(found.cosines[i]).toBeCloseTo(cosine(vector, row), 5);
        const sums = naive.slice(1).map((row, i) => row.map((value, j) => value + (naive[i]?.[j] ?? NaN)));
        // Of neighbours that cancel each other out nothing is left but rounding; a model's never do.
        fc.pre(sums.every((sum, i) => Math.hypot(...sum) >= 0.05 * Math.max(Math.hypot(...(naive[i] ?? [])), Math.hypot(...(naive[i + 1] ?? [])))));
        expect(found.greatest).toBeCloseTo(Math.max(...[...naive, ...sums].map((row) => cosine(vector, row))), 4);
        expect(found.greatest).toBeLessThanOrEqual(1.0001);
      }),
      { numRuns: 500 },
    );
  });

  test('is never less than the cosine of any sentence', () => {
    fc.assert(
      fc.property(arbitraryCase, ({ vector, rows }) => {
        const { greatest, cosines } = nearness(vector, sentences(...rows.map(([values, scale]) => values.map((value) => value * scale))));
        for (const one of cosines) expect(greatest).toBeGreaterThanOrEqual(one);
      }),
      { numRuns: 500 },
    );
  });

  test('of a passage of one sentence is that sentence’s', () => {
    const { greatest, cosines } = nearness(Float32Array.of(0.6, 0.8), sentences([3, 4]));
    expect(greatest).toBeCloseTo(1, 4);
    expect([...cosines]).toEqual([greatest]);
  });

  test('takes in an answer that two sentences give together, by their lengths', () => {
    const question = Float32Array.of(Math.SQRT1_2, Math.SQRT1_2);
    const together = nearness(question, sentences([2, 0], [0, 2]));
    expect(together.greatest).toBeCloseTo(1, 4);
    expect([...together.cosines].map((value) => value.toFixed(3))).toEqual(['0.707', '0.707']);
    // A long one outweighs a short one: (20, 2) is at (20 + 2) / √2 / √404.
    expect(nearness(question, sentences([20, 0], [0, 2])).greatest).toBeCloseTo(22 / Math.SQRT2 / Math.sqrt(404), 4);
    // Only neighbours are taken together.
    expect(nearness(question, sentences([2, 0], [-1, -1], [0, 2])).greatest).toBeCloseTo(Math.SQRT1_2, 4);
  });

  test('of sentences without tokens is 0, and they do not come between', () => {
    expect(nearness(Float32Array.of(1, 0), sentences([0, 0]))).toEqual({ greatest: 0, cosines: Float64Array.of(0) });
    const { greatest, cosines } = nearness(Float32Array.of(1, 0), sentences([0, 0], [-1, 0], [0, 0]));
    expect([...cosines].map((value) => value.toFixed(6))).toEqual(['0.000000', '-1.000000', '0.000000']);
    expect(greatest).toBe(0);
  });
});
