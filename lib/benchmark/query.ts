import { createEmbedderPool, loadModel, type Embedder, type LoadedModel } from '../embedding';
import { collectGarbage } from '../garbage';
import { openCurrent, type Generation } from '../index';
import { answerFrom, createEngine, parseSearchRequest, type SearchResponse } from '../search';
import { figureOf, quantile } from './statistics';
import type { Bench, BenchContext, Figure } from './types';

const QUESTIONS = 200;
const QUICK_QUESTIONS = 40;
/** Asked first and not measured: code is compiled by then, and pages of the files are in memory. */
const WARM_UP = 20;

/** Where the time of a question goes. */
const PARTS = {
  embed: 'embedding the question',
  dense: 'search by meaning (HNSW)',
  lexical: 'search by words (FTS5)',
  rank: 'scoring, evidence, folding repeats',
  rest: 'taking the question apart, the response',
  total: 'in all',
} as const;
type Part = keyof typeof PARTS;

const PERCENTILES = { p50: 0.5, p90: 0.9, p99: 0.99 } as const;

export const query: Bench = {
  name: 'query',
  title: 'A hybrid question, asked in process: where its time goes',
  async run(context) {
    const indexDir = await context.index();
    const generation = await openCurrent(indexDir);
    const model = await loadModel(generation.manifest.model.spec);
    const engine = createEngine({ indexDir, openEmbedder: (spec) => createEmbedderPool(spec, { workers: 1 }) });
    try {
      const wanted = context.quick ? QUICK_QUESTIONS : QUESTIONS;
      const all = await context.questions(wanted + WARM_UP);
      const asked = all.slice(0, wanted);
      const clocked = new ClockedRoute(generation, model);
      const warmUps = all.length > wanted ? all.slice(wanted) : asked.slice(0, WARM_UP);
      for (const question of warmUps) await clocked.ask(question);
      // What building the index left would be collected while questions are asked.
      collectGarbage();
      const times = await askAll(asked, clocked, context);
      for (const question of warmUps) await engine.search({ q: question });
      const served: number[] = [];
      let different = 0;
      for (const [i, question] of asked.entries()) {
        context.onStep('asking as the server does', i, asked.length);
        const started = performance.now();
        const response = await engine.search({ q: question });
        served.push(performance.now() - started);
        if (!isSame(response, times.responses[i])) different++;
      }
      return {
        figures: [
          ...(Object.keys(PARTS) as Part[]).flatMap((part) => percentilesOf(part, PARTS[part], times.parts[part])),
          ...percentilesOf('served', 'as the server asks', served),
        ],
        series: [],
        checks: [
          { label: 'answers are those of the server’s engine', passed: different === 0, detail: `${asked.length - different} of ${asked.length} the same` },
        ],
        notes: [
          `${asked.length} different questions, one at a time, over ${generation.manifest.counts.passages} passages`,
          'parts: the model runs in this thread, so that nothing overlaps; reading what is scored is part of scoring',
          'as the server asks: with the model in a process of its own, which reads the question while this one searches by words',
        ],
      };
    } finally {
      await engine.close();
      await model.close();
      generation.close();
    }
  },
};

type Times = Record<Part, number>;

/** The way of every question, with a clock at what it calls: nothing of it is done otherwise here. */
class ClockedRoute {
  private spent = { dense: 0, lexical: 0 };
  private readonly generation: Generation;
  private readonly embedder: Embedder;

  constructor(generation: Generation, model: LoadedModel) {
    // Only what is called from outside is replaced; all else is the original's.
    const vectors = Object.create(generation.vectors) as Generation['vectors'];
    vectors.search = (...given) => this.clocked('dense', () => generation.vectors.search(...given));
    vectors.searchAmong = (...given) => this.clocked('dense', () => generation.vectors.searchAmong(...given));
    const store = Object.create(generation.store) as Generation['store'];
    store.matchLexical = (...given) => this.clocked('lexical', () => generation.store.matchLexical(...given));
    this.generation = { ...generation, vectors, store };
    this.embedder = lent(model);
  }

  /** ms of each part. */
  async ask(question: string): Promise<{ response: SearchResponse; times: Times }> {
    this.spent = { dense: 0, lexical: 0 };
    const started = performance.now();
    const response = await answerFrom(this.generation, parseSearchRequest({ q: question }), this.embedder, started);
    const inAll = performance.now() - started;
    const { dense, lexical } = this.spent;
    const { embedMs, retrieveMs } = response.took;
    return { response, times: { embed: embedMs, dense, lexical, rank: retrieveMs - dense - lexical, rest: inAll - embedMs - retrieveMs, total: inAll } };
  }

  private clocked<T>(part: 'dense' | 'lexical', work: () => T): T {
    const started = performance.now();
    const found = work();
    this.spent[part] += performance.now() - started;
    return found;
  }
}

async function askAll(questions: readonly string[], route: ClockedRoute, context: BenchContext): Promise<{ parts: Record<Part, number[]>; responses: SearchResponse[] }> {
  const parts: Record<Part, number[]> = { embed: [], dense: [], lexical: [], rank: [], rest: [], total: [] };
  const responses: SearchResponse[] = [];
  for (const [i, question] of questions.entries()) {
    context.onStep('asking', i, questions.length);
    const { response, times } = await route.ask(question);
    responses.push(response);
    for (const part of Object.keys(PARTS) as Part[]) parts[part].push(times[part]);
  }
  return { parts, responses };
}

function percentilesOf(key: string, label: string, times: readonly number[]): Figure[] {
  return Object.entries(PERCENTILES).map(([name, share]) => ({
    ...figureOf(times, { key: `${key}-${name}`, label: `${label}, ${name}`, unit: 'ms', better: 'lower' }),
    value: quantile(times, share),
    // Least and greatest question say nothing of how sure a percentile is.
    range: undefined,
  }));
}

/** The model for somebody who closes what they are given. */
function lent(model: LoadedModel): Embedder {
  return {
    model: model.model,
    embed: (texts, kind) => model.embed(texts, kind),
    embedQuestion: (text) => model.embedQuestion(text),
    embedPassages: (passages) => model.embedPassages(passages),
    close: async () => undefined,
  };
}

function isSame(one: SearchResponse, other: SearchResponse | undefined): boolean {
  const { took: _one, ...first } = one;
  const { took: _other, ...second } = other ?? one;
  return other !== undefined && JSON.stringify(first) === JSON.stringify(second);
}
