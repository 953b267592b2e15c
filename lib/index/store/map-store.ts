import type Database from 'better-sqlite3';
import type { MapPoint } from './map-writer';

/** The tables of the map in passages.sqlite. */
export const MAP_SCHEMA = `
-- Where each passage lies on the map: 0 to 1, y downwards.
CREATE TABLE map_points (row INTEGER PRIMARY KEY, x REAL NOT NULL, y REAL NOT NULL, region INTEGER NOT NULL);
CREATE TABLE map_regions (
  id       INTEGER PRIMARY KEY,
  x        REAL NOT NULL,              -- where it is densest: its name stands there
  y        REAL NOT NULL,
  words    TEXT NOT NULL,              -- JSON array of strings, the most telling first
  passages INTEGER NOT NULL
);
`;

/** A region of the map, with the words that tell it from the others. */
export interface MapRegion {
  id: number;
  /** Where its name stands best, 0 to 1, y downwards. */
  x: number;
  y: number;
  /** The most telling first; none where its passages have no words. */
  words: string[];
  passages: number;
}

/** Reads the map of one generation. */
export class MapStore {
  private prepared: ReturnType<typeof prepare> | null = null;

  constructor(private readonly db: Database.Database) {}

  /** Points of `limit` passages, always the same ones: [row, x, y, region]. */
  points(limit: number): [number, number, number, number][] {
    const { count, all, sample } = this.statements();
    return (count.get() ?? 0) <= limit ? all.all() : sample.all(limit);
  }

  regions(): MapRegion[] {
    return this.statements().regions.all().map(({ words, ...region }) => ({ ...region, words: JSON.parse(words) as string[] }));
  }

  point(row: number): MapPoint | null {
    return this.statements().point.get(row) ?? null;
  }

  /** Rows of a region's passages and of their articles, those nearest to its densest spot first. */
  rowsOfRegion(region: number): { row: number; article: number }[] {
    return this.statements().rowsOfRegion.all(region);
  }

  /** Prepared when the map is first asked for: most readers never do. */
  private statements(): ReturnType<typeof prepare> {
    return (this.prepared ??= prepare(this.db));
  }
}

function prepare(db: Database.Database) {
  return {
    count: db.prepare<[], number>('SELECT count(*) FROM map_points').pluck(),
    all: db.prepare<[], [number, number, number, number]>('SELECT row, x, y, region FROM map_points ORDER BY row').raw(),
    // The least embedding keys, which are hashes: see PassageStore.sampleRows.
    sample: db
      .prepare<[number], [number, number, number, number]>('SELECT m.row, m.x, m.y, m.region FROM (SELECT row FROM passage_details ORDER BY embedding, row LIMIT ?) d CROSS JOIN map_points m ON m.row = d.row')
      .raw(),
    regions: db.prepare<[], Omit<MapRegion, 'words'> & { words: string }>('SELECT id, x, y, words, passages FROM map_regions ORDER BY id'),
    point: db.prepare<[number], MapPoint>('SELECT row, x, y, region FROM map_points WHERE row = ?'),
    rowsOfRegion: db.prepare<[number], { row: number; article: number }>(
      `SELECT m.row, p.article FROM map_points m JOIN map_regions r ON r.id = m.region JOIN passages p ON p.row = m.row
       WHERE m.region = ? ORDER BY (m.x - r.x) * (m.x - r.x) + (m.y - r.y) * (m.y - r.y), m.row`,
    ),
  };
}
