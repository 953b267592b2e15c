import { createHash } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { isDamagedDatabase, storageError } from './storage-errors';

const SCHEMA = `
CREATE TABLE IF NOT EXISTS models (id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS embeddings (
  model  INTEGER NOT NULL REFERENCES models (id),
  text   BLOB NOT NULL,     -- first 16 bytes of the SHA-256 of the embedded text
  vector BLOB NOT NULL,     -- float32, little-endian
  PRIMARY KEY (model, text)
) WITHOUT ROWID;`;

interface Connection {
  db: Database.Database;
  select: (text: Buffer) => Buffer | undefined;
  insert: (text: Buffer, vector: Buffer) => void;
}

/**
 * Every embedding ever made for an index, by model and text: what makes a rebuild cheap and an
 * interrupted run resumable. It outlives generations; losing it costs time, never answers, so a
 * damaged one is put aside and a new one begun.
 */
export class EmbeddingCache {
  /** Where a damaged cache was put, or null. */
  putAside: string | null = null;
  private connection: Connection;

  /**
   * @param modelHash equal hash, equal embeddings
   * @throws PilcrowError `index-unwritable`
   */
  constructor(
    private readonly path: string,
    private readonly modelHash: string,
  ) {
    try {
      this.connection = connect(path, modelHash);
    } catch (error) {
      this.connection = this.replaceIfDamaged(error);
    }
  }

  /** @returns the embedding, or null when this text has not been embedded by this model */
  get(text: string): Float32Array | null {
    const stored = this.try(({ select }) => select(keyOf(text)));
    if (stored === undefined || stored.byteLength % 4 !== 0) return null;
    const vector = new Float32Array(stored.buffer.slice(stored.byteOffset, stored.byteOffset + stored.byteLength));
    // SQLite keeps no checksums: a rotten vector shows by its length, and counts as missing.
    return isUnit(vector) ? vector : null;
  }

  /** Commits all at once. */
  put(entries: readonly { text: string; vector: Float32Array }[]): void {
    this.try(({ db, insert }) => {
      db.transaction(() => {
        for (const { text, vector } of entries) insert(keyOf(text), Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength));
      })();
    });
  }

  close(): void {
    this.connection.db.close();
  }

  private try<T>(work: (connection: Connection) => T): T {
    try {
      return work(this.connection);
    } catch (error) {
      this.connection = this.replaceIfDamaged(error);
      return work(this.connection);
    }
  }

  private replaceIfDamaged(error: unknown): Connection {
    if (!isDamagedDatabase(error)) throw storageError(error, this.path);
    (this.connection as Connection | undefined)?.db.close();
    this.putAside = `${this.path}.damaged-${Date.now()}`;
    renameSync(this.path, this.putAside);
    for (const suffix of ['-wal', '-shm']) rmSync(this.path + suffix, { force: true });
    return connect(this.path, this.modelHash);
  }
}

function isUnit(vector: Float32Array): boolean {
  const squares = vector.reduce((sum, value) => sum + value * value, 0);
  return Math.abs(squares - 1) < 1e-3;
}

function connect(path: string, modelHash: string): Connection {
  const db = new Database(path, { timeout: 30_000 });
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.exec(SCHEMA);
    db.prepare('INSERT OR IGNORE INTO models (hash) VALUES (?)').run(modelHash);
    const model = db.prepare<[string], number>('SELECT id FROM models WHERE hash = ?').pluck().get(modelHash) ?? 0;
    const select = db.prepare<[number, Buffer], Buffer>('SELECT vector FROM embeddings WHERE model = ? AND text = ?').pluck();
    const insert = db.prepare<[number, Buffer, Buffer]>('INSERT OR REPLACE INTO embeddings VALUES (?, ?, ?)');
    return { db, select: (text) => select.get(model, text), insert: (text, vector) => void insert.run(model, text, vector) };
  } catch (error) {
    db.close();
    throw error;
  }
}

function keyOf(text: string): Buffer {
  return createHash('sha256').update(text).digest().subarray(0, 16);
}
