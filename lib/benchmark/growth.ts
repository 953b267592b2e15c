import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Article } from '../article';
import { loadModel, loadTokenizer, modelSpecSchema } from '../embedding';
import { buildFromArticles, GENERATION_FILES, generationDirectory, openCurrent, prepareArticle, textMeasure } from '../index';
import { calibrate, createEngine } from '../search';
import { Child } from './child-process';
import { growGraph, vectorsWanted } from './growth-graph';
import { quantile } from './statistics';
import type { Bench, BenchContext, Figure, Series } from './types';

const SIZES = { passages: [1_000, 3_000, 10_000, 30_000], most: 58_000, questions: 200, warmUp: 20 };
const QUICK_SIZES = { passages: [30], most: 60, questions: 12, warmUp: 4 };

/** An index of so many passages. */
interface IndexSize {
  passages: number;
  /** That its articles have. */
  wanted: number;
  /** Milliseconds for each passage, its embedding not among them. */
  msEach: number;
  /** Milliseconds of each question. */
  times: number[];
  answered: number;
  /** On disk, for each passage. */
  bytesEach: number;
  /** In memory, for each passage. */
  residentEach: number;
}

export const growth: Bench = {
  name: 'growth',
  title: 'What grows with the number of passages, and how',
  async run(context) {
    const limits = context.quick ? QUICK_SIZES : SIZES;
    const vectors = vectorsWanted(context);
    const count = await countPassages(context, limits.most);
    const embeddings = join(await context.scratch('embeddings'), 'embeddings.sqlite');
    const questions = await context.questions(limits.questions + limits.warmUp);
    const indexes: IndexSize[] = [];
    let indexDir = '';
    for (const size of [...limits.passages.filter((limit) => limit < count), count]) {
      // The first time to have the embeddings, which take most of the time and the same for each passage.
      await build(size, await context.scratch('filling'), embeddings, context);
      indexDir = await context.scratch(`index-${size}`);
      indexes.push({ ...(await build(size, indexDir, embeddings, context)), ...(await asked(indexDir, questions, limits.warmUp, context)), ...(await taken(indexDir)) });
    }
    const graph = await growGraph(indexDir, questions.slice(0, limits.questions), vectors, context);
    return {
      figures: [...figuresOf(indexes), ...graph.figures],
      series: [...seriesOf(indexes), ...graph.series],
      checks: [
        { label: 'indexes have the passages of their articles', passed: indexes.every(({ passages, wanted }) => passages === wanted), detail: indexes.map(({ passages, wanted }) => `${passages} of ${wanted}`).join(', ') },
        { label: 'every question has results', passed: indexes.every(({ answered, times }) => answered === times.length), detail: indexes.map(({ answered, times }) => `${answered} of ${times.length}`).join(', ') },
        graph.check,
      ],
      notes: [
        'each index has the first articles of the corpus; indexing is measured with the embeddings at hand: these take the same time for each passage however many there are',
        'memory: by how much a new process grows that opens the index and searches 50 times, without a model',
        ...graph.notes,
      ],
    };
  },
};

/** At most `most`: more are not even cut. */
async function countPassages(context: BenchContext, most: number): Promise<number> {
  const measure = textMeasure(await loadTokenizer(modelSpecSchema.parse({})));
  let count = 0;
  for await (const article of context.articles()) {
    const { passages } = prepareArticle(article, article.source, measure);
    if (count + passages.length > most) break;
    count += passages.length;
    context.onStep('counting passages', count, most);
  }
  return count;
}

/** Articles from the first on with at most `most` passages between them, yet one at least. */
async function firstOf(articles: AsyncIterable<Article>, most: number): Promise<{ articles: Article[]; passages: number }> {
  const measure = textMeasure(await loadTokenizer(modelSpecSchema.parse({})));
  const first: Article[] = [];
  let passages = 0;
  for await (const article of articles) {
    const more = prepareArticle(article, article.source, measure).passages.length;
    if (first.length > 0 && passages + more > most) break;
    first.push(article);
    passages += more;
  }
  return { articles: first, passages };
}

