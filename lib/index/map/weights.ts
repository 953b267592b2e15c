import { NEIGHBOURS, type NeighbourGraph } from './neighbours';

/** Who is drawn to whom, and how much: both directions of each pair. */
export interface Edges {
  heads: Uint32Array;
  tails: Uint32Array;
  /** Above 0, at most 1. */
  weights: Float32Array;
}

/** Halvings of the interval in which a scale is sought. */
const HALVINGS = 32;

/**
 * The fuzzy graph of UMAP (McInnes, Healy & Melville 2018, algorithms 2 and 3): a neighbour at distance d
 * counts `exp(−(d − ρ) / σ)`, ρ being the distance of the nearest, and σ such that all of a point's count
 * log2 of their number together; a pair counts `a + b − a·b` of what its two sides give.
 */
export function fuzzyEdges({ indices, distances }: NeighbourGraph): Edges {
  const points = indices.length / NEIGHBOURS;
  const strengths = new Float32Array(indices.length);
  for (let point = 0; point < points; point++) weigh(indices, distances, strengths, point * NEIGHBOURS);
  const most = 2 * indices.length;
  const [heads, tails, weights] = [new Uint32Array(most), new Uint32Array(most), new Float32Array(most)];
  let edges = 0;
  for (let point = 0; point < points; point++) {
    for (let i = point * NEIGHBOURS; i < (point + 1) * NEIGHBOURS; i++) {
      const other = indices[i] as number;
      if (other < 0) break;
      const back = slotOf(indices, other, point);
      // Where both name each other the pair comes up twice: it is taken the first time.
      if (back >= 0 && other < point) continue;
      const [a, b] = [strengths[i] as number, back < 0 ? 0 : (strengths[back] as number)];
      heads.set([point, other], edges);
      tails.set([other, point], edges);
      weights.fill(a + b - a * b, edges, edges + 2);
      edges += 2;
    }
  }
  return { heads: heads.subarray(0, edges), tails: tails.subarray(0, edges), weights: weights.subarray(0, edges) };
}

function weigh(indices: Int32Array, distances: Float32Array, strengths: Float32Array, start: number): void {
  let count = 0;
  while (count < NEIGHBOURS && (indices[start + count] as number) >= 0) count++;
  if (count === 0) return;
  const nearest = distances[start] as number;
  const target = Math.log2(count + 1);
  let [low, high, scale] = [0, Infinity, 1];
  for (let halving = 0; halving < HALVINGS; halving++) {
    let sum = 0;
    for (let i = start; i < start + count; i++) sum += Math.exp(-((distances[i] as number) - nearest) / scale);
    if (sum > target) high = scale;
    else low = scale;
    scale = high === Infinity ? scale * 2 : (low + high) / 2;
  }
  // Where all are equally far any scale gives 1: it must only not be 0.
  const least = Math.max(scale, 1e-3 * (distances[start + count - 1] as number), 1e-12);
  for (let i = start; i < start + count; i++) strengths[i] = Math.max(Math.exp(-((distances[i] as number) - nearest) / least), 1e-6);
}

function slotOf(indices: Int32Array, point: number, neighbour: number): number {
  for (let i = point * NEIGHBOURS; i < (point + 1) * NEIGHBOURS; i++) if (indices[i] === neighbour) return i;
  return -1;
}
