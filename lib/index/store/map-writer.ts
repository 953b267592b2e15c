import type Database from 'better-sqlite3';
import { phraseExpression } from './expressions';

/** Where a passage lies on the map. */
export interface MapPoint {
  row: number;
  x: number;
  y: number;
  region: number;
}

/** As it is stored. */
export interface StoredRegion {
  id: number;
  x: number;
  y: number;
  words: string[];
}

/** A passage as labels are made from it. */
export interface PlacedText {
  title: string;
  text: string;
}

/** Writes the map of passages.sqlite, once its passages are complete. */
export class MapWriter {
  private readonly statements;

  constructor(private readonly db: Database.Database) {
    this.statements = {
      rows: db.prepare<[], number>('SELECT row FROM passages ORDER BY row').pluck(),
      // Keys are hashes: the least of them are a sample drawn by chance, the same in whatever order passages came.
      sample: db.prepare<[number], number>('SELECT row FROM passage_details ORDER BY embedding, row LIMIT ?').pluck(),
      points: db.prepare<[], MapPoint>('SELECT row, x, y, region FROM map_points ORDER BY row'),
      unplaced: db.prepare<[], number>('SELECT row FROM passages WHERE row NOT IN (SELECT row FROM map_points) ORDER BY row').pluck(),
      stale: db.prepare<[], number>('DELETE FROM map_points WHERE row NOT IN (SELECT row FROM passages) RETURNING region').pluck(),
      put: db.prepare<[number, number, number, number]>('INSERT OR REPLACE INTO map_points VALUES (?, ?, ?, ?)'),
      putRegion: db.prepare<[number, number, number, string]>('INSERT OR REPLACE INTO map_regions VALUES (?, ?, ?, ?, 0)'),
      relabel: db.prepare<[string, number]>('UPDATE map_regions SET words = ? WHERE id = ?'),
      rowsOf: db.prepare<[number], number>('SELECT row FROM map_points WHERE region = ? ORDER BY row').pluck(),
      text: db.prepare<[number], PlacedText>('SELECT a.title, p.text FROM passages p JOIN articles a ON a.row = p.article WHERE p.row = ?'),
      passages: db.prepare<[], number>('SELECT count(*) FROM passages').pluck(),
      term: db.prepare<[string], number>('SELECT doc FROM lexical_terms WHERE term = ?').pluck(),
      phrase: db.prepare<[string], number>('SELECT count(*) FROM lexical WHERE lexical MATCH ?').pluck(),
    };
  }

  /** Of all passages, ascending. */
  rows(): Uint32Array {
    return Uint32Array.from(this.statements.rows.all());
  }

  /** Of so many passages that stand for all, ascending. */
  sample(count: number): Uint32Array {
    return Uint32Array.from(this.statements.sample.all(count)).sort();
  }

  points(): MapPoint[] {
    return this.statements.points.all();
  }

  /** Rows of passages that have no point, ascending. */
  unplaced(): number[] {
    return this.statements.unplaced.all();
  }

  /** Removes the points of passages that are gone. @returns the region of each */
  removeStale(): number[] {
    return this.statements.stale.all();
  }

  /** Puts another map in the place of the one there is. */
  replace(points: readonly MapPoint[], regions: readonly StoredRegion[]): void {
    this.db.transaction(() => {
      this.db.exec('DELETE FROM map_points; DELETE FROM map_regions');
      for (const { id, x, y, words } of regions) this.statements.putRegion.run(id, x, y, JSON.stringify(words));
      this.insert(points);
    })();
    this.count();
  }

  add(points: readonly MapPoint[]): void {
    this.db.transaction(() => { this.insert(points); })();
  }

  /** Counts the passages of each region anew, and removes those that have none any more. */
  count(): void {
    this.db.exec(`
      UPDATE map_regions SET passages = coalesce((SELECT n FROM (SELECT region, count(*) AS n FROM map_points GROUP BY region) WHERE region = id), 0);
      DELETE FROM map_regions WHERE passages = 0;`);
  }

  relabel(region: number, words: readonly string[]): void {
    this.statements.relabel.run(JSON.stringify(words), region);
  }

  /** Passages of a region, ascending. */
  rowsOf(region: number): number[] {
    return this.statements.rowsOf.all(region);
  }

  text(row: number): PlacedText | null {
    return this.statements.text.get(row) ?? null;
  }

  passageCount(): number {
    return this.statements.passages.get() ?? 0;
  }

  /** Passages that have these terms one after the other, in title or text. */
  frequency(terms: readonly string[]): number {
    const [first = ''] = terms;
    if (terms.length === 1) return this.statements.term.get(first) ?? 0;
    return this.statements.phrase.get(phraseExpression({ terms: [...terms], endsInPrefix: false })) ?? 0;
  }

  private insert(points: readonly MapPoint[]): void {
    for (const { row, x, y, region } of points) this.statements.put.run(row, x, y, region);
  }
}
