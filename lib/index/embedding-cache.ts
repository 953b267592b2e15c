import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { PilcrowError } from '../errors';

const SCHEMA = `
CREATE TABLE IF NOT EXISTS models (id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS embeddings (
  model  INTEGER NOT NULL REFERENCES models (id),
  text   BLOB NOT NULL,     -- first 16 bytes of the SHA-256 of the embedded text
  vector BLOB NOT NULL,     -- float32, little-endian
  PRIMARY KEY (model, text)
) WITHOUT ROWID;`;

/**
 * Every embedding ever made for an index, by model and text: what makes a rebuild cheap and an
 * interrupted run resumable. It outlives generations; losing it costs time, never answers.
 */
export class EmbeddingCache {
  private readonly db: Database.Database;
  private readonly model: number;
  private readonly select;
  private readonly insert;

  /**
   * @param modelHash equal hash, equal embeddings
   * @throws PilcrowError `index-unwritable`
   */
  constructor(path: string, modelHash: string) {
    try {
      this.db = new Database(path, { timeout: 30_000 });
      this.db.pragma('journal_mode = WAL');
      this.db.pragma('synchronous = NORMAL');
      this.db.exec(SCHEMA);
    } catch (cause) {
      throw new PilcrowError('index-unwritable', `the embedding cache ${path} cannot be opened`, 'if it is damaged, remove it: only time is lost', { cause });
    }
    this.db.prepare('INSERT OR IGNORE INTO models (hash) VALUES (?)').run(modelHash);
    this.model = this.db.prepare<[string], number>('SELECT id FROM models WHERE hash = ?').pluck().get(modelHash) ?? 0;
    this.select = this.db.prepare<[number, Buffer], Buffer>('SELECT vector FROM embeddings WHERE model = ? AND text = ?').pluck();
    this.insert = this.db.prepare<[number, Buffer, Buffer]>('INSERT OR REPLACE INTO embeddings VALUES (?, ?, ?)');
  }

  /** @returns the embedding, or null when this text has not been embedded by this model */
  get(text: string): Float32Array | null {
    const stored = this.select.get(this.model, keyOf(text));
    if (stored === undefined) return null;
    return new Float32Array(stored.buffer.slice(stored.byteOffset, stored.byteOffset + stored.byteLength));
  }

  /** Commits all at once. */
  put(entries: readonly { text: string; vector: Float32Array }[]): void {
    this.db.transaction(() => {
      for (const { text, vector } of entries) {
        this.insert.run(this.model, keyOf(text), Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength));
      }
    })();
  }

  close(): void {
    this.db.close();
  }
}

function keyOf(text: string): Buffer {
  return createHash('sha256').update(text).digest().subarray(0, 16);
}
