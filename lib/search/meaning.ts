import { innerProduct, type MeasuredVectors } from '../index';

/** How near a passage is to a vector. */
export interface Nearness {
  /** Greatest cosine of a sentence, or of two neighbours taken together. */
  greatest: number;
  /** Cosine of each sentence. */
  cosines: Float64Array;
}

/**
 * Compares a vector with every sentence of a passage and every pair of neighbours. What a paragraph says in
 * one sentence drowns in the mean of five; some answers take two.
 *
 * @param vector shape [dimensions], L2-normalised
 */
export function nearness(vector: Float32Array, { values, scales, squares, crosses }: MeasuredVectors): Nearness {
  const dimensions = vector.length;
  const count = scales.length;
  const cosines = new Float64Array(count);
  let greatest = -1;
  let productBefore = 0;
  for (let sentence = 0; sentence < count; sentence++) {
    const square = squares[sentence] as number;
    const product = (scales[sentence] as number) * innerProduct(vector, values, sentence * dimensions);
    const cosine = square === 0 ? 0 : product / Math.sqrt(square);
    cosines[sentence] = cosine;
    greatest = Math.max(greatest, cosine);
    if (sentence > 0) {
      const both = (squares[sentence - 1] as number) + square + 2 * (crosses[sentence] as number);
      // Rounding must not let two that nearly cancel out exceed what a cosine can be.
      if (both > 0) greatest = Math.max(greatest, Math.min(1, (productBefore + product) / Math.sqrt(both)));
    }
    productBefore = product;
  }
  return { greatest, cosines };
}
