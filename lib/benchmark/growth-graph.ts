import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { loadModel } from '../embedding';
import { normalise } from '../embedding/pooling';
import { PilcrowError } from '../errors';
import { HNSW, innerProduct, openCurrent, randomNumbers, VectorIndex } from '../index';
import { compiledFor } from './machine';
import { quantile } from './statistics';
import type { BenchContext, Check, Figure, Series } from './types';

const COUNTS = [10_000, 30_000, 100_000, 300_000];
const DEFAULT_VECTORS = 100_000;
const QUICK_VECTORS = 400;
const MOST_VECTORS = 10_000_000;
const EFS = [50, 100, 200, HNSW.efSearch];
const K = 10;
/** Recall that a search is to have whose time is told. */
const RECALL = 0.99;
/** Cosines nearer than this are one. */
const EQUAL = 1e-6;
/** Of an embedding: others are made towards one of them. */
const NEIGHBOURS = 16;
const NEIGHBOURS_EF = 64;

/** What is sought: a question, or a vector made as those in the graph are. */
interface Sought {
  vector: Float32Array;
  /** Similarities of the nearest so far, best first. */
  nearest: number[];
}

/** A graph of so many vectors. */
interface GraphSize {
  vectors: number;
  /** How many there were after it was written and read. */
  read: number;
  /** Since the size before. */
  insertsPerSecond: number;
  /** Seconds of all insertions so far. */
  seconds: number;
  writeMs: number;
  readMs: number;
  bytesEach: number;
  /** With questions, which lie off what is in the graph, and with vectors like those in it, as for related passages. */
  searches: Record<SoughtKind, Search[]>;
}

type SoughtKind = 'questions' | 'alike';

interface Search {
  ef: number;
  recall: number;
  p50: number;
}

/**
 * The HNSW alone, with more vectors than the corpus has passages: its embeddings, then others made of them. What is nearest
 * to each question is kept as vectors come, so that no more than the graph need be in memory.
 * @param most vectors in the end
 */
export async function growGraph(indexDir: string, texts: readonly string[], most: number, context: BenchContext): Promise<{ figures: Figure[]; series: Series[]; check: Check; notes: string[] }> {
  const counts = context.quick ? [most >> 1, most] : [...COUNTS.filter((count) => count < most), most];
  const generation = await openCurrent(indexDir);
  try {
    const { vectors: real, manifest } = generation;
    const questions = await embedded(texts, manifest.model.spec, context);
    const next = between(real, context.seed);
    const sought: Record<SoughtKind, Sought[]> = { questions, alike: alike(real, questions.length, context.seed) };
    const path = join(await context.scratch('graph'), 'vectors.hnsw');
    const graph = VectorIndex.create(real.dimensions);
    const sizes: GraphSize[] = [];
    let seconds = 0;
    try {
      for (const count of counts) {
        const before = graph.count;
        const spent = await insert(graph, count, next, [...sought.questions, ...sought.alike], context);
        seconds += spent;
        const writeMs = timed(() => { graph.save(path); });
        // Two of the greatest might be more than there is memory for.
        if (count === most) graph.close();
        sizes.push({ insertsPerSecond: (count - before) / spent, seconds, writeMs, vectors: count, ...(await reopened(path, real.dimensions, sought, context)) });
      }
    } finally {
      graph.close();
    }
    return { figures: figuresOf(sizes), series: seriesOf(sizes), check: checkOf(sizes), notes: notesOf(most, real.count, questions.length) };
  } finally {
    generation.close();
  }
}

/**
 * PILCROW_BENCH_VECTORS, else what takes a few minutes.
 * @throws PilcrowError `config-invalid` where that is no such number
 */
export function vectorsWanted({ quick }: Pick<BenchContext, 'quick'>): number {
  const given = process.env['PILCROW_BENCH_VECTORS'];
  if (given === undefined || given === '') return quick ? QUICK_VECTORS : DEFAULT_VECTORS;
  const wanted = Number(given);
  if (/^\d+$/.test(given) && wanted >= 100 && wanted <= MOST_VECTORS) return wanted;
  throw new PilcrowError('config-invalid', `PILCROW_BENCH_VECTORS ${JSON.stringify(given)} is no number of vectors`, `give a whole number from 100 to ${MOST_VECTORS}`);
}

