/**
 * Makes one vector of a text's token vectors.
 * @param states shape [tokens, dimensions], row by row; no token is padding
 * @returns shape [dimensions], not normalised
 */
export function pool(states: Float32Array, dimensions: number, pooling: 'mean' | 'cls'): Float32Array {
  // The first token is the one that BERT was given to sum a text up in.
  if (pooling === 'cls') return states.slice(0, dimensions);
  const mean = new Float32Array(dimensions);
  for (let i = 0; i < states.length; i++) {
    const column = i % dimensions;
    mean[column] = (mean[column] as number) + (states[i] as number);
  }
  const tokens = states.length / dimensions;
  return mean.map((sum) => sum / tokens);
}

/** @returns the vector at length 1 */
export function normalise(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const length = Math.sqrt(squares);
  return vector.map((value) => value / length);
}
