import { interrupted } from './interrupted';
import type { EmbeddedText } from './spec';

/** Texts that go to a worker together. */
export interface Chunk {
  readonly job: Job;
  /** Place of the first text within the job. */
  readonly start: number;
  readonly texts: readonly string[];
  /** Workers that died over it. */
  deaths: number;
}

/**
 * Most characters of a chunk of several passages: some 400 tokens, 25 ms of work. Large enough that
 * messages cost nothing beside it, small enough that workers end together.
 */
const CHUNK_CHARACTERS = 2000;

/** One call of `embed`: cut into chunks, and put together again in order. */
export class Job {
  readonly result: Promise<Float32Array[]>;
  /** Chunks that no worker has been given yet, in order. */
  readonly waiting: Chunk[];
  readonly #vectors: Float32Array[];
  #missing: number;
  #resolve!: (vectors: Float32Array[]) => void;
  #reject!: (reason: unknown) => void;

  constructor(
    readonly kind: EmbeddedText,
    texts: readonly string[],
    signal: AbortSignal | undefined,
  ) {
    this.#vectors = new Array<Float32Array>(texts.length);
    this.#missing = texts.length;
    this.waiting = cut(this, texts);
    this.result = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    if (signal === undefined) return;
    const abort = () => this.fail(interrupted(signal));
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    const forget = () => signal.removeEventListener('abort', abort);
    this.result.then(forget, forget);
  }

  complete(chunk: Chunk, vectors: readonly Float32Array[]): void {
    vectors.forEach((vector, i) => (this.#vectors[chunk.start + i] = vector));
    this.#missing -= vectors.length;
    if (this.#missing === 0) this.#resolve(this.#vectors);
  }

  /** Rejects the job; what is still waiting is not done. */
  fail(reason: unknown): void {
    this.waiting.length = 0;
    this.#reject(reason);
  }
}

function cut(job: Job, texts: readonly string[]): Chunk[] {
  const chunks: Chunk[] = [];
  for (let start = 0; start < texts.length; ) {
    let end = start + 1;
    let characters = (texts[start] as string).length;
    while (end < texts.length && (characters += (texts[end] as string).length) <= CHUNK_CHARACTERS) end++;
    chunks.push({ job, start, texts: texts.slice(start, end), deaths: 0 });
    start = end;
  }
  return chunks;
}