async function embedded(texts: readonly string[], spec: Parameters<typeof loadModel>[0], context: BenchContext): Promise<Sought[]> {
  const model = await loadModel(spec);
  try {
    const questions: Sought[] = [];
    for (const [i, text] of texts.entries()) {
      context.onStep('embedding questions', i, texts.length);
      questions.push({ vector: (await model.embedQuestion(text)).vector, nearest: [] });
    }
    return questions;
  } finally {
    await model.close();
  }
}

/**
 * The embeddings themselves, then points on the way from one of them to one of its nearest, not farther than half way,
 * L2-normalised: they lie where passages do, which embeddings with noise do not, as noise fills all dimensions.
 * @returns what gives the vector of a number, from 0 on and in order
 */
export function between(real: Pick<VectorIndex, 'count' | 'dimensions' | 'vector' | 'search'>, seed: number): (number: number) => Float32Array {
  const random = randomNumbers(seed);
  const nearest = new Map<number, number[]>();
  const neighbours = (row: number, vector: Float32Array) => {
    const known = nearest.get(row);
    if (known !== undefined) return known;
    const found = real.search(vector, Math.min(NEIGHBOURS + 1, real.count), NEIGHBOURS_EF).map((one) => one.row).filter((other) => other !== row);
    nearest.set(row, found);
    return found;
  };
  return (number) => {
    const row = number % real.count;
    const from = real.vector(row);
    if (number < real.count) return from;
    const others = neighbours(row, from);
    const to = real.vector(others[Math.floor(random() * others.length)] ?? row);
    const share = random() / 2;
    return normalise(from.map((value, i) => value + share * ((to[i] ?? 0) - value)));
  };
}

/** Vectors made as those in the graph are, of chance's own, which are not in it. */
function alike(real: Parameters<typeof between>[0], count: number, seed: number): Sought[] {
  const other = between(real, ~seed >>> 0);
  const step = Math.max(1, Math.floor(real.count / count));
  return Array.from({ length: count }, (_, i) => ({ vector: other(real.count + i * step), nearest: [] }));
}

/** Adds vectors until there are `count`. @returns seconds of it, what was made and compared in between not counted */
async function insert(graph: VectorIndex, count: number, next: (number: number) => Float32Array, sought: readonly Sought[], context: BenchContext): Promise<number> {
  let spent = 0;
  for (let number = graph.count; number < count; number++) {
    const vector = next(number);
    for (const one of sought) see(one, innerProduct(one.vector, vector));
    spent += timed(() => { graph.add(number, vector); });
    if (number % 100 !== 0) continue;
    context.onStep(`a graph of ${count.toLocaleString('en')} vectors`, number, count);
    await nextTurn();
  }
  return spent / 1000;
}

function see({ nearest }: Sought, similarity: number): void {
  if (nearest.length === K && similarity <= (nearest[K - 1] ?? 0)) return;
  nearest.push(similarity);
  nearest.sort((a, b) => b - a);
  if (nearest.length > K) nearest.pop();
}

async function reopened(path: string, dimensions: number, sought: Record<SoughtKind, Sought[]>, context: BenchContext): Promise<Pick<GraphSize, 'read' | 'readMs' | 'bytesEach' | 'searches'>> {
  const { size } = await stat(path);
  const started = performance.now();
  const graph = await VectorIndex.open(path, dimensions);
  const readMs = performance.now() - started;
  try {
    const searches: GraphSize['searches'] = { questions: [], alike: [] };
    for (const [i, ef] of EFS.entries()) {
      context.onStep('searching', i, EFS.length);
      searches.questions.push({ ef, ...search(graph, sought.questions, ef) });
      searches.alike.push({ ef, ...search(graph, sought.alike, ef) });
      await nextTurn();
    }
    return { read: graph.count, readMs, bytesEach: size / graph.count, searches };
  } finally {
    graph.close();
  }
}

/** Recall as ann-benchmarks counts it: what is found counts when it is as near as the exact tenth. */
function search(graph: VectorIndex, sought: readonly Sought[], ef: number): { recall: number; p50: number } {
  let right = 0;
  const times = sought.map(({ vector, nearest }) => {
    const started = performance.now();
    const found = graph.search(vector, K, ef);
    const took = performance.now() - started;
    right += found.filter(({ similarity }) => similarity >= (nearest.at(-1) ?? 0) - EQUAL).length;
    return took;
  });
  return { recall: right / (sought.length * K), p50: quantile(times, 0.5) };
}

