import { innerProduct } from '../store/inner-product';

/** Vectors that the axes are found from, and rounds of the iteration: a start, which the layout then improves on. */
const LOOKED_AT = 1000;
const ROUNDS = 30;

/**
 * Places along the two principal axes, found by subspace iteration over an evenly spread thousand.
 * @param vectors shape [points, dimensions]
 * @returns shape [points, 2], around 0; all 0 along an axis where the vectors do not differ
 */
export function principalPlaces(vectors: Float32Array, points: number, random: () => number): Float32Array {
  const dimensions = points === 0 ? 0 : vectors.length / points;
  const vector = (point: number) => vectors.subarray(point * dimensions, (point + 1) * dimensions);
  const step = Math.max(1, points / LOOKED_AT);
  const looked = Array.from({ length: Math.min(points, LOOKED_AT) }, (_, i) => vector(Math.floor(i * step)));
  const mean = new Float64Array(dimensions);
  for (const one of looked) one.forEach((value, d) => { mean[d] = (mean[d] as number) + value / looked.length; });
  let axes: Float64Array[] = [0, 1].map(() => Float64Array.from(mean, () => random() - 0.5));
  for (let round = 0; round < ROUNDS; round++) {
    axes = orthonormal(axes.map((axis) => {
      const next = new Float64Array(dimensions);
      const offset = innerProduct(axis, mean);
      let sum = 0;
      for (const one of looked) {
        const along = innerProduct(axis, one) - offset;
        sum += along;
        for (let d = 0; d < dimensions; d++) next[d] = (next[d] as number) + along * (one[d] as number);
      }
      return next.map((value, d) => value - sum * (mean[d] as number));
    }));
  }
  const offsets = axes.map((axis) => innerProduct(axis, mean));
  const places = new Float32Array(2 * points);
  for (let point = 0; point < points; point++) axes.forEach((axis, i) => { places[2 * point + i] = innerProduct(axis, vector(point)) - (offsets[i] as number); });
  return places;
}

/** Gram–Schmidt; what vanishes becomes 0. */
function orthonormal([first = new Float64Array(), second = new Float64Array()]: Float64Array[]): Float64Array[] {
  const a = unit(first);
  const along = innerProduct(a, second);
  return [a, unit(second.map((value, d) => value - along * (a[d] as number)))];
}

function unit(axis: Float64Array): Float64Array {
  const length = Math.sqrt(innerProduct(axis, axis));
  return axis.map((value) => (length < 1e-12 ? 0 : value / length));
}
