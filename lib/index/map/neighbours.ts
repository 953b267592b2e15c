import { innerProduct } from '../store/inner-product';
import type { Pace } from './pace';

/** Neighbours of a point on which the map is made: more keep the large shape, fewer the small one (McInnes et al. 2018, 5.1). */
export const NEIGHBOURS = 15;

/**
 * Links of the nearest so many are followed: of 59,734 passages 3, 5 and 8 find .81, .85 and .87 of the nearest ten in 3.6, 5.8
 * and 8.2 s, and the map keeps .386, .400 and .389 of them.
 */
const FOLLOWED = 3;

/** What finding the neighbours of a point costs, in rounds of its layout. */
export const SEARCH_WORK = 100;

/** Points with the nearest of each among them. */
export interface NeighbourGraph {
  /** Shape [points, NEIGHBOURS], nearest first; -1 where there are fewer. */
  indices: Int32Array;
  /** Shape [points, NEIGHBOURS]: 1 − cosine, not negative. */
  distances: Float32Array;
}

/** What the HNSW knows: who is linked with whom. */
export interface Links {
  /** Links of a row. */
  of(row: number): ArrayLike<number>;
}

/**
 * The nearest of each point among all points, out of the links that the HNSW has anyway: those of its row,
 * and those of the nearest of these. Rows without a point are passed through.
 *
 * @param rows of the points
 * @param pointOf the point of each row, -1 where it has none
 * @param vectors shape [points, dimensions], L2-normalised
 */
export async function neighbourGraph(rows: Uint32Array, pointOf: Int32Array, links: Links, vectors: Float32Array, pace: Pace): Promise<NeighbourGraph> {
  const dimensions = rows.length === 0 ? 0 : vectors.length / rows.length;
  const indices = new Int32Array(rows.length * NEIGHBOURS).fill(-1);
  const distances = new Float32Array(rows.length * NEIGHBOURS);
  const finder = new Finder(pointOf, links, vectors, dimensions);
  for (let point = 0; point < rows.length; point++) {
    const vector = vectors.subarray(point * dimensions, (point + 1) * dimensions);
    const found = finder.find(rows[point] as number, vector);
    indices.set(found.points, point * NEIGHBOURS);
    distances.set(found.distances, point * NEIGHBOURS);
    pace.add(SEARCH_WORK);
    if (pace.isDue()) await pace.rest();
  }
  return { indices, distances };
}

/** Finds the points near a row of the graph. */
export class Finder {
  /** The row for which each row was last looked at, plus 1. */
  private readonly seenFor: Uint32Array;
  private readonly best = new Nearest(NEIGHBOURS);

  constructor(
    private readonly pointOf: Int32Array,
    private readonly links: Links,
    /** Of the points, shape [points, dimensions]. */
    private readonly vectors: Float32Array,
    private readonly dimensions: number,
  ) {
    this.seenFor = new Uint32Array(pointOf.length);
  }

  /** @param vector the row's, shape [dimensions] */
  find(row: number, vector: Float32Array): { points: Int32Array; distances: Float32Array } {
    const { best, seenFor, links } = this;
    best.clear();
    seenFor[row] = row + 1;
    // Rows that have no point cannot be compared, but lead on to those that have.
    const through: number[] = [];
    this.look(row, links.of(row), vector, through);
    const followed = Array.from(best.rows.subarray(0, Math.min(best.size, FOLLOWED)));
    for (const next of [...followed, ...through.slice(0, FOLLOWED)]) this.look(row, links.of(next), vector, null);
    return { points: best.points.subarray(0, best.size), distances: best.distances.subarray(0, best.size) };
  }

  private look(row: number, linked: ArrayLike<number>, vector: Float32Array, through: number[] | null): void {
    const { seenFor, pointOf, vectors, dimensions, best } = this;
    for (let i = 0; i < linked.length; i++) {
      const other = linked[i] as number;
      if (seenFor[other] === row + 1) continue;
      seenFor[other] = row + 1;
      const point = pointOf[other] as number;
      if (point < 0) {
        through?.push(other);
        continue;
      }
      best.offer(Math.max(0, 1 - innerProduct(vector, vectors, point * dimensions)), other, point);
    }
  }
}

/** The nearest of what is offered, kept in order; of equals the one offered first. */
class Nearest {
  size = 0;
  readonly distances: Float32Array;
  readonly rows: Uint32Array;
  readonly points: Int32Array;

  constructor(private readonly most: number) {
    this.distances = new Float32Array(most);
    this.rows = new Uint32Array(most);
    this.points = new Int32Array(most);
  }

  clear(): void {
    this.size = 0;
  }

  offer(distance: number, row: number, point: number): void {
    const { distances, rows, points, most } = this;
    if (this.size === most && distance >= (distances[most - 1] as number)) return;
    let i = this.size < most ? this.size++ : most - 1;
    for (; i > 0 && (distances[i - 1] as number) > distance; i--) {
      distances[i] = distances[i - 1] as number;
      rows[i] = rows[i - 1] as number;
      points[i] = points[i - 1] as number;
    }
    distances[i] = distance;
    rows[i] = row;
    points[i] = point;
  }
}
