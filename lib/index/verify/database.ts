import Database from 'better-sqlite3';
import type { Manifest } from '../generation/manifest';
import { counted, Findings, type Finding } from './findings';

/** Errors that SQLite lists before it stops looking. */
const LISTED = 5;

/** Opens passages.sqlite for looking only. While it is open nobody removes it. */
export function openDatabase(path: string): Database.Database {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    // The lock that every process sees comes with the first thing read.
    db.exec('BEGIN; SELECT count(*) FROM sqlite_master');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Whether SQLite finds its own structures whole, those of full-text search included, and holds as much as it
 * should.
 * @returns with the rows of all passages, ascending
 */
export function checkDatabase(db: Database.Database, { counts }: Manifest): { finding: Finding; rows: Uint32Array } {
  const findings = new Findings();
  const said = db.pragma(`integrity_check(${LISTED})`) as { integrity_check: string }[];
  for (const { integrity_check: line } of said) {
    if (line !== 'ok') findings.fail(line.trim().replace(/\s*\n\s*/g, ' '));
  }
  for (const { table, rowid } of db.pragma('foreign_key_check') as { table: string; rowid: number | null }[]) {
    findings.fail(`${table} refers to an article that is not there`, rowid === null ? undefined : `row ${rowid}`);
  }
  const articles = db.prepare<[], number>('SELECT count(*) FROM articles').pluck().get() ?? 0;
  const rows = Uint32Array.from(db.prepare<[], number>('SELECT row FROM passages ORDER BY row').pluck().iterate());
  if (articles !== counts.articles) findings.fail(`there are ${articles} articles instead of ${counts.articles}`);
  if (rows.length !== counts.passages) findings.fail(`there are ${rows.length} passages instead of ${counts.passages}`);
  return { finding: findings.outcome(`${counted(articles, 'article')}, ${counted(rows.length, 'passage')}`), rows };
}
