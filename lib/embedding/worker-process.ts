import type { ChildProcess } from 'node:child_process';
import { unpackError } from '../errors';
import { startProcess } from '../own-process';
import type { Answer, Request, Work, WorkerStart } from './messages';
import type { ModelIdentity } from './types';

/** A worker ended before it answered. */
export class WorkerDeath extends Error {
  override readonly name = 'WorkerDeath';
}

interface Waiting {
  resolve: (vectors: Float32Array[]) => void;
  reject: (reason: unknown) => void;
}

/**
 * One worker as its pool sees it: requests go in, each answered or rejected.
 *
 * A process, not a thread: onnxruntime-node keeps references to one JavaScript environment in static
 * variables, so that sessions in several worker_threads corrupt the heap when one of them ends.
 */
export class WorkerProcess {
  /** Resolves when the worker has loaded its model; rejects with why it cannot, or `WorkerDeath`. */
  readonly ready: Promise<ModelIdentity>;
  /** Resolves when the process is gone, for whatever reason. */
  readonly gone: Promise<void>;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  constructor(script: string | URL, start: WorkerStart) {
    const { child, ended: ending } = startProcess(script);
    this.#child = child;
    const ended = ending.then((end) =>
      'how' in end ? new WorkerDeath(`an embedding worker ended with ${end.how}`) : new WorkerDeath('an embedding worker could not be started', end),
    );
    this.gone = ended.then((death) => {
      for (const { reject } of this.#waiting.values()) reject(death);
      this.#waiting.clear();
    });
    this.ready = new Promise((resolve, reject) => {
      this.#child.on('message', (answer: Answer) => {
        if (answer.type === 'ready') resolve(answer.model);
        else if (answer.type === 'unusable') reject(unpackError(answer.error));
        else this.#settle(answer);
      });
      void ended.then(reject);
    });
    // Whoever awaits it gets the rejection; when nobody does, it is no unhandled one.
    this.ready.catch(() => undefined);
    this.#send(start);
  }

  /** Requests sent and not answered. */
  get load(): number {
    return this.#waiting.size;
  }

  /** @throws WorkerDeath (as a rejection), or the PilcrowError that the worker answers with */
  embed(work: Work): Promise<Float32Array[]> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#send({ id, work });
    });
  }

  /** Decides whether the worker keeps this process alive. */
  hold(holds: boolean): void {
    for (const handle of [this.#child, this.#child.channel]) {
      if (holds) handle?.ref();
      else handle?.unref();
    }
  }

  /** Ends the worker at once; it holds nothing that could be lost. */
  async terminate(): Promise<void> {
    // Waited for: this process must not end before.
    this.hold(true);
    this.#child.kill('SIGKILL');
    await this.gone;
  }

  #send(message: WorkerStart | Request): void {
    // A message that does not arrive means a worker that is ending, which `gone` takes care of.
    this.#child.send(message, () => undefined);
  }

  #settle(answer: Extract<Answer, { id: number }>): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    // Copied: as they arrive, the vectors of one message share a buffer.
    if (answer.type === 'embedded') waiting?.resolve(answer.vectors.map((vector) => new Float32Array(vector)));
    else waiting?.reject(unpackError(answer.error));
  }
}
