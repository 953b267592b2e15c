import { open, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VectorFile } from '../../../lib/index/store/vector-file';
import { VectorIndex } from '../../../lib/index/store/vectors';
import { temporaryFolder } from '../support';

const DIMENSIONS = 12;
const COUNT = 700;

function unit(seed: number): Float32Array {
  const vector = Float32Array.from({ length: DIMENSIONS }, (_, i) => (Math.sin(seed * 12.9898 + i * 78.233) * 43_758.5453) % 1);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

const VECTORS = Array.from({ length: COUNT }, (_, row) => unit(row + 1));
const QUESTION = unit(9_999);
const cosine = (row: number) => QUESTION.reduce((sum, value, i) => sum + value * (VECTORS[row]?.[i] ?? NaN), 0);

async function saved(count = COUNT): Promise<string> {
  const path = join(await temporaryFolder(), 'vectors.hnsw');
  const index = VectorIndex.create(DIMENSIONS);
  for (const [row, vector] of VECTORS.slice(0, count).entries()) index.add(row, vector);
  index.save(path);
  index.close();
  return path;
}

function expectExact(index: VectorIndex, rows: number[], k: number): void {
  const expected = rows.map((row) => ({ row, similarity: cosine(row) })).sort((a, b) => b.similarity - a.similarity).slice(0, k);
  const found = index.searchAmong(QUESTION, rows, k);
  expect(found.map(({ row }) => row)).toEqual(expected.map(({ row }) => row));
  for (const [i, { similarity }] of found.entries()) expect(similarity).toBeCloseTo(expected[i]?.similarity ?? NaN, 6);
}

describe('search among rows', () => {
  test('finds exactly the nearest of any of them', async () => {
    const index = await VectorIndex.open(await saved(), DIMENSIONS);
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(COUNT - 1), { size: 'max', maxLength: COUNT }), fc.integer({ min: 1, max: 120 }), (rows, k) => {
        expectExact(index, rows.sort((a, b) => a - b), k);
      }),
      { numRuns: 50 },
    );
    expectExact(index, [...VECTORS.keys()], 10);
    index.close();
  });

  test('reads more than one batch, and rows far apart', async () => {
    const path = await saved();
    const file = VectorFile.open(path, DIMENSIONS, COUNT);
    for (const rows of [[...VECTORS.keys()], [0, 1, 17, 18, 40, 698, 699], [5]]) {
      const products = file?.innerProducts(QUESTION, rows) ?? [];
      expect(products).toHaveLength(rows.length);
      for (const [i, row] of rows.entries()) expect(products[i]).toBeCloseTo(cosine(row), 6);
    }
    expect(file?.vector(42)).toEqual(VECTORS[42]);
    file?.close();
  });

  test('works in an index that is being made', () => {
    const index = VectorIndex.create(DIMENSIONS);
    for (const [row, vector] of VECTORS.slice(0, 50).entries()) index.add(row, vector);
    expectExact(index, [3, 7, 30, 49], 3);
    expect(index.vector(7)).toEqual(VECTORS[7]);
    expect(index.similarity(QUESTION, 7)).toBeCloseTo(cosine(7), 6);
    index.close();
  });
});

describe('a file that is not as expected', () => {
  test('is not read: too few vectors, other dimensions, no file', async () => {
    const path = await saved();
    expect(VectorFile.open(path, DIMENSIONS, COUNT - 1)).toBeNull();
    expect(VectorFile.open(path, DIMENSIONS + 1, COUNT)).toBeNull();
    expect(VectorFile.open(`${path}.none`, DIMENSIONS, COUNT)).toBeNull();
    await writeFile(path, (await readFile(path)).subarray(0, 50));
    expect(VectorFile.open(path, DIMENSIONS, COUNT)).toBeNull();
  });

  test('does not change what is found', async () => {
    const path = await saved();
    const index = await VectorIndex.open(path, DIMENSIONS);
    const recordBytes = 4 + 4 * 32 + 4 * DIMENSIONS + 8;
    const file = await open(path, 'r+');
    await file.write(Uint8Array.of(99), 0, 1, 96 + 4 * recordBytes - 8);
    expectExact(index, [1, 2, 3, 4], 4);
    expect(index.vector(3)).toEqual(VECTORS[3]);
    await file.truncate(1_000);
    await file.close();
    expectExact(index, [100, 200, 300], 2);
    index.close();
  });

  test('is let go of when the index is closed', async () => {
    const path = await saved(10);
    const index = await VectorIndex.open(path, DIMENSIONS);
    index.close();
    await rm(path);
    expect(VectorFile.open(path, DIMENSIONS, 10)).toBeNull();
  });
});
