/**
 * Makes one vector of a text's token vectors.
 * @param states shape [tokens, dimensions], row by row; no token is padding
 * @returns shape [dimensions], L2-normalised
 */
export function pool(states: Float32Array, dimensions: number, pooling: 'mean' | 'cls'): Float32Array {
  // The first token is the one that BERT was given to sum a text up in.
  if (pooling === 'cls') return normalise(states.slice(0, dimensions));
  return normalise(sumOfTokens(states, dimensions, 0, states.length / dimensions));
}

/** The sum of tokens `start` to `end`: once normalised the same as their mean. */
export function sumOfTokens(states: Float32Array, dimensions: number, start: number, end: number): Float32Array {
  const sum = new Float32Array(dimensions);
  for (let token = start; token < end; token++) {
    const offset = token * dimensions;
    for (let i = 0; i < dimensions; i++) sum[i] = (sum[i] as number) + (states[offset + i] as number);
  }
  return sum;
}

/** @returns the vector at length 1 */
export function normalise(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const length = Math.sqrt(squares);
  return vector.map((value) => value / length);
}
