import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { loadModel } from '../embedding';
import { generationDirectory, generationLayout, HNSW, openCurrent, randomNumbers, VectorIndex, type Generation } from '../index';
import { shuffled } from './choose';
import { compiledFor } from './machine';
import { figureOf, quantile } from './statistics';
import type { Bench, BenchContext, Figure } from './types';

const EFS = [50, 100, 200, 400, 600, 800];
const K = 10;
/** Cosines nearer than this are one: which of two equal passages is found must not count. */
const EQUAL = 1e-6;
const SIZES = { questions: 200, inserted: 5_000, rounds: 3, openings: 7 };
const QUICK_SIZES = { questions: 40, inserted: 300, rounds: 1, openings: 3 };
/** What `pilcrow verify` takes for a graph that leads to what is near. */
const RECALL_FROM = 0.9;

interface Question {
  vector: Float32Array;
  /** Similarity of its exact tenth. */
  tenth: number;
}

export const hnsw: Bench = {
  name: 'hnsw',
  title: 'HNSW: recall against exact search, and what it costs',
  async run(context) {
    const indexDir = await context.index();
    const generation = await openCurrent(indexDir);
    try {
      const { vectors, manifest } = generation;
      const questions = await exactly(generation, await embedded(generation, context), context);
      const curve = [];
      for (const ef of EFS) curve.push(await searched(vectors, questions, ef, context));
      const usual = curve.find(({ ef }) => ef === HNSW.efSearch) ?? (await searched(vectors, questions, HNSW.efSearch, context));
      const path = generationLayout(generationDirectory(indexDir, generation.id)).vectors;
      const [inserts, opened, removed] = [await insert(generation, context), await open(path, manifest.model.dimensions, context), vectors.count - manifest.counts.passages];
      const bytes = (await stat(path)).size / vectors.count;
      const reread = await copyFinds(generation, questions, context);
      return {
        figures: [
          { key: 'recall', label: `recall@${K} at efSearch ${HNSW.efSearch}`, unit: 'share', value: usual.recall, runs: questions.length, better: 'higher' },
          { key: 'search-p50', label: `a search at efSearch ${HNSW.efSearch}, p50`, unit: 'ms', value: quantile(usual.times, 0.5), runs: questions.length, better: 'lower' },
          { key: 'search-p99', label: `a search at efSearch ${HNSW.efSearch}, p99`, unit: 'ms', value: quantile(usual.times, 0.99), runs: questions.length, better: 'lower' },
          inserts,
          opened,
          { key: 'bytes', label: 'file, for each vector', unit: 'kB', value: bytes / 1000, runs: 1, better: 'lower' },
        ],
        series: [
          { key: 'recall', label: `recall@${K}`, x: { label: 'efSearch', unit: '' }, y: { label: `recall@${K}`, unit: 'share' }, points: curve.map(({ ef, recall }) => [ef, recall]) },
          { key: 'time', label: 'time of a search, p50', x: { label: 'efSearch', unit: '' }, y: { label: 'time', unit: 'ms' }, points: curve.map(({ ef, times }) => [ef, quantile(times, 0.5)]) },
        ],
        checks: [
          { label: `recall@${K} is at least ${RECALL_FROM}`, passed: usual.recall >= RECALL_FROM, detail: usual.recall.toFixed(4) },
          { label: 'a graph that is written and read again finds the same', passed: reread === questions.length, detail: `${reread} of ${questions.length} questions` },
        ],
        notes: [
          `${vectors.count} vectors of ${manifest.model.dimensions} dimensions, M ${HNSW.m}, efConstruction ${HNSW.efConstruction}, ${questions.length} questions${removed > 0 ? `; ${removed} vectors are marked as deleted` : ''}`,
          compiledFor(),
          `inserts: ${Math.min(vectors.count, sizes(context).inserted)} of these vectors into an empty graph`,
        ],
      };
    } finally {
      generation.close();
    }
  },
};

