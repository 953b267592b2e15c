import { createEmbedderPool, defaultWorkers, locateModel, modelSpecSchema, type EmbedderPool } from '../embedding';
import { openTokenizer, type Encoder } from '../embedding/tokenizer';
import { innerProduct } from '../index';
import { Child } from './child-process';
import { passagesOf, type BenchPassage } from './passages';
import { figureOf } from './statistics';
import type { Bench, BenchContext, Check, Figure } from './types';

/**
 * Passages of each measurement; what is slow gets fewer, and rates are compared. Multiples of the batch. Seven rounds,
 * as a neighbour on the same machine slows one or two, and then one side more than the other.
 */
const SIZES = { pool: 400, one: 200, plain: 96, session: 200, rounds: 7 };
const QUICK_SIZES = { pool: 60, one: 30, plain: 32, session: 30, rounds: 2 };
const BATCH = 32;
/** Both run the same weights on the same text; only the order of additions may differ. */
const SAME_FROM = 0.98;
const UNIT = 1e-3;

/** Who is measured: rates of a round, in tokens per second. */
const RUNNERS = {
  pool: 'pool',
  one: 'pool of one worker',
  single: 'plain pipeline, one by one',
  batches: `plain pipeline, batches of ${BATCH}`,
  session: 'sessions alone',
} as const;
type Runner = keyof typeof RUNNERS;

interface Measured {
  seconds: number;
  texts: number;
  tokens: number;
}

export const embedding: Bench = {
  name: 'embedding',
  title: 'Embedding: the worker pool beside the plain transformers.js pipeline',
  async run(context) {
    const run = await EmbeddingRun.open(context);
    try {
      return await run.run();
    } finally {
      await run.close();
    }
  },
};

class EmbeddingRun {
  private readonly plain = new Child();
  private readonly sessions: Child[];
  private readonly measured: Record<Runner, Measured[]> = { pool: [], one: [], single: [], batches: [], session: [] };
  /** The vectors of every run over the same passages, which must be equal. */
  private readonly matrices: Float32Array[][] = [];

  private constructor(
    private readonly context: BenchContext,
    private readonly folder: string,
    private readonly graph: string,
    private readonly tokenizer: Encoder,
    private readonly passages: readonly BenchPassage[],
    private readonly workers: number,
    private readonly pool: EmbedderPool,
    private readonly one: EmbedderPool,
  ) {
    this.sessions = Array.from({ length: workers }, () => new Child());
  }

  static async open(context: BenchContext): Promise<EmbeddingRun> {
    const spec = modelSpecSchema.parse({});
    const { folder, graph } = await locateModel(spec);
    const tokenizer = await openTokenizer(spec, folder);
    const passages = await passagesOf(context.articles(), sizes(context).pool, tokenizer, context.seed);
    const workers = context.workers ?? defaultWorkers();
    const pool = await createEmbedderPool(spec, { workers });
    return new EmbeddingRun(context, folder, graph, tokenizer, passages, workers, pool, await createEmbedderPool(spec, { workers: 1 }));
  }

  async run(): ReturnType<Bench['run']> {
    const runners = Object.keys(RUNNERS) as Runner[];
    const { rounds } = sizes(this.context);
    await this.warmUp();
    for (let round = 0; round < rounds; round++) {
      for (const [i, runner] of runners.entries()) {
        this.context.onStep('embedding', round * runners.length + i, rounds * runners.length);
        this.measured[runner].push(await this.measure(runner));
      }
    }
    const { checks, inBatches } = await this.compare();
    return { figures: [...this.figures(), inBatches], series: [], checks, notes: this.notes() };
  }

  async close(): Promise<void> {
    await Promise.all([this.pool.close(), this.one.close(), ...[this.plain, ...this.sessions].map((child) => child.end())]);
  }

  /** Whoever has loaded a model and run it once is not measured while doing so. */
  private async warmUp(): Promise<void> {
    this.context.onStep('warming up', 0, 1);
    for (const runner of Object.keys(RUNNERS) as Runner[]) await this.measure(runner);
  }

  private async measure(runner: Runner): Promise<Measured> {
    const { pool, one, plain, session } = sizes(this.context);
    if (runner === 'pool') return this.embed(this.pool, this.passages.slice(0, pool));
    if (runner === 'one') return this.embed(this.one, this.passages.slice(0, one));
    if (runner === 'session') return this.runSessions(this.passages.slice(0, session));
    const passages = this.passages.slice(0, plain);
    const { seconds } = await this.plain.ask('pipeline', { folder: this.folder, texts: passages.map(({ whole }) => whole), batch: runner === 'single' ? 1 : BATCH });
    return { seconds, ...sizeOf(passages) };
  }

  private async embed(embedder: EmbedderPool, passages: readonly BenchPassage[]): Promise<Measured> {
    const started = performance.now();
    const matrices = await embedder.embedPassages(passages.map(({ passage }) => passage), this.context.signal && { signal: this.context.signal });
    const seconds = (performance.now() - started) / 1000;
    this.matrices.push(matrices);
    return { seconds, ...sizeOf(passages) };
  }

