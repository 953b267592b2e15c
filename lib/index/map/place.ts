import { inside } from './frame';

/** Placed neighbours that a passage's place is made of. */
const NEAREST = 5;
/** Added to a distance (1 − cosine) before it divides: a copy must not outweigh everything. */
const SOFT = 0.02;
/** Farthest a passage is put off that place, so that none covers another. */
const OFFSET = 0.004;
/** 2^32 over the golden ratio: rows one after the other give numbers that lie far apart (Knuth, TAOCP 6.4). */
const GOLDEN = 0x9e3779b1;

export interface PlacedNeighbour {
  /** 1 − cosine. */
  distance: number;
  x: number;
  y: number;
  region: number;
}

/**
 * The place of a passage that was not laid out: the mean of its nearest on the map, the near ones counting
 * more, and a little off by its row.
 * @param nearest nearest first; with none it lies in the middle
 */
export function placeAmong(row: number, nearest: readonly PlacedNeighbour[]): { x: number; y: number; region: number } {
  let [sum, x, y] = [0, 0, 0];
  const votes = new Map<number, number>();
  for (const neighbour of nearest.slice(0, NEAREST)) {
    const weight = 1 / (neighbour.distance + SOFT) ** 2;
    sum += weight;
    x += weight * neighbour.x;
    y += weight * neighbour.y;
    votes.set(neighbour.region, (votes.get(neighbour.region) ?? 0) + weight);
  }
  const [region] = [...votes].sort(([a, one], [b, other]) => other - one || a - b)[0] ?? [0];
  const angle = (Math.imul(row + 1, GOLDEN) >>> 0) / 2 ** 32;
  const radius = OFFSET * Math.sqrt((Math.imul(row + 1, 0x85ebca6b) >>> 0) / 2 ** 32);
  return {
    x: inside((sum === 0 ? 0.5 : x / sum) + radius * Math.cos(2 * Math.PI * angle)),
    y: inside((sum === 0 ? 0.5 : y / sum) + radius * Math.sin(2 * Math.PI * angle)),
    region,
  };
}
