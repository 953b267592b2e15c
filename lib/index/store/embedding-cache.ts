import { createHash } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { PassageText } from '../../embedding';
import type { SentenceVectors } from './sentences';
import { isDamagedDatabase, storageError } from './storage-errors';

const SCHEMA = `
CREATE TABLE IF NOT EXISTS models (id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS embeddings (
  model  INTEGER NOT NULL REFERENCES models (id),
  text   BLOB NOT NULL,     -- first 16 bytes of the SHA-256 of context and sentences
  vector BLOB NOT NULL,     -- the passage's vector and those of its sentences, with a sum, see encode()
  PRIMARY KEY (model, text)
);`;

/**
 * Keys are hashes: with embeddings in the order of their keys, as earlier versions kept them, each is read from and
 * written to a page of its own. In the order of their coming, 62,000 took 1.9 s of processor instead of 8.6.
 */
const IN_ORDER_OF_COMING = `
ALTER TABLE embeddings RENAME TO embeddings_by_key;
${SCHEMA}
INSERT INTO embeddings SELECT model, text, vector FROM embeddings_by_key;
DROP TABLE embeddings_by_key;
PRAGMA incremental_vacuum;`;

/** The cache is swept when it holds this many times what is in use, and some more. */
const MOST_UNUSED = 1.25;
const SPARE = 500;

/** What the model makes of a passage. */
export interface PassageEmbedding {
  /** Shape [dimensions], L2-normalised. */
  vector: Float32Array;
  sentences: SentenceVectors;
}

interface Connection {
  db: Database.Database;
  select: (text: Buffer) => Buffer | undefined;
  insert: (text: Buffer, vector: Buffer) => void;
}

/**
 * The embeddings made for an index, by model and text: what makes a rebuild cheap and an interrupted run
 * resumable. It outlives generations; losing it costs time, never answers, so a
 * damaged one is put aside and a new one begun.
 */
export class EmbeddingCache {
  /** Where a damaged cache was put, or null. */
  putAside: string | null = null;
  private connection: Connection;

  /**
   * @param modelHash equal hash, equal embeddings
   * @param writeOnly finds nothing, and keeps what is put all the same
   * @throws PilcrowError `index-unwritable`
   */
  constructor(
    private readonly path: string,
    private readonly modelHash: string,
    private readonly writeOnly = false,
  ) {
    try {
      this.connection = connect(path, modelHash);
    } catch (error) {
      this.connection = this.replaceIfDamaged(error);
    }
  }

  /** @returns the embedding, or null when this text has not been embedded by this model */
  get(text: PassageText): PassageEmbedding | null {
    if (this.writeOnly) return null;
    const key = embeddingKey(text);
    const stored = this.try(({ select }) => select(key));
    return stored === undefined ? null : decode(key, stored, text.sentences.length);
  }

  /** Commits all at once. */
  put(entries: readonly { text: PassageText; embedding: PassageEmbedding }[]): void {
    this.try(({ db, insert }) => {
      db.transaction(() => {
        for (const { text, embedding } of entries) {
          const key = embeddingKey(text);
          insert(key, encode(key, embedding));
        }
      })();
    });
  }

  /**
   * Forgets what no generation uses any more, once that is a good part of the whole.
   * @param inUse passages of one generation: no fewer embeddings are in use, which spares most runs the counting
   * @param generations those that are kept: of each its model's hash and the path of its passages.sqlite
   */
  sweep(inUse: number, generations: readonly { modelHash: string; passages: string }[]): void {
    const { db } = this.connection;
    const count = (table: string) => db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
    try {
      if (count('embeddings') <= MOST_UNUSED * inUse + SPARE) return;
      db.exec('CREATE TEMP TABLE used (model INTEGER NOT NULL, text BLOB NOT NULL, PRIMARY KEY (model, text)) WITHOUT ROWID');
      for (const generation of generations) markUsed(db, generation);
      if (count('embeddings') <= MOST_UNUSED * count('used') + SPARE) return;
      db.exec('DELETE FROM embeddings WHERE (model, text) NOT IN (SELECT model, text FROM used); PRAGMA incremental_vacuum');
    } catch (error) {
      throw storageError(error, this.path);
    }
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
    try {
      (this.connection as Connection | undefined)?.db.close();
      this.putAside = `${this.path}.damaged-${Date.now()}`;
      renameSync(this.path, this.putAside);
      for (const suffix of ['-wal', '-shm']) rmSync(this.path + suffix, { force: true });
      return connect(this.path, this.modelHash);
    } catch (again) {
      throw storageError(again, this.path);
    }
  }
}

/** @param generation of which a damaged file uses nothing: nobody goes back to it */
function markUsed(db: Database.Database, { modelHash, passages }: { modelHash: string; passages: string }): void {
  let isAttached = false;
  try {
    db.prepare('ATTACH ? AS generation').run(passages);
    isAttached = true;
    db.prepare('INSERT OR IGNORE INTO used SELECT m.id, d.embedding FROM models m, generation.passage_details d WHERE m.hash = ?').run(modelHash);
  } catch (error) {
    if (!isDamagedDatabase(error)) throw error;
  } finally {
    if (isAttached) db.exec('DETACH generation');
  }
}

const SUM_BYTES = 8;

/** The vector and the sentences' scales in 32 bits, their values in 8, and a sum of it all: SQLite keeps none. */
function encode(key: Buffer, { vector, sentences: { scales, values } }: PassageEmbedding): Buffer {
  const data = Buffer.concat([vector, scales, values].map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)));
  return Buffer.concat([data, sumOf(key, data)]);
}

function sumOf(key: Buffer, data: Buffer): Buffer {
  return createHash('sha256').update(key).update(data).digest().subarray(0, SUM_BYTES);
}

/** A rotten embedding counts as missing. */
function decode(key: Buffer, stored: Buffer, sentences: number): PassageEmbedding | null {
  const data = stored.subarray(0, -SUM_BYTES);
  const dimensions = (data.byteLength - 4 * sentences) / (4 + sentences);
  if (!Number.isInteger(dimensions) || dimensions <= 0 || !sumOf(key, data).equals(stored.subarray(-SUM_BYTES))) return null;
  const { buffer } = new Uint8Array(data);
  const vector = new Float32Array(buffer, 0, dimensions);
  const scales = new Float32Array(buffer, 4 * dimensions, sentences);
  const values = new Int8Array(buffer, 4 * (dimensions + sentences));
  return { vector, sentences: { scales, values } };
}

function connect(path: string, modelHash: string): Connection {
  const db = new Database(path, { timeout: 30_000 });
  try {
    // Before there is a table: what is swept later can then be given back to the disk.
    db.pragma('auto_vacuum = INCREMENTAL');
    db.pragma('journal_mode = WAL');
    // Every commit reaches the disk: a power cut loses no more than a crash does.
    db.pragma('synchronous = FULL');
    db.transaction(() => { bringUpToDate(db); }).immediate();
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

function bringUpToDate(db: Database.Database): void {
  const byKey = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'embeddings' AND sql LIKE '%WITHOUT ROWID%'").get();
  db.exec(byKey === undefined ? SCHEMA : IN_ORDER_OF_COMING);
}

/** What a passage's embedding goes by: the first 16 bytes of the SHA-256 of its context and sentences. */
export function embeddingKey({ context, sentences }: PassageText): Buffer {
  return createHash('sha256').update(JSON.stringify([context, sentences])).digest().subarray(0, 16);
}
