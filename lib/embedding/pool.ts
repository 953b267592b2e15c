import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { PilcrowError } from '../errors';
import { packageRoot } from '../package-root';
import { type Chunk, Job } from './job';
import { locateModel } from './locate';
import type { WorkerStart } from './messages';
import type { EmbedOptions } from './model';
import type { EmbeddedText, ModelSpec } from './spec';
import type { Embedder, ModelIdentity } from './types';
import { WorkerDeath, WorkerThread } from './worker-thread';

export interface PoolOptions {
  /**
   * Worker threads, at least 1, each with a copy of the model (some 120 MB). Default: what
   * os.availableParallelism() says, which counts hardware threads where physical cores would do, and
   * no more than 8.
   */
  workers?: number | undefined;
  /** The worker's script; default dist/embedding-worker.mjs. */
  workerUrl?: string | URL | undefined;
}

/** Models in several threads. */
export interface EmbedderPool extends Embedder {
  embed(texts: readonly string[], kind: EmbeddedText, options?: EmbedOptions): Promise<Float32Array[]>;
}

/** Memory, not speed, is what ends first with many workers. */
const MOST_DEFAULT_WORKERS = 8;

/** Chunks of passages that a worker holds: while it works on one, the next is there already. */
const CHUNKS_PER_WORKER = 2;

/** A chunk is given to a second worker when its first dies, and to no third. */
const MOST_DEATHS = 2;

/**
 * Starts worker threads that embed in parallel. Questions go before passages, and calls of `embed`
 * with passages take turns. An idle pool does not keep the process alive.
 *
 * @returns the pool, as soon as its first worker can work
 * @throws PilcrowError `usage` when `workers` is no positive integer, and as `loadModel`
 */
export async function createEmbedderPool(spec: ModelSpec, options: PoolOptions = {}): Promise<EmbedderPool> {
  const workers = options.workers ?? Math.min(availableParallelism(), MOST_DEFAULT_WORKERS);
  if (!Number.isInteger(workers) || workers < 1) {
    throw new PilcrowError('usage', `workers must be a positive integer, got ${workers}`);
  }
  const url = options.workerUrl ?? builtWorker();
  const start: WorkerStart = { spec, located: await locateModel(spec) };
  const threads = Array.from({ length: workers }, () => new WorkerThread(url, start));
  try {
    const model = await Promise.any(threads.map(({ ready }) => ready));
    return new Pool(model, threads, () => new WorkerThread(url, start));
  } catch (thrown) {
    await Promise.all(threads.map((thread) => thread.terminate()));
    throw startFailure(thrown instanceof AggregateError ? thrown.errors[0] : thrown);
  }
}

class Pool implements EmbedderPool {
  /** Workers that can be given work. */
  readonly #threads = new Set<WorkerThread>();
  /** Workers that are still loading the model. */
  readonly #starting = new Set<WorkerThread>();
  readonly #jobs = new Set<Job>();
  /** Chunks that go before all others: of a worker that died. */
  readonly #again: Chunk[] = [];
  #closed = false;

  constructor(
    readonly model: ModelIdentity,
    threads: readonly WorkerThread[],
    private readonly startThread: () => WorkerThread,
  ) {
    for (const thread of threads) this.#adopt(thread);
    this.#holdProcess();
  }

