import { availableParallelism } from 'node:os';
import { PilcrowError } from '../errors';
import { builtScript } from '../own-process';
import { type Chunk, Job } from './job';
import { locateModel } from './locate';
import { type Work, type WorkerStart, unpackQuestion } from './messages';
import type { EmbedOptions } from './model';
import type { EmbeddedText, ModelSpec, PassageText } from './spec';
import type { EmbeddedQuestion, Embedder, ModelIdentity } from './types';
import { WorkerDeath, WorkerProcess } from './worker-process';

export interface PoolOptions {
  /**
   * Worker processes, at least 1, each with a copy of the model (some 160 MB). Default: what
   * os.availableParallelism() says, which counts hardware threads where physical cores would do, and
   * no more than 8.
   */
  workers?: number | undefined;
  /**
   * How many of them to start at once; the others start when passages wait for them. Default: all. For a few
   * passages one is soonest done: workers that load the model side by side keep each other waiting.
   */
  startWith?: number | undefined;
  /** The worker's script; default dist/embedding-worker.mjs. */
  workerUrl?: string | URL | undefined;
}

/** Models in several processes. */
export interface EmbedderPool extends Embedder {
  embed(texts: readonly string[], kind: EmbeddedText, options?: EmbedOptions): Promise<Float32Array[]>;
  embedPassages(passages: readonly PassageText[], options?: EmbedOptions): Promise<Float32Array[]>;
}

/** Memory, not speed, is what ends first with many workers. */
const MOST_DEFAULT_WORKERS = 8;

/** Workers of a pool that is told no number. */
export function defaultWorkers(): number {
  return Math.min(availableParallelism(), MOST_DEFAULT_WORKERS);
}

/** Chunks of passages that a worker holds: while it works on one, the next is there already. */
const CHUNKS_PER_WORKER = 2;

/** Chunks that must wait for another worker to be started: it takes as long as they do, some half a second. */
const CHUNKS_FOR_ANOTHER = 20;

/** A chunk is given to a second worker when its first dies, and to no third. */
const MOST_DEATHS = 2;

/**
 * Starts worker processes that embed in parallel. Questions go before passages, and calls of `embed`
 * with passages take turns. An idle pool does not keep the process alive.
 *
 * @returns the pool, as soon as its first worker can work
 * @throws PilcrowError `usage` when `workers` is no positive integer, and as `loadModel`
 */
export async function createEmbedderPool(spec: ModelSpec, options: PoolOptions = {}): Promise<EmbedderPool> {
  const workers = options.workers ?? defaultWorkers();
  if (!Number.isInteger(workers) || workers < 1) {
    throw new PilcrowError('usage', `workers must be a positive integer, got ${workers}`);
  }
  const url = options.workerUrl ?? builtScript('embedding-worker');
  const start: WorkerStart = { spec, located: await locateModel(spec) };
  const started = Array.from({ length: Math.min(workers, options.startWith ?? workers) }, () => new WorkerProcess(url, start));
  try {
    const model = await Promise.any(started.map(({ ready }) => ready));
    return new Pool(model, started, workers, () => new WorkerProcess(url, start));
  } catch (thrown) {
    await Promise.all(started.map((worker) => worker.terminate()));
    throw startFailure(thrown instanceof AggregateError ? thrown.errors[0] : thrown);
  }
}

class Pool implements EmbedderPool {
  /** Workers that can be given work. */
  readonly #workers = new Set<WorkerProcess>();
  /** Workers that are still loading the model. */
  readonly #starting = new Set<WorkerProcess>();
  readonly #jobs = new Set<Job>();
  /** Chunks of workers that died. They go before all others, each to a worker that does nothing else. */
  readonly #again: Chunk[] = [];
  /** Workers that do such a chunk: if they die of it, nothing of others' is lost a second time. */
  readonly #apart = new Set<WorkerProcess>();
  #closed = false;

  constructor(
    readonly model: ModelIdentity,
    started: readonly WorkerProcess[],
    private readonly mostWorkers: number,
    private readonly startWorker: () => WorkerProcess,
  ) {
    for (const worker of started) this.#adopt(worker);
  }

  embed(texts: readonly string[], kind: EmbeddedText, options: EmbedOptions = {}): Promise<Float32Array[]> {
    return texts.length === 0 ? Promise.resolve([]) : this.#do({ texts, kind }, options);
  }

  async embedQuestion(text: string): Promise<EmbeddedQuestion> {
    const [packed = new Float32Array(0)] = await this.#do({ question: text }, {});
    return unpackQuestion(packed);
  }

  embedPassages(passages: readonly PassageText[], options: EmbedOptions = {}): Promise<Float32Array[]> {
    return passages.length === 0 ? Promise.resolve([]) : this.#do({ passages }, options);
  }

