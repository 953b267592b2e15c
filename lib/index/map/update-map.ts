import type { MapPoint, MapWriter } from '../store/map-writer';
import type { Neighbour } from '../store/vectors';
import { label, MAP_VERSION } from './make-map';
import { NEIGHBOURS } from './neighbours';
import { Pace } from './pace';
import { placeAmong, type PlacedNeighbour } from './place';

/** Share of the passages that may come or go before everything is laid out anew. */
const MOST_CHANGED = 0.2;
/** Rows whose neighbours are asked for at once: a tenth of a second. */
const BLOCK = 64;

/** What the manifest says of the map. */
export interface MapStamp {
  version: number;
  /** `rows` and passages of the index when it was laid out. */
  rows: number;
  passages: number;
}

/** Whether an index has changed so much since it was laid out, or is laid out so differently now, that it is to be laid out anew. */
export function isOutdated(stamp: MapStamp, rows: number, passages: number): boolean {
  const added = rows - stamp.rows;
  const removed = added + stamp.passages - passages;
  return stamp.version !== MAP_VERSION || Math.max(added, removed) > MOST_CHANGED * stamp.passages;
}

/**
 * Brings the map of an index up to date that has changed a little: what was there keeps its place, what is
 * new is placed by its neighbours, regions that gained or lost passages are named anew.
 * @param nearest the `k` nearest of the passage at each row, best first
 * @throws what `onShare` throws
 */
export async function updateMap(writer: MapWriter, nearest: (rows: Uint32Array, k: number) => Promise<Neighbour[][]>, onShare: (share: number) => void): Promise<void> {
  const touched = new Set(writer.removeStale());
  const unplaced = writer.unplaced();
  if (unplaced.length > 0) {
    const pace = new Pace(unplaced.length, onShare);
    const points = new Map(writer.points().map((point) => [point.row, point]));
    for (let start = 0; start < unplaced.length; start += BLOCK) {
      const rows = Uint32Array.from(unplaced.slice(start, start + BLOCK));
      const neighbours = await nearest(rows, NEIGHBOURS);
      for (const [i, row] of rows.entries()) {
        const point = { row, ...placeAmong(row, placed(neighbours[i] ?? [], points)) };
        points.set(row, point);
        touched.add(point.region);
        writer.add([point]);
      }
      pace.add(rows.length);
      if (pace.isDue()) await pace.rest();
    }
  }
  if (touched.size === 0) return;
  writer.count();
  await label(writer, touched, new Pace(Infinity, onShare));
}

function placed(neighbours: readonly Neighbour[], points: ReadonlyMap<number, MapPoint>): PlacedNeighbour[] {
  return neighbours.flatMap(({ row, similarity }) => {
    const point = points.get(row);
    return point === undefined ? [] : [{ ...point, distance: Math.max(0, 1 - similarity) }];
  });
}