function figuresOf(sizes: readonly GraphSize[]): Figure[] {
  const greatest = sizes.at(-1);
  if (greatest === undefined) return [];
  const { vectors, seconds, writeMs, readMs, bytesEach, searches } = greatest;
  const of = `of ${vectors.toLocaleString('en')} vectors`;
  return [
    { key: 'graph-inserts', label: `inserts into a graph ${of}, from the first on`, unit: '/s', value: vectors / seconds, runs: 1, better: 'higher' },
    ...searchFigures('graph', `a question ${of}`, searches.questions),
    ...searchFigures('graph-alike', `a vector like those in it, ${of}`, searches.alike),
    { key: 'graph-write', label: `writing a graph ${of}`, unit: 'ms', value: writeMs, runs: 1, better: 'lower' },
    { key: 'graph-read', label: `reading a graph ${of}`, unit: 'ms', value: readMs, runs: 1, better: 'lower' },
    { key: 'graph-bytes', label: `file of a graph ${of}, for each`, unit: 'kB', value: bytesEach / 1000, runs: 1, better: 'lower' },
  ];
}

/** At the usual efSearch, and at the least that is enough, if any is. */
function searchFigures(key: string, label: string, searches: readonly Search[]): Figure[] {
  const usual = searches.find(({ ef }) => ef === HNSW.efSearch);
  const enough = searches.find(({ recall }) => recall >= RECALL);
  return [
    { key: `${key}-search`, label: `${label}, at efSearch ${HNSW.efSearch}, p50`, unit: 'ms', value: usual?.p50 ?? NaN, runs: 1, better: 'lower' },
    { key: `${key}-recall`, label: `${label}, at efSearch ${HNSW.efSearch}, recall@${K}`, unit: 'share', value: usual?.recall ?? NaN, runs: 1, better: 'higher' },
    ...(enough === undefined ? [] : [{ key: `${key}-enough`, label: `${label}, at efSearch ${enough.ef}, the least with a recall of ${RECALL}, p50`, unit: 'ms', value: enough.p50, runs: 1, better: 'lower' } satisfies Figure]),
  ];
}

function seriesOf(sizes: readonly GraphSize[]): Series[] {
  const x = { label: 'vectors', unit: '' };
  const inserts: Series = { key: 'graph-inserts', label: 'inserts', x, y: { label: 'inserts', unit: '/s' }, points: sizes.map(({ vectors, insertsPerSecond }) => [vectors, insertsPerSecond]) };
  const ofSearches = (['questions', 'alike'] as const).flatMap((kind) => EFS.flatMap((ef, i): Series[] => {
    const [prefix, y] = kind === 'questions' ? ['graph', ''] : ['graph-alike', ', of vectors like those in it'];
    return [
      { key: `${prefix}-recall-${ef}`, label: `efSearch ${ef}`, x, y: { label: `recall@${K}${y}`, unit: 'share' }, points: sizes.map(({ vectors, searches }) => [vectors, searches[kind][i]?.recall ?? NaN]) },
      { key: `${prefix}-search-${ef}`, label: `efSearch ${ef}`, x, y: { label: `time of a search${y}, p50`, unit: 'ms' }, points: sizes.map(({ vectors, searches }) => [vectors, searches[kind][i]?.p50 ?? NaN]) },
    ];
  }));
  return [inserts, ...ofSearches];
}

function checkOf(sizes: readonly GraphSize[]): Check {
  return { label: 'a graph that was written and read has every vector', passed: sizes.every(({ vectors, read }) => vectors === read), detail: sizes.map(({ vectors, read }) => `${read} of ${vectors}`).join(', ') };
}

function notesOf(vectors: number, real: number, questions: number): string[] {
  return [
    `the graph alone: ${vectors.toLocaleString('en')} vectors, the ${real.toLocaleString('en')} embeddings first, then points on the way from each to one of its ${NEIGHBOURS} nearest, at random and at most half way`,
    compiledFor(),
    `recall@${K} against exact search, of ${questions} questions, which lie off what is in the graph, and of as many vectors made as those in it and left out, which are sought as related passages are; PILCROW_BENCH_VECTORS=1000000 for a million (a graph of 1.7 GB)`,
  ];
}

function timed(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}
