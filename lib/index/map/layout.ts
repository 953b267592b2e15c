import type { Pace } from './pace';
import type { Edges } from './weights';

/** Points pushed away for each that is drawn near (McInnes et al. 2018, 5.1: 5). */
const PUSHED = 5;
/** No step of one pair is longer, along either axis. */
const LONGEST = 4;
/** The start is so wide: as in the reference implementation. */
const START = 10;
/** Of the start, so that equal points come apart. */
const JITTER = 1e-3;

/** Rounds over all edges: large maps have more pairs in each, and need fewer. */
export function roundsFor(points: number): number {
  if (points <= 2_500) return 400;
  return points <= 12_000 ? 200 : 100;
}

/**
 * Moves points until neighbours lie together: the layout of UMAP (McInnes, Healy & Melville 2018, section 3.2
 * and algorithm 5) by stochastic gradient descent with negative sampling. Two points at distance d are
 * neighbours with probability `1 / (1 + d²)`, UMAP's curve with a = b = 1, which needs no powers.
 *
 * @param start shape [points, 2]
 * @returns shape [points, 2]
 */
export async function layOut(start: Float32Array, edges: Edges, rounds: number, random: () => number, pace: Pace): Promise<Float32Array> {
  const places = spread(start, random);
  const points = places.length / 2;
  if (points < 2 || edges.weights.length === 0) return places;
  const { heads, tails, weights } = edges;
  const most = weights.reduce((a, b) => Math.max(a, b), 0);
  // An edge takes part every `period` rounds; those that would not do so once are nobody's neighbours.
  const periods = Float32Array.from(weights, (weight) => (weight * rounds < most ? Infinity : most / weight));
  const due = periods.slice();
  for (let round = 1; round <= rounds; round++) {
    const rate = 1 - (round - 1) / rounds;
    for (let edge = 0; edge < heads.length; edge++) {
      if ((due[edge] as number) > round) continue;
      due[edge] = (due[edge] as number) + (periods[edge] as number);
      const head = 2 * (heads[edge] as number);
      const tail = 2 * (tails[edge] as number);
      let x = places[head] as number;
      let y = places[head + 1] as number;
      let dx = x - (places[tail] as number);
      let dy = y - (places[tail + 1] as number);
      const pull = -2 / (1 + dx * dx + dy * dy);
      dx = rate * clip(pull * dx);
      dy = rate * clip(pull * dy);
      x += dx;
      y += dy;
      places[tail] = (places[tail] as number) - dx;
      places[tail + 1] = (places[tail + 1] as number) - dy;
      for (let i = 0; i < PUSHED; i++) {
        const other = 2 * Math.floor(random() * points);
        if (other === head) continue;
        dx = x - (places[other] as number);
        dy = y - (places[other + 1] as number);
        const square = dx * dx + dy * dy;
        const push = 2 / ((0.001 + square) * (1 + square));
        x += rate * clip(push * dx);
        y += rate * clip(push * dy);
      }
      places[head] = x;
      places[head + 1] = y;
    }
    pace.add(points);
    if (pace.isDue()) await pace.rest();
  }
  return places;
}

function clip(step: number): number {
  return step > LONGEST ? LONGEST : step < -LONGEST ? -LONGEST : step;
}

function spread(start: Float32Array, random: () => number): Float32Array {
  const widest = start.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  // Places that are all the same say nothing: then chance has to part them.
  const [scale, jitter] = widest < 1e-6 ? [0, 1] : [START / widest, START * JITTER];
  return start.map((value) => value * scale + jitter * (2 * random() - 1));
}