async function embedded({ manifest }: Generation, context: BenchContext): Promise<Float32Array[]> {
  const model = await loadModel(manifest.model.spec);
  try {
    const questions = await context.questions(sizes(context).questions);
    const vectors: Float32Array[] = [];
    for (const [i, question] of questions.entries()) {
      context.onStep('embedding questions', i, questions.length);
      vectors.push((await model.embedQuestion(question)).vector);
    }
    return vectors;
  } finally {
    await model.close();
  }
}

async function exactly({ vectors, store }: Generation, questions: readonly Float32Array[], context: BenchContext): Promise<Question[]> {
  const rows = store.allRows().toRows();
  const found: Question[] = [];
  for (const [i, vector] of questions.entries()) {
    context.onStep('searching exactly', i, questions.length);
    found.push({ vector, tenth: vectors.searchAmong(vector, rows, K).at(-1)?.similarity ?? 0 });
    await nextTurn();
  }
  return found;
}

/** Recall as ann-benchmarks counts it: the share of what is found that is as near as the exact tenth. */
async function searched(vectors: VectorIndex, questions: readonly Question[], ef: number, context: BenchContext): Promise<{ ef: number; recall: number; times: number[] }> {
  const wanted = Math.min(K, vectors.count);
  const times: number[] = [];
  let recalled = 0;
  for (const [i, { vector, tenth }] of questions.entries()) {
    context.onStep(`searching at efSearch ${ef}`, i, questions.length);
    const started = performance.now();
    const found = vectors.search(vector, wanted, ef);
    times.push(performance.now() - started);
    recalled += found.filter(({ row }) => vectors.similarity(vector, row) >= tenth - EQUAL).length / wanted;
    if (i % 20 === 0) await nextTurn();
  }
  return { ef, recall: recalled / Math.max(1, questions.length), times };
}

async function insert({ vectors, store }: Generation, context: BenchContext): Promise<Figure> {
  const { inserted, rounds } = sizes(context);
  const chosen = shuffled([...store.allRows().toRows()], randomNumbers(context.seed)).slice(0, inserted).map((row) => vectors.vector(row));
  const rates: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const graph = VectorIndex.create(vectors.dimensions);
    try {
      let spent = 0;
      for (const [row, vector] of chosen.entries()) {
        const started = performance.now();
        graph.add(row, vector);
        spent += performance.now() - started;
        if (row % 100 !== 0) continue;
        context.onStep('inserting', round * chosen.length + row, rounds * chosen.length);
        await nextTurn();
      }
      rates.push((chosen.length / spent) * 1000);
    } finally {
      graph.close();
    }
  }
  return figureOf(rates, { key: 'inserts', label: 'inserts', unit: '/s', better: 'higher' });
}

async function open(path: string, dimensions: number, context: BenchContext): Promise<Figure> {
  const { openings } = sizes(context);
  const times: number[] = [];
  for (let i = 0; i < openings; i++) {
    context.onStep('opening', i, openings);
    const started = performance.now();
    const graph = await VectorIndex.open(path, dimensions);
    times.push(performance.now() - started);
    graph.close();
  }
  return figureOf(times, { key: 'load', label: 'opening the file', unit: 'ms', better: 'lower' });
}

/** Writes the graph once more. @returns how many questions find there what they find here */
async function copyFinds({ vectors }: Generation, questions: readonly Question[], context: BenchContext): Promise<number> {
  const path = join(await context.scratch('hnsw'), 'vectors.hnsw');
  vectors.save(path);
  const copy = await VectorIndex.open(path, vectors.dimensions);
  try {
    return questions.filter(({ vector }) => JSON.stringify(copy.search(vector, K)) === JSON.stringify(vectors.search(vector, K))).length;
  } finally {
    copy.close();
  }
}

function sizes({ quick }: BenchContext): typeof SIZES {
  return quick ? QUICK_SIZES : SIZES;
}
