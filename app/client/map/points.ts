import type { MapRegion } from '../../../lib/index';
import type { MapPoints } from '../../map/points';
import { contours } from './contours';
import { Land } from './land';
import type { Mark } from './marks';
import { PointGrid } from './nearest';

/** Everything that can be pointed at: the points of the map, and those of the list that are not among them. */
export interface Landscape {
  generation: string;
  regions: MapRegion[];
  rows: Uint32Array;
  /** Shape [points, 2]. */
  places: Float32Array;
  pointRegions: Uint16Array;
  grid: PointGrid;
  land: Land;
  /** The point of each passage of the list, in its order. */
  marks: { point: number; rank: number | null }[];
}

export function landscapeOf(map: MapPoints, marks: readonly Mark[]): Landscape {
  const pointOf = new Map(Array.from(map.rows, (row, point) => [row, point]));
  const others = marks.filter(({ row }) => !pointOf.has(row));
  for (const [i, { row }] of others.entries()) pointOf.set(row, map.rows.length + i);
  const rows = Uint32Array.from([...map.rows, ...others.map(({ row }) => row)]);
  const places = Float32Array.from([...map.places, ...others.flatMap(({ x, y }) => [x, y])]);
  const pointRegions = Uint16Array.from([...map.pointRegions, ...others.map(({ region }) => region)]);
  return {
    generation: map.generation,
    regions: map.regions,
    rows,
    places,
    pointRegions,
    grid: new PointGrid(places),
    land: new Land(contours(map.places)),
    marks: marks.map(({ row, rank }) => ({ point: pointOf.get(row) ?? 0, rank })),
  };
}

export function placeOfPoint({ places }: Landscape, point: number): [number, number] {
  return [places[2 * point] ?? 0, places[2 * point + 1] ?? 0];
}