  /** All at the same time, each a share: what they do per second is the sum of what each does. */
  private async runSessions(passages: readonly BenchPassage[]): Promise<Measured> {
    const rates = await Promise.all(this.sessions.map(async (child, i) => {
      const own = passages.filter((_, at) => at % this.sessions.length === i);
      const tokens = own.map(({ passage }) => this.tokenizer.encodePassage(passage).ids);
      const { seconds } = await child.ask('session', { graph: this.graph, tokens });
      return seconds === 0 ? 0 : sizeOf(own).tokens / seconds;
    }));
    const size = sizeOf(passages);
    return { seconds: size.tokens / rates.reduce((sum, rate) => sum + rate, 0), ...size };
  }

  private figures(): Figure[] {
    const rates = (runner: Runner, of: 'texts' | 'tokens') => this.measured[runner].map((one) => one[of] / one.seconds);
    const each = (Object.entries(RUNNERS) as [Runner, string][]).flatMap(([runner, label]) => [
      figureOf(rates(runner, 'texts'), { key: `${runner}-passages`, label: `${label}, passages`, unit: '/s', better: 'higher' }),
      figureOf(rates(runner, 'tokens'), { key: `${runner}-tokens`, label: `${label}, tokens`, unit: 'tokens/s', better: 'higher' }),
    ]);
    const ratio = (to: Runner) => rates('pool', 'tokens').map((rate, round) => rate / (rates(to, 'tokens')[round] ?? NaN));
    return [
      ...each,
      figureOf(ratio('single'), { key: 'pool-to-single', label: 'pool ÷ one by one', unit: '×', better: 'higher' }),
      figureOf(ratio('batches'), { key: 'pool-to-batches', label: `pool ÷ batches of ${BATCH}`, unit: '×', better: 'higher' }),
      figureOf(ratio('session'), { key: 'pool-of-session', label: 'share of the raw session', unit: 'share', better: 'higher' }),
    ];
  }

  /** Whether what was fast was right. */
  private async compare(): Promise<{ checks: Check[]; inBatches: Figure }> {
    const passages = this.passages.slice(0, sizes(this.context).plain);
    const texts = passages.map(({ text }) => text);
    const ours = await this.pool.embed(texts, 'passage');
    const cosines = async (batch: number) => {
      const { vectors } = await this.plain.ask('pipeline', { folder: this.folder, texts, batch });
      return ours.map((vector, i) => innerProduct(vector, Float32Array.from(vectors[i] ?? [])));
    };
    const least = Math.min(...(await cosines(1)));
    const { dimensions } = this.pool.model;
    const lengths = (this.matrices[0] ?? []).map((matrix) => Math.hypot(...matrix.subarray(0, dimensions)));
    const furthest = Math.max(...lengths.map((length) => Math.abs(length - 1)));
    const equal = this.matrices.every((matrices) => matrices.every((matrix, i) => isSame(matrix, this.matrices[0]?.[i])));
    return {
      checks: [
        { label: 'the pool’s vectors are the plain pipeline’s', passed: least >= SAME_FROM, detail: `least cosine of ${texts.length} texts ${least.toFixed(4)}` },
        { label: 'vectors are of unit length', passed: furthest <= UNIT, detail: `furthest off by ${furthest.toExponential(1)}` },
        { label: 'every run gives the same vectors', passed: equal, detail: `${this.matrices.length} runs, those of one worker among them` },
      ],
      inBatches: figureOf(await cosines(BATCH), { key: 'batches-cosine', label: `cosine to vectors made in batches of ${BATCH}`, unit: 'share', better: null }),
    };
  }

  private notes(): string[] {
    const { one, plain, session, rounds } = sizes(this.context);
    const most = (count: number) => Math.min(count, this.passages.length);
    const { texts, tokens } = sizeOf(this.passages);
    return [
      `${texts} passages of ${this.context.corpus}, ${Math.round(tokens / texts)} tokens each on average, title included; ${most(one)} of them for one worker, ${most(plain)} for the plain pipeline, ${most(session)} for the sessions alone`,
      `${rounds} rounds, all in turn in each; ratios are of tokens per second within a round`,
      `the pool has ${this.workers} workers and makes a vector of each sentence, too; the plain pipeline has the same int8 weights, the threads it takes by itself, and mean pooling`,
      `sessions alone: ${this.workers} processes of one thread at the same time, fed with tokens; their rates are added`,
      'in batches the plain pipeline quantises texts together, so that vectors depend on their neighbours; padding is not counted as tokens',
    ];
  }
}

function sizes({ quick }: BenchContext): typeof SIZES {
  return quick ? QUICK_SIZES : SIZES;
}

function sizeOf(passages: readonly BenchPassage[]): { texts: number; tokens: number } {
  return { texts: passages.length, tokens: passages.reduce((sum, { tokens }) => sum + tokens, 0) };
}

function isSame(a: Float32Array, b: Float32Array | undefined): boolean {
  return b !== undefined && a.length === b.length && a.every((value, i) => value === b[i]);
}
