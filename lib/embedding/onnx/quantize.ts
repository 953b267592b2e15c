/** Weights of a linear layer, shape [rows, columns]; column j is worth `values[i, j] * scales[j]`. */
export interface QuantizedMatrix {
  values: Int8Array;
  scales: Float32Array;
}

/**
 * The largest magnitude of a quantised weight: 64, which takes one bit less than int8 offers.
 *
 * x86 processors without VNNI add two products of an unsigned 8-bit activation and a signed weight
 * in 16 bits, saturating: 2 · 255 · 127 overflows, 2 · 255 · 64 = 32,640 does not. With the lost bit
 * one file gives the same integers on every processor.
 */
export const LARGEST_WEIGHT = 64;

/**
 * Quantises a matrix symmetrically, one scale per column (output channel).
 * @param weights shape [rows, columns], row by row
 */
export function quantizeColumns(weights: Float32Array, columns: number, largest: number = LARGEST_WEIGHT): QuantizedMatrix {
  const scales = new Float32Array(columns);
  for (let i = 0; i < weights.length; i++) {
    const column = i % columns;
    scales[column] = Math.max(scales[column] as number, Math.abs(weights[i] as number));
  }
  for (let column = 0; column < columns; column++) {
    // A column of zeros may have any scale but zero.
    scales[column] = ((scales[column] as number) || 1) / largest;
  }
  const values = new Int8Array(weights.length);
  for (let i = 0; i < weights.length; i++) {
    values[i] = Math.round((weights[i] as number) / (scales[i % columns] as number));
  }
  return { values, scales };
}
