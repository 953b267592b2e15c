import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { PassageText } from '../../../lib/embedding';
import { EmbeddingCache, type PassageEmbedding } from '../../../lib/index/store/embedding-cache';
import { quantise } from '../../../lib/index/store/sentences';
import { temporaryFolder } from '../support';

function embeddingOf(seed: number, sentences: number, dimensions: number): PassageEmbedding {
  const number = (i: number) => Math.sin(seed * 12.9898 + i * 78.233);
  const raw = Float32Array.from({ length: dimensions }, (_, i) => number(i) + 2);
  const rows = Float32Array.from({ length: sentences * dimensions }, (_, i) => 10 * number(i));
  return { vector: raw.map((value) => value / Math.hypot(...raw)), sentences: quantise(rows, dimensions) };
}

async function cachePath(): Promise<string> {
  return join(await temporaryFolder(), 'embeddings.sqlite');
}

function open(path: string, model = 'm'): EmbeddingCache {
  const cache = new EmbeddingCache(path, model);
  onTestFinished(() => cache.close());
  return cache;
}

const TEXT: PassageText = { context: 'Eels.', sentences: ['They leave.', 'At night.'] };

describe('an embedding', () => {
  test('comes back as it was put, for any number of sentences and dimensions', async () => {
    const cache = open(await cachePath());
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string(), { maxLength: 6 }), fc.integer({ min: 1, max: 40 }), fc.nat(), (context, sentences, dimensions, seed) => {
        const text = { context, sentences };
        const embedding = embeddingOf(seed, sentences.length, dimensions);
        cache.put([{ text, embedding }]);
        expect(cache.get(text)).toEqual(embedding);
      }),
    );
  });

  test('is that of its context and its sentences, as they are parted', async () => {
    const cache = open(await cachePath());
    cache.put([{ text: TEXT, embedding: embeddingOf(1, 2, 8) }]);
    expect(cache.get(TEXT)).not.toBeNull();
    for (const other of [{ ...TEXT, context: '' }, { ...TEXT, sentences: ['They leave. At night.'] }, { ...TEXT, sentences: ['They', 'leave. At night.'] }, { context: '', sentences: ['Eels.', ...TEXT.sentences] }]) {
      expect(cache.get(other)).toBeNull();
    }
  });

  test('is kept from the file of an earlier version, which had them in the order of their keys', async () => {
    const path = await cachePath();
    const texts = Array.from({ length: 300 }, (_, i) => ({ text: { context: `${i}`, sentences: ['Eels leave.'] }, embedding: embeddingOf(i, 1, 8) }));
    const earlier = new EmbeddingCache(path, 'm');
    earlier.put(texts);
    earlier.close();
    const db = new Database(path);
    db.exec(`CREATE TABLE kept AS SELECT * FROM embeddings; DROP TABLE embeddings;
      CREATE TABLE embeddings (model INTEGER NOT NULL REFERENCES models (id), text BLOB NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (model, text)) WITHOUT ROWID;
      INSERT INTO embeddings SELECT * FROM kept; DROP TABLE kept`);
    db.close();
    const [one, other] = [open(path), open(path)];
    for (const { text, embedding } of texts) expect(other.get(text)).toEqual(embedding);
    one.put([{ text: TEXT, embedding: embeddingOf(7, 2, 8) }]);
    expect(other.get(TEXT)).toEqual(embeddingOf(7, 2, 8));
    const now = new Database(path, { readonly: true });
    onTestFinished(() => void now.close());
    expect(now.prepare('SELECT max(rowid), count(*) FROM embeddings').raw().get()).toEqual([301, 301]);
    expect(now.prepare('SELECT name FROM sqlite_master WHERE type = ? ORDER BY name').pluck().all('table')).toEqual(['embeddings', 'models']);
    expect(now.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(now.pragma('freelist_count', { simple: true })).toBe(0);
  });

  test('is that of one model', async () => {
    const path = await cachePath();
    const [one, other] = [open(path, 'one'), open(path, 'other')];
    one.put([{ text: TEXT, embedding: embeddingOf(1, 2, 8) }]);
    expect(other.get(TEXT)).toBeNull();
    other.put([{ text: TEXT, embedding: embeddingOf(2, 2, 8) }]);
    expect(one.get(TEXT)).toEqual(embeddingOf(1, 2, 8));
    expect(other.get(TEXT)).toEqual(embeddingOf(2, 2, 8));
  });

  // 8 floats of the vector, 2 scales, 2 · 8 values, a sum of 8 bytes
  test.each([
    ['cut short', (blob: Buffer) => blob.subarray(0, -1)],
    ['too long', (blob: Buffer) => Buffer.concat([blob, Buffer.alloc(3)])],
    ['empty', () => Buffer.alloc(0)],
    ['of a rotten sign', (blob: Buffer) => withFlippedBit(blob, 3, 0x80)],
    ['of a rotten sentence', (blob: Buffer) => withFlippedBit(blob, 4 * 8 + 4 * 2 + 5, 1)],
    ['of a rotten sum', (blob: Buffer) => withFlippedBit(blob, blob.length - 1, 1)],
  ])('that is %s counts as missing, until it is made anew', async (_, spoil) => {
    const path = await cachePath();
    const cache = open(path);
    const embedding = embeddingOf(3, 2, 8);
    cache.put([{ text: TEXT, embedding }]);
    const db = new Database(path);
    const blob = db.prepare<[], Buffer>('SELECT vector FROM embeddings').pluck().get() ?? Buffer.alloc(0);
    expect(blob).toHaveLength(4 * 8 + 4 * 2 + 2 * 8 + 8);
    db.prepare('UPDATE embeddings SET vector = ?').run(spoil(blob));
    db.close();
    expect(cache.get(TEXT)).toBeNull();
    cache.put([{ text: TEXT, embedding }]);
    expect(cache.get(TEXT)).toEqual(embedding);
  });
});

function withFlippedBit(blob: Buffer, at: number, bit: number): Buffer {
  const spoilt = Buffer.from(blob);
  spoilt[at] = (spoilt[at] ?? 0) ^ bit;
  return spoilt;
}
