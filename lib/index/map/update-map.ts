import type { MapPoint, MapWriter } from '../store/map-writer';
import type { VectorIndex } from '../store/vectors';
import { label, MAP_VERSION } from './make-map';
import { NEIGHBOURS } from './neighbours';
import { Pace } from './pace';
import { placeAmong, type PlacedNeighbour } from './place';

/** Share of the passages that may come or go before everything is laid out anew. */
const MOST_CHANGED = 0.2;

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
 * @param index of all passages
 * @throws what `onShare` throws
 */
export async function updateMap(writer: MapWriter, index: VectorIndex, onShare: (share: number) => void): Promise<void> {
  const touched = new Set(writer.removeStale());
  const unplaced = writer.unplaced();
  if (unplaced.length > 0) {
    const pace = new Pace(unplaced.length, onShare);
    const points = new Map(writer.points().map((point) => [point.row, point]));
    for (const row of unplaced) {
      const point = { row, ...placeAmong(row, nearestOf(row, index, points)) };
      points.set(row, point);
      touched.add(point.region);
      writer.add([point]);
      pace.add(1);
      if (pace.isDue()) await pace.rest();
    }
  }
  if (touched.size === 0) return;
  writer.count();
  await label(writer, touched, new Pace(Infinity, onShare));
}

function nearestOf(row: number, index: VectorIndex, points: ReadonlyMap<number, MapPoint>): PlacedNeighbour[] {
  return index.search(index.vector(row), NEIGHBOURS).flatMap(({ row: other, similarity }) => {
    const point = points.get(other);
    return point === undefined ? [] : [{ ...point, distance: Math.max(0, 1 - similarity) }];
  });
}