  embed(texts: readonly string[], kind: EmbeddedText, options: EmbedOptions = {}): Promise<Float32Array[]> {
    if (this.#closed) return Promise.reject(closed());
    if (texts.length === 0) return Promise.resolve([]);
    const job = new Job(kind, texts, options.signal);
    this.#jobs.add(job);
    const forget = () => {
      this.#jobs.delete(job);
      this.#holdProcess();
    };
    job.result.then(forget, forget);
    // None is left only after a worker died and its successor did not come up.
    if (this.#threads.size + this.#starting.size === 0) this.#adopt(this.startThread());
    this.#holdProcess();
    this.#distribute();
    return job.result;
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#jobs) job.fail(closed());
    await Promise.all([...this.#threads, ...this.#starting].map((thread) => thread.terminate()));
  }

  #adopt(thread: WorkerThread): void {
    this.#starting.add(thread);
    thread.ready.then(
      () => {
        this.#starting.delete(thread);
        this.#threads.add(thread);
        void thread.gone.then(() => this.#replace(thread));
        this.#distribute();
      },
      (reason: unknown) => {
        this.#starting.delete(thread);
        void thread.terminate();
        // Not tried again before the next call: what keeps one from starting would keep the next.
        if (this.#threads.size + this.#starting.size === 0) this.#failAll(startFailure(reason));
      },
    );
  }

  #replace(thread: WorkerThread): void {
    this.#threads.delete(thread);
    if (this.#closed) return;
    this.#adopt(this.startThread());
    this.#holdProcess();
  }

  /** Gives out as much work as the workers should hold. */
  #distribute(): void {
    for (;;) {
      const thread = this.#leastLoaded();
      if (thread === undefined) return;
      const chunk = this.#next('query') ?? (thread.load < CHUNKS_PER_WORKER ? this.#next('passage') : undefined);
      if (chunk === undefined) return;
      void this.#run(thread, chunk);
    }
  }

  #leastLoaded(): WorkerThread | undefined {
    let least: WorkerThread | undefined;
    for (const thread of this.#threads) {
      if (least === undefined || thread.load < least.load) least = thread;
    }
    return least;
  }

  #next(kind: EmbeddedText): Chunk | undefined {
    const again = this.#again.findIndex(({ job }) => job.kind === kind);
    if (again >= 0) return this.#again.splice(again, 1)[0];
    for (const job of this.#jobs) {
      const chunk = job.kind === kind ? job.waiting.shift() : undefined;
      if (chunk === undefined) continue;
      // To the back of the line: jobs take turns.
      this.#jobs.delete(job);
      this.#jobs.add(job);
      return chunk;
    }
    return undefined;
  }

  async #run(thread: WorkerThread, chunk: Chunk): Promise<void> {
    try {
      chunk.job.complete(chunk, await thread.embed(chunk.texts, chunk.job.kind));
    } catch (thrown) {
      if (thrown instanceof WorkerDeath && !this.#closed) {
        this.#threads.delete(thread);
        this.#retry(chunk, thrown);
      } else chunk.job.fail(thrown);
    }
    this.#distribute();
  }

  #retry(chunk: Chunk, death: WorkerDeath): void {
    chunk.deaths++;
    if (!this.#jobs.has(chunk.job)) return; // given up meanwhile
    if (chunk.deaths < MOST_DEATHS) {
      this.#again.push(chunk);
      return;
    }
    const { texts, start } = chunk;
    const which = texts.length === 1 ? `text ${start + 1}` : `texts ${start + 1} to ${start + texts.length}`;
    chunk.job.fail(
      new PilcrowError('embedding-failed', `two embedding workers died over ${which} of a call`, 'free some memory or use fewer workers', { cause: death }),
    );
  }

  #failAll(reason: PilcrowError): void {
    this.#again.length = 0;
    for (const job of this.#jobs) job.fail(reason);
  }

  #holdProcess(): void {
    for (const thread of [...this.#threads, ...this.#starting]) thread.hold(this.#jobs.size > 0);
  }
}

function builtWorker(): string {
  const path = join(packageRoot(), 'dist', 'embedding-worker.mjs');
  if (!existsSync(path)) throw new PilcrowError('internal', `${path} is missing`, 'run `npm run build`');
  return path;
}

/** Why no worker came up. */
function startFailure(reason: unknown): PilcrowError {
  if (reason instanceof PilcrowError) return reason;
  return new PilcrowError('embedding-failed', 'an embedding worker could not start', 'free some memory or use fewer workers', { cause: reason });
}

function closed(): PilcrowError {
  return new PilcrowError('embedding-failed', 'the embedder was closed');
}
