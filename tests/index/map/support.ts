import { join } from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { openMapGraph } from '../../../lib/index/map/graph';
import { makeMap, type MapOptions } from '../../../lib/index/map/make-map';
import { randomNumbers } from '../../../lib/index/random';
import { quantise } from '../../../lib/index/store/sentences';
import { PassageWriter } from '../../../lib/index/store/passage-writer';
import type { MapPoint } from '../../../lib/index/store/map-writer';
import { VectorIndex } from '../../../lib/index/store/vectors';
import { temporaryFolder } from '../support';

export const DIMENSIONS = 32;

/** Unit vectors around so many centres, those of one centre together. */
export function clustered(count: number, centres: number, spread = 0.25): Float32Array[] {
  const random = randomNumbers(7);
  const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const middles = Array.from({ length: centres }, () => unit(Float32Array.from({ length: DIMENSIONS }, gauss)));
  return Array.from({ length: count }, (_, i) => {
    const middle = middles[Math.floor((i * centres) / count)]!;
    return unit(middle.map((value) => value + spread * gauss()));
  });
}

export function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

export interface MadeMap {
  points: MapPoint[];
  regions: { id: number; x: number; y: number; words: string; passages: number }[];
}

/** A map of passages with made-up embeddings, an article each, through the real SQLite and HNSW. */
export async function mapOf(vectors: readonly Float32Array[], options: Partial<MapOptions> = {}, textOf = (i: number) => `Note number ${i} of many.`): Promise<MadeMap> {
  const folder = await temporaryFolder();
  const writer = PassageWriter.create(join(folder, 'passages.sqlite'));
  const index = VectorIndex.create(DIMENSIONS);
  onTestFinished(() => { index.close(); });
  for (const [i, vector] of vectors.entries()) {
    const text = textOf(i);
    const article = {
      id: `a${i}`, source: `a${i}.txt`, format: 'text', title: 'Note', author: null, published: null, updated: null, language: null, url: null, tags: [],
      paragraphs: [{ text, section: null, page: null }],
    };
    const { articleRow, written } = writer.add(article, [{ id: `a${i}.p1`, articleId: `a${i}`, ordinal: 1, start: 0, end: text.length, text, section: null, page: null }]);
    const key = Buffer.alloc(16);
    key.writeUInt32BE(Math.imul(i + 1, 0x9e3779b1) >>> 0);
    writer.addDetails(written[0]!.row, articleRow, 'Note', [{ start: 0, end: text.length, text }], key, { vector, sentences: quantise(vector, DIMENSIONS) });
    index.add(i, vector);
  }
  const map = writer.complete();
  const path = join(folder, 'vectors.hnsw');
  index.save(path);
  const graph = await openMapGraph(path, DIMENSIONS, vectors.length);
  try {
    await makeMap(map, graph, { onShare: () => undefined, ...options });
  } finally {
    graph.close();
    writer.finish();
  }
  const db = new Database(join(folder, 'passages.sqlite'), { readonly: true });
  const points = db.prepare<[], MapPoint>('SELECT row, x, y, region FROM map_points ORDER BY row').all();
  const regions = db.prepare<[], MadeMap['regions'][number]>('SELECT * FROM map_regions ORDER BY id').all();
  db.close();
  return { points, regions };
}

/** Share of the ten nearest by cosine that are among the thirty nearest on the map, mean over every `step`th. */
export function preservation(vectors: readonly Float32Array[], places: readonly { x: number; y: number }[], step = 1): number {
  let sum = 0;
  let asked = 0;
  for (let i = 0; i < vectors.length; i += step) {
    const near = nearest(vectors, i, 10, (other) => -vectors[i]!.reduce((product, value, d) => product + value * other[d]!, 0));
    const onMap = new Set(nearest(places, i, 30, ({ x, y }) => (x - places[i]!.x) ** 2 + (y - places[i]!.y) ** 2));
    sum += near.filter((other) => onMap.has(other)).length / near.length;
    asked++;
  }
  return sum / asked;
}

function nearest<T>(all: readonly T[], self: number, count: number, distance: (other: T) => number): number[] {
  const distances = all.map(distance);
  return [...all.keys()].filter((i) => i !== self).sort((a, b) => distances[a]! - distances[b]!).slice(0, count);
}
