import { Worker } from 'node:worker_threads';
import { type Answer, type Request, type WorkerStart, unpackError } from './messages';
import type { EmbeddedText } from './spec';
import type { ModelIdentity } from './types';

/** A worker ended before it answered. */
export class WorkerDeath extends Error {
  override readonly name = 'WorkerDeath';
}

interface Waiting {
  resolve: (vectors: Float32Array[]) => void;
  reject: (reason: unknown) => void;
}

/** One worker as its pool sees it: requests go in, each answered or rejected. */
export class WorkerThread {
  /** Resolves when the worker has loaded its model; rejects with why it cannot, or `WorkerDeath`. */
  readonly ready: Promise<ModelIdentity>;
  /** Resolves when the thread is gone, for whatever reason. */
  readonly gone: Promise<void>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  constructor(url: string | URL, start: WorkerStart) {
    // The bundle is plain JavaScript: flags for whatever runs this thread are not meant for it.
    this.#worker = new Worker(url, { workerData: start, execArgv: [] });
    let cause: unknown;
    this.#worker.on('error', (error) => (cause = error));
    this.gone = new Promise((resolve) => this.#worker.once('exit', () => resolve()));
    this.ready = new Promise((resolve, reject) => {
      this.#worker.on('message', (answer: Answer) => {
        if (answer.type === 'ready') resolve(answer.model);
        else if (answer.type === 'unusable') reject(unpackError(answer.error));
        else this.#settle(answer);
      });
      this.#worker.once('exit', (code) => {
        const death = new WorkerDeath(`an embedding worker ended with code ${code}`, { cause });
        reject(death);
        for (const { reject: rejectOne } of this.#waiting.values()) rejectOne(death);
        this.#waiting.clear();
      });
    });
    // Whoever awaits it gets the rejection; when nobody does, it is no unhandled one.
    this.ready.catch(() => undefined);
  }

  /** Requests sent and not answered. */
  get load(): number {
    return this.#waiting.size;
  }

  embed(texts: readonly string[], kind: EmbeddedText): Promise<Float32Array[]> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, texts, kind } satisfies Request);
    });
  }

  /** Decides whether the thread keeps the process alive. */
  hold(holds: boolean): void {
    if (holds) this.#worker.ref();
    else this.#worker.unref();
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  #settle(answer: Extract<Answer, { id: number }>): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (answer.type === 'embedded') waiting?.resolve(answer.vectors);
    else waiting?.reject(unpackError(answer.error));
  }
}
