import type { Generation } from '../generation/generation';
import type { MapRegion } from '../store/map-store';
import type { MapPoint } from '../store/map-writer';
import type { StoredPassage } from '../store/passage-store';

/** The passages of an index as a landscape. */
export interface PassageMap {
  generation: string;
  /** Passages in the index; the points may be a sample of them. */
  passages: number;
  /** Row, place (0 to 1, y downwards) and region of each passage shown; the same sample each time. */
  points: {
    rows: Uint32Array;
    /** Shape [rows, 2]. */
    places: Float32Array;
    /** Id of the region of each. */
    regions: Uint16Array;
  };
  regions: MapRegion[];
}

/** @param limit points at most: of a larger index a sample drawn by chance, the same for the same passages */
export function readMap(generation: Pick<Generation, 'id' | 'manifest' | 'store'>, limit: number): PassageMap {
  const { map } = generation.store;
  const found = map.points(limit);
  const points = { rows: new Uint32Array(found.length), places: new Float32Array(2 * found.length), regions: new Uint16Array(found.length) };
  for (const [i, [row, x, y, region]] of found.entries()) {
    points.rows[i] = row;
    points.places[2 * i] = x;
    points.places[2 * i + 1] = y;
    points.regions[i] = region;
  }
  return { generation: generation.id, passages: generation.manifest.counts.passages, points, regions: map.regions() };
}

/** Where passages lie, in the order asked for; rows without a passage are left out. */
export function placesOf({ store }: Pick<Generation, 'store'>, rows: readonly number[]): MapPoint[] {
  return rows.flatMap((row) => store.map.point(row) ?? []);
}

/** Passages of a region, the most central first: one per article while there are others, then the rest. */
export function passagesOfRegion({ store }: Pick<Generation, 'store'>, regionId: number, limit: number): StoredPassage[] {
  const first: number[] = [];
  const others: number[] = [];
  const articles = new Set<number>();
  for (const { row, article } of store.map.rowsOfRegion(regionId)) {
    if (first.length === limit) break;
    (articles.has(article) ? others : first).push(row);
    articles.add(article);
  }
  return [...first, ...others].slice(0, limit).flatMap((row) => store.passage(row) ?? []);
}
