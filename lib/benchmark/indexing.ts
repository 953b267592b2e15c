import { createEmbedderPool, defaultWorkers, loadTokenizer, modelSpecSchema, type PassageText } from '../embedding';
import { buildIndex, textMeasure, type BuildReport } from '../index';
import { BATCH, MOST_IN_FLIGHT } from '../index/builder/embedding-stage';
import { calibrate } from '../search';
import { addParagraph, passagesIn, writeArticles } from './files';
import { figureOf, median } from './statistics';
import type { Bench, BenchContext, Check, Figure } from './types';

/** `roundPassages`: of all rounds together, at most, but for the one that there always is. */
const SIZES = { passages: 2_000, roundPassages: 6_000, again: 5 };
const MOST_ROUNDS = 3;
const QUICK_SIZES = { passages: 60, roundPassages: 60, again: 2 };

interface Timed {
  seconds: number;
  report: BuildReport;
}

interface Measured {
  first: Timed[];
  embedding: number[];
  unchanged: Timed[];
  changed: (Timed & { passages: number })[];
}

export const indexing: Bench = {
  name: 'indexing',
  title: 'pilcrow index: a first run, one after nothing has changed, one after one file has',
  async run(context) {
    const spec = modelSpecSchema.parse({});
    const measure = textMeasure(await loadTokenizer(spec));
    const folder = await context.scratch('articles');
    const { passages, roundPassages, again } = sizes(context);
    const files = await writeArticles(context.articles(), folder, context.passages ?? passages, measure);
    const texts = (await passagesIn(folder, measure)).flat();
    const rounds = Math.min(MOST_ROUNDS, Math.max(1, Math.floor(roundPassages / Math.max(1, texts.length))));
    const measured: Measured = { first: [], embedding: [], unchanged: [], changed: [] };
    let indexDir = '';
    for (let round = 0; round < rounds; round++) {
      context.onStep('embedding alone', round, rounds);
      measured.embedding.push(await embedAlone(texts, context));
      indexDir = await context.scratch('index');
      measured.first.push(await build(indexDir, folder, context, `first run ${round + 1} of ${rounds}`));
    }
    for (let i = 0; i < again; i++) {
      measured.unchanged.push(await build(indexDir, folder, context, `nothing has changed, ${i + 1} of ${again}`));
      const file = files[i % files.length] ?? folder;
      await addParagraph(file, i + 1);
      const passages = (await passagesIn(file, measure)).flat().length;
      measured.changed.push({ ...(await build(indexDir, folder, context, `one file has changed, ${i + 1} of ${again}`)), passages });
    }
    return {
      figures: figuresOf(measured, texts.length),
      series: [],
      checks: checksOf(measured, texts.length),
      notes: [
        `${texts.length} passages of ${files.length} Markdown files; every first run has a folder of its own, without embeddings of an earlier one`,
        `embedding alone: the same passages with the same titles, ${MOST_IN_FLIGHT / BATCH} batches of ${BATCH} in flight, ${context.workers ?? defaultWorkers()} workers`,
        'both begin with no worker and no model loaded; a first run also reads, cuts, inserts, writes, draws the map and asks the index about itself',
      ],
    };
  },
};

function figuresOf({ first, embedding, unchanged, changed }: Measured, passages: number): Figure[] {
  const seconds = (timed: readonly Timed[]) => timed.map((one) => one.seconds);
  const alone = median(embedding);
  return [
    figureOf(seconds(first), { key: 'first', label: 'first run', unit: 's', better: 'lower' }),
    figureOf(seconds(first).map((one) => passages / one), { key: 'first-rate', label: 'passages in a first run', unit: '/s', better: 'higher' }),
    figureOf(embedding, { key: 'embedding', label: 'embedding alone', unit: 's', better: 'lower' }),
    figureOf(seconds(first).map((one, i) => one / (embedding[i] ?? alone)), { key: 'first-to-embedding', label: 'first run ÷ embedding alone', unit: '×', better: 'lower' }),
    figureOf(seconds(unchanged), { key: 'unchanged', label: 'nothing has changed', unit: 's', better: 'lower' }),
    figureOf(seconds(changed), { key: 'changed', label: 'one file has changed', unit: 's', better: 'lower' }),
  ];
}

function checksOf({ first, unchanged, changed }: Measured, passages: number): Check[] {
  const embeddedIn = (timed: readonly Timed[]) => timed.map(({ report }) => report.passages.embedded).join(', ');
  return [
    {
      label: 'a first run has every passage, and none twice',
      passed: first.every(({ report }) => report.published && report.failed.length === 0 && report.passages.total === passages && report.passages.embedded + report.passages.fromCache === passages),
      detail: `${first.map(({ report }) => report.passages.total).join(', ')} of ${passages}`,
    },
    {
      label: 'after no change nothing is embedded or published',
      passed: unchanged.every(({ report }) => !report.published && report.passages.embedded === 0),
      detail: `${embeddedIn(unchanged)} embedded`,
    },
    {
      label: 'after one change no more is embedded than that file has',
      passed: changed.every(({ report, passages: most }) => report.published && report.articles.changed.length === 1 && report.passages.embedded > 0 && report.passages.embedded <= most),
      detail: `${embeddedIn(changed)} embedded, of ${changed.map(({ passages: most }) => most).join(', ')}`,
    },
  ];
}

async function build(indexDir: string, folder: string, context: BenchContext, label: string): Promise<Timed> {
  const { workers, signal } = context;
  const started = performance.now();
  const report = await buildIndex({ indexDir, named: [folder], cwd: folder, calibrate, workers, signal, onProgress: ({ done }) => { context.onStep(label, Math.round(done * 1000), 1000); } });
  return { seconds: secondsSince(started), report };
}

/** As many passages at a time, and as many times at once, as an index gives to the model. */
async function embedAlone(passages: readonly PassageText[], { workers }: BenchContext): Promise<number> {
  const started = performance.now();
  const pool = await createEmbedderPool(modelSpecSchema.parse({}), { workers });
  try {
    const inFlight: Promise<unknown>[] = [];
    for (let i = 0; i < passages.length; i += BATCH) {
      if (inFlight.length === MOST_IN_FLIGHT / BATCH) await inFlight.shift();
      const embedded = pool.embedPassages(passages.slice(i, i + BATCH));
      // Awaited in order; an early failure must not count as unhandled meanwhile.
      embedded.catch(() => undefined);
      inFlight.push(embedded);
    }
    await Promise.all(inFlight);
    return secondsSince(started);
  } finally {
    await pool.close();
  }
}

function secondsSince(started: number): number {
  return (performance.now() - started) / 1000;
}

function sizes({ quick }: BenchContext): typeof SIZES {
  return quick ? QUICK_SIZES : SIZES;
}
