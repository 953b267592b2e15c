import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openMapGraph } from '../../../lib/index/map/graph';
import { GraphProcess } from '../../../lib/index/store/graph-process';
import { VectorIndex } from '../../../lib/index/store/vectors';
import { clustered, DIMENSIONS } from '../map/support';
import { temporaryFolder } from '../support';

const COUNT = 1_500;
const BATCH = 64;
const VECTORS = clustered(COUNT, 12);

const batch = (from: number, to: number) => ({ rows: Uint32Array.from({ length: to - from }, (_, i) => from + i), vectors: Float32Array.from(VECTORS.slice(from, to).flatMap((vector) => [...vector])) });

function begin(path: string | null = null, dimensions = DIMENSIONS): GraphProcess {
  const graph = new GraphProcess(path, dimensions);
  onTestFinished(() => graph.close());
  return graph;
}

async function insert(graph: GraphProcess, from: number, to: number): Promise<void> {
  for (let start = from; start < to; start += BATCH) {
    const { rows, vectors } = batch(start, Math.min(start + BATCH, to));
    await graph.add(rows, vectors);
  }
}

/** The same graph made in this process. */
async function made(count: number, removed: readonly number[] = []): Promise<{ path: string; index: VectorIndex }> {
  const path = join(await temporaryFolder(), 'vectors.hnsw');
  const index = VectorIndex.create(DIMENSIONS);
  for (const [row, vector] of VECTORS.slice(0, count).entries()) index.add(row, vector);
  for (const row of removed) index.remove(row);
  index.save(path);
  onTestFinished(() => { index.close(); });
  return { path, index };
}

describe('a graph made in a process', () => {
  test('is byte for byte that of the same insertions here', async () => {
    const graph = begin();
    await insert(graph, 0, COUNT);
    const path = join(await temporaryFolder(), 'theirs.hnsw');
    expect(await graph.save(path)).toBe(COUNT);
    expect((await readFile(path)).equals(await readFile((await made(COUNT)).path))).toBe(true);
  });

  test('goes on from a file, and knows of nobody who was removed', async () => {
    const gone = [3, 700, 999];
    const graph = begin((await made(1_000)).path);
    graph.remove(gone);
    await insert(graph, 1_000, COUNT);
    const path = join(await temporaryFolder(), 'theirs.hnsw');
    expect(await graph.save(path)).toBe(COUNT);
    const index = await VectorIndex.open(path, DIMENSIONS);
    const rows = [0, 701, 1_000, COUNT - 1];
    const found = await graph.nearest(Uint32Array.from(rows), 15);
    expect(found).toEqual(rows.map((row) => index.search(VECTORS[row]!, 15)));
    expect(found.map(([first]) => first?.row)).toEqual(rows);
    expect(found.flat().filter(({ row }) => gone.includes(row))).toEqual([]);
    index.close();
  });

  test('an insertion that fails is told by whoever waits next, and what was asked after it is not lost', async () => {
    const graph = begin();
    await graph.add(Uint32Array.of(0), Float32Array.of(1, 2, 3));
    await insert(graph, 0, 10);
    await expect(graph.save(join(await temporaryFolder(), 'never.hnsw'))).rejects.toThrow(/length/);
    expect((await graph.nearest(Uint32Array.of(4), 3))[0]?.[0]?.row).toBe(4);
  });

  test('a file that cannot be read is told', async () => {
    const folder = await temporaryFolder();
    await expect(begin(join(folder, 'missing.hnsw')).save(join(folder, 'never.hnsw'))).rejects.toThrow(/open/i);
  });

  test('ended while it works, it leaves nobody waiting', async () => {
    const graph = begin();
    await insert(graph, 0, 64);
    // It is at work from here on.
    await graph.nearest(Uint32Array.of(1), 3);
    const { rows, vectors } = batch(64, COUNT);
    await graph.add(rows, vectors);
    const asked = Promise.allSettled([graph.nearest(Uint32Array.of(1), 3), graph.save('/nowhere')]);
    await graph.close();
    for (const outcome of await asked) expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'index-unwritable', message: 'the process that makes the graph has ended' } });
    await expect(graph.nearest(Uint32Array.of(1), 3)).rejects.toMatchObject({ code: 'index-unwritable' });
    await graph.close();
  });

  test('many, one after the other, come and go', async () => {
    const { path } = await made(200);
    for (let i = 0; i < 20; i++) {
      const graph = begin(path);
      await insert(graph, 200, 300);
      if (i % 2 === 0) expect(await graph.nearest(Uint32Array.of(250), 1)).toMatchObject([[{ row: 250 }]]);
      await graph.close();
    }
  });
});

test('links and vectors are those of the file, and where that is unfamiliar, what hnswlib says', async () => {
  const { path, index } = await made(COUNT);
  const rows = Uint32Array.of(0, 5, COUNT - 1);
  const vectors = Float32Array.from([...rows].flatMap((row) => [...index.vector(row)]));
  // No file has one vector more than it has.
  for (const count of [COUNT, COUNT + 1]) {
    const graph = await openMapGraph(path, DIMENSIONS, count);
    expect(graph).toMatchObject({ count: COUNT, dimensions: DIMENSIONS });
    expect(graph.vectors(rows)).toEqual(vectors);
    for (const row of rows) {
      const linked = Array.from(graph.links.of(row));
      expect(linked.length).toBeGreaterThan(10);
      expect(linked.every((other) => other >= 0 && other < COUNT)).toBe(true);
    }
    graph.close();
  }
});
