import { randomNumbers } from '../random';
import type { MapPoint, MapWriter } from '../store/map-writer';
import { frame } from './frame';
import type { MapGraph } from './graph';
import { READ_FOR_LABELS, tellingWords } from './labels';
import { layOut, roundsFor } from './layout';
import { Finder, neighbourGraph, SEARCH_WORK } from './neighbours';
import { Pace } from './pace';
import { placeAmong, type PlacedNeighbour } from './place';
import { principalPlaces } from './principal';
import { densest, part, regionsFor } from './regions';
import { fuzzyEdges } from './weights';

/** Raised when the same passages would be laid out otherwise: goes into the manifest. */
export const MAP_VERSION = 1;

const SEED = 1912;
/** Passages that are laid out; of a larger index a sample, among which the others are placed. It bounds memory: 384 floats each. */
const MOST_LAID_OUT = 100_000;
/** Vectors of the others read at once. */
const BLOCK = 1000;
/** What labels cost, in rounds of one point's layout: a passage's words are read in some 60 µs. */
const LABEL_WORK = 100;

export interface MapOptions {
  /** Told of the share done now and then; what it throws ends the work. */
  onShare: (share: number) => void;
  mostLaidOut?: number;
}

/**
 * Lays out all passages anew. Equal passages in equal order give an equal map.
 * @throws what `onShare` throws
 */
export async function makeMap(writer: MapWriter, graph: MapGraph, { onShare, mostLaidOut = MOST_LAID_OUT }: MapOptions): Promise<void> {
  const all = writer.rows();
  const laid = all.length <= mostLaidOut ? all : writer.sample(mostLaidOut);
  const rounds = roundsFor(laid.length);
  const regionCount = regionsFor(laid.length);
  const labelWork = LABEL_WORK * Math.min(all.length, regionCount * READ_FOR_LABELS);
  const pace = new Pace(SEARCH_WORK * all.length + rounds * laid.length + labelWork, onShare);
  const random = randomNumbers(SEED);

  const pointOf = new Int32Array(graph.count).fill(-1);
  laid.forEach((row, point) => { pointOf[row] = point; });
  const { links } = graph;
  const vectors = graph.vectors(laid);
  const neighbours = await neighbourGraph(laid, pointOf, links, vectors, pace);
  const start = principalPlaces(vectors, laid.length, random);
  await pace.rest();
  const edges = fuzzyEdges(neighbours);
  await pace.rest();
  const places = await layOut(start, edges, rounds, random, pace);
  frame(places);
  await pace.rest();
  const regions = part(places, regionCount, random);

  const points = Array.from(laid, (row, i): MapPoint => ({ row, x: places[2 * i] as number, y: places[2 * i + 1] as number, region: regions[i] as number }));
  if (all.length > laid.length) {
    const finder = new Finder(pointOf, links, vectors, graph.dimensions);
    points.push(...(await placeOthers(all.filter((row) => (pointOf[row] as number) < 0), graph, finder, points, pace)));
  }
  writer.replace(points, spots(places, regions));
  await label(writer, new Set(regions), pace);
}

/** Names regions by what their passages say. */
export async function label(writer: MapWriter, regions: ReadonlySet<number>, pace: Pace): Promise<void> {
  const whole = { passages: writer.passageCount(), frequency: (terms: readonly string[]) => writer.frequency(terms) };
  for (const region of regions) {
    const rows = writer.rowsOf(region);
    const step = Math.max(1, rows.length / READ_FOR_LABELS);
    const read = Array.from({ length: Math.min(rows.length, READ_FOR_LABELS) }, (_, i) => writer.text(rows[Math.floor(i * step)] ?? 0));
    writer.relabel(region, tellingWords(read.filter((text) => text !== null), whole));
    pace.add(LABEL_WORK * read.length);
    await pace.rest();
  }
}

async function placeOthers(rows: Uint32Array, graph: MapGraph, finder: Finder, laid: readonly MapPoint[], pace: Pace): Promise<MapPoint[]> {
  const { dimensions } = graph;
  const points: MapPoint[] = [];
  for (let start = 0; start < rows.length; start += BLOCK) {
    const block = rows.subarray(start, start + BLOCK);
    const vectors = graph.vectors(block);
    for (const [i, row] of block.entries()) {
      const found = finder.find(row, vectors.subarray(i * dimensions, (i + 1) * dimensions));
      const nearest = Array.from(found.points, (point, at): PlacedNeighbour => ({ ...(laid[point] as MapPoint), distance: found.distances[at] as number }));
      points.push({ row, ...placeAmong(row, nearest) });
    }
    pace.add(SEARCH_WORK * block.length);
    if (pace.isDue()) await pace.rest();
  }
  return points;
}

/** Each region with the place of its name, still without one. */
function spots(places: Float32Array, regions: Uint16Array): { id: number; x: number; y: number; words: string[] }[] {
  const count = regions.reduce((most, region) => Math.max(most, region + 1), 0);
  return Array.from({ length: count }, (_, id) => {
    const own = places.filter((_, i) => regions[i >> 1] === id);
    return { id, ...densest(own), words: [] };
  });
}