  #do(work: Work, { signal }: EmbedOptions): Promise<Float32Array[]> {
    if (this.#closed) return Promise.reject(closed());
    const job = new Job(work, signal);
    this.#jobs.add(job);
    const forget = () => {
      this.#jobs.delete(job);
      this.#holdProcess();
    };
    job.result.then(forget, forget);
    // None is left only after a worker died and its successor did not come up.
    if (this.#workers.size + this.#starting.size === 0) this.#adopt(this.startWorker());
    this.#holdProcess();
    this.#distribute();
    return job.result;
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#jobs) job.fail(closed());
    await Promise.all([...this.#workers, ...this.#starting].map((worker) => worker.terminate()));
  }

  #adopt(worker: WorkerProcess): void {
    this.#starting.add(worker);
    this.#holdProcess();
    worker.ready.then(
      () => {
        this.#starting.delete(worker);
        this.#workers.add(worker);
        void worker.gone.then(() => this.#replace(worker));
        this.#distribute();
      },
      (reason: unknown) => {
        this.#starting.delete(worker);
        void worker.terminate();
        // Not tried again before the next call: what keeps one from starting would keep the next.
        if (this.#workers.size + this.#starting.size === 0) this.#failAll(startFailure(reason));
      },
    );
  }

  #replace(worker: WorkerProcess): void {
    this.#workers.delete(worker);
    if (this.#closed) return;
    this.#adopt(this.startWorker());
  }

  /** Gives out as much work as the workers should hold. */
  #distribute(): void {
    for (let worker = this.#leastLoaded(); worker !== undefined; worker = this.#leastLoaded()) {
      const chunk = this.#nextFor(worker);
      if (chunk === undefined) break;
      if (chunk.deaths > 0) this.#apart.add(worker);
      void this.#run(worker, chunk);
    }
    this.#grow();
  }

  /** Starts as many more workers as have passages waiting for them. */
  #grow(): void {
    let waiting = 0;
    for (const { isQuestion, waiting: chunks } of this.#jobs) if (!isQuestion) waiting += chunks.length;
    const isShort = () => this.#workers.size + this.#starting.size < this.mostWorkers && waiting > (1 + this.#starting.size) * CHUNKS_FOR_ANOTHER;
    while (isShort()) this.#adopt(this.startWorker());
  }

  #nextFor(worker: WorkerProcess): Chunk | undefined {
    if (worker.load === 0 && this.#again.length > 0) return this.#again.shift();
    return this.#next(true) ?? (worker.load < CHUNKS_PER_WORKER ? this.#next(false) : undefined);
  }

  #leastLoaded(): WorkerProcess | undefined {
    let least: WorkerProcess | undefined;
    for (const worker of this.#workers) {
      if (this.#apart.has(worker)) continue;
      if (least === undefined || worker.load < least.load) least = worker;
    }
    return least;
  }

  #next(isQuestion: boolean): Chunk | undefined {
    for (const job of this.#jobs) {
      const chunk = job.isQuestion === isQuestion ? job.waiting.shift() : undefined;
      if (chunk === undefined) continue;
      // To the back of the line: jobs take turns.
      this.#jobs.delete(job);
      this.#jobs.add(job);
      return chunk;
    }
    return undefined;
  }

  async #run(worker: WorkerProcess, chunk: Chunk): Promise<void> {
    try {
      chunk.job.complete(chunk, await worker.embed(chunk.work));
    } catch (thrown) {
      if (thrown instanceof WorkerDeath && !this.#closed) {
        this.#workers.delete(worker);
        this.#retry(chunk, thrown);
      } else chunk.job.fail(thrown);
    }
    this.#apart.delete(worker);
    this.#distribute();
  }

  #retry(chunk: Chunk, death: WorkerDeath): void {
    chunk.deaths++;
    if (!this.#jobs.has(chunk.job)) return; // given up meanwhile
    if (chunk.deaths < MOST_DEATHS) {
      this.#again.push(chunk);
      return;
    }
    const { size, start } = chunk;
    const which = size === 1 ? `text ${start + 1}` : `texts ${start + 1} to ${start + size}`;
    chunk.job.fail(
      new PilcrowError('embedding-failed', `two embedding workers died over ${which} of a call`, 'free some memory or use fewer workers', { cause: death }),
    );
  }

  #failAll(reason: PilcrowError): void {
    this.#again.length = 0;
    for (const job of this.#jobs) job.fail(reason);
  }

  #holdProcess(): void {
    for (const worker of [...this.#workers, ...this.#starting]) worker.hold(this.#closed || this.#jobs.size > 0);
  }
}

/** Why no worker came up. */
function startFailure(reason: unknown): PilcrowError {
  if (reason instanceof PilcrowError) return reason;
  return new PilcrowError('embedding-failed', 'an embedding worker could not start', 'free some memory or use fewer workers', { cause: reason });
}

function closed(): PilcrowError {
  return new PilcrowError('embedding-failed', 'the embedder was closed');
}