/** @returns milliseconds for each passage, from the first article to the published generation; `wanted` as they were cut before */
async function build(most: number, indexDir: string, embeddings: string, context: BenchContext): Promise<Pick<IndexSize, 'msEach' | 'wanted'>> {
  const spec = modelSpecSchema.parse({});
  const loaded = await loadModel(spec);
  await loaded.close();
  // Cut once before, to find where to stop: that is not to be measured.
  const { articles, passages: wanted } = await firstOf(context.articles(), most);
  const { workers, signal } = context;
  const started = performance.now();
  const { passages } = await buildFromArticles({
    indexDir, embeddings, spec, model: loaded.model, calibrate, workers, signal, parent: null,
    articles: Readable.from(articles) as AsyncIterable<Article>,
    totalBytes: articles.reduce((sum, { paragraphs }) => sum + paragraphs.reduce((size, { text }) => size + Buffer.byteLength(text), 0), 0),
    onProgress: ({ done }) => { context.onStep(`an index of ${wanted.toLocaleString('en')} passages`, Math.round(done * 1000), 1000); },
  });
  return { msEach: (performance.now() - started) / passages, wanted };
}

async function asked(indexDir: string, questions: readonly string[], warmUp: number, context: BenchContext): Promise<Pick<IndexSize, 'times' | 'answered'>> {
  const engine = createEngine({ indexDir, openEmbedder: loadModel });
  try {
    for (const question of questions.slice(-warmUp)) await engine.search({ q: question });
    const times: number[] = [];
    let answered = 0;
    const measured = questions.slice(0, Math.max(1, questions.length - warmUp));
    for (const [i, question] of measured.entries()) {
      context.onStep('asking', i, measured.length);
      const started = performance.now();
      const { results } = await engine.search({ q: question });
      times.push(performance.now() - started);
      if (results.length > 0) answered++;
    }
    return { times, answered };
  } finally {
    await engine.close();
  }
}

async function taken(indexDir: string): Promise<Pick<IndexSize, 'passages' | 'bytesEach' | 'residentEach'>> {
  const generation = await openCurrent(indexDir);
  generation.close();
  const { passages } = generation.manifest.counts;
  const sizes = await Promise.all(GENERATION_FILES.map((name) => stat(join(generationDirectory(indexDir, generation.id), name))));
  const child = new Child();
  try {
    const { before, asked: after } = await child.ask('open', { indexDir });
    return { passages, bytesEach: sizes.reduce((sum, { size }) => sum + size, 0) / passages, residentEach: (after - before) / passages };
  } finally {
    await child.end();
  }
}

/** What varies with the size, as figures of the greatest and as series. */
const MEASURES: { key: string; label: string; y: { label: string; unit: Figure['unit'] }; of: (size: IndexSize) => number }[] = [
  { key: 'index', label: 'indexing without embedding, for each passage', y: { label: 'time for each passage', unit: 'ms' }, of: ({ msEach }) => msEach },
  { key: 'query-p50', label: 'a question, p50', y: { label: 'time of a question', unit: 'ms' }, of: ({ times }) => quantile(times, 0.5) },
  { key: 'query-p99', label: 'a question, p99', y: { label: 'time of a question', unit: 'ms' }, of: ({ times }) => quantile(times, 0.99) },
  { key: 'bytes', label: 'on disk, for each passage', y: { label: 'disk for each passage', unit: 'kB' }, of: ({ bytesEach }) => bytesEach / 1000 },
  { key: 'memory', label: 'in memory, for each passage', y: { label: 'memory for each passage', unit: 'kB' }, of: ({ residentEach }) => residentEach / 1000 },
];

function figuresOf(indexes: readonly IndexSize[]): Figure[] {
  const greatest = indexes.at(-1);
  if (greatest === undefined) return [];
  return MEASURES.map(({ key, label, y, of }) => ({
    key, label: `${label}, of ${greatest.passages.toLocaleString('en')}`, unit: y.unit, value: of(greatest), runs: key.startsWith('query') ? greatest.times.length : 1, better: 'lower',
  }));
}

function seriesOf(indexes: readonly IndexSize[]): Series[] {
  return MEASURES.map(({ key, label, y, of }) => ({ key, label, x: { label: 'passages', unit: '' }, y, points: indexes.map((size) => [size.passages, of(size)]) }));
}
