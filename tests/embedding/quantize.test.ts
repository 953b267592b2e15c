import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LARGEST_WEIGHT, quantizeColumns } from '../../lib/embedding/onnx/quantize';

const matrix = fc.integer({ min: 1, max: 8 }).chain((columns) =>
  fc
    .array(fc.array(fc.integer({ min: -4000, max: 4000 }).map((thousandths) => thousandths / 1000), { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 12 })
    .map((rows) => ({ columns, weights: Float32Array.from(rows.flat()) })),
);

describe('quantizeColumns', () => {
  it('is never off by more than half a step, and stays within seven bits', () => {
    fc.assert(
      fc.property(matrix, ({ weights, columns }) => {
        const { values, scales } = quantizeColumns(weights, columns);
        weights.forEach((weight, i) => {
          const scale = scales[i % columns]!;
          expect(Math.abs(values[i]!)).toBeLessThanOrEqual(LARGEST_WEIGHT);
          expect(Math.abs(values[i]! * scale - weight)).toBeLessThanOrEqual(scale * 0.5001);
        });
      }),
    );
  });

  it('gives each column its own scale, and its largest weight the largest value', () => {
    const { values, scales } = quantizeColumns(Float32Array.of(1, -100, -0.5, 50), 2);
    expect([...values]).toEqual([64, -64, -32, 32]);
    expect([...scales]).toEqual([1 / 64, Math.fround(100 / 64)]);
  });

  it('keeps a column of zeros at zero', () => {
    const { values, scales } = quantizeColumns(new Float32Array(3), 1);
    expect([...values]).toEqual([0, 0, 0]);
    expect(scales[0]).toBeGreaterThan(0);
  });

  it('lets no sum of two products overflow 16 bits', () => {
    expect(2 * 255 * LARGEST_WEIGHT).toBeLessThanOrEqual(32767);
  });
});
