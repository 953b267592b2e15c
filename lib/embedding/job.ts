import { interrupted } from './interrupted';
import type { Work } from './messages';
import type { PassageText } from './spec';

/** Texts that go to a worker together. */
export interface Chunk {
  readonly job: Job;
  /** Place of the first text within the job. */
  readonly start: number;
  readonly size: number;
  readonly work: Work;
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
  /** Questions go before passages. */
  readonly isQuestion: boolean;
  readonly result: Promise<Float32Array[]>;
  /** Chunks that no worker has been given yet, in order. */
  readonly waiting: Chunk[];
  readonly #vectors: Float32Array[];
  #missing: number;
  #resolve!: (vectors: Float32Array[]) => void;
  #reject!: (reason: unknown) => void;

  constructor(work: Work, signal: AbortSignal | undefined) {
    const sizes = sizesOf(work);
    this.isQuestion = 'question' in work || ('kind' in work && work.kind === 'query');
    this.#vectors = new Array<Float32Array>(sizes.length);
    this.#missing = sizes.length;
    this.waiting = cut(this, work, sizes);
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

function cut(job: Job, work: Work, sizes: readonly number[]): Chunk[] {
  const chunks: Chunk[] = [];
  for (let start = 0; start < sizes.length; ) {
    let end = start + 1;
    let characters = sizes[start] as number;
    while (end < sizes.length && (characters += sizes[end] as number) <= CHUNK_CHARACTERS) end++;
    chunks.push({ job, start, size: end - start, work: part(work, start, end), deaths: 0 });
    start = end;
  }
  return chunks;
}

function part(work: Work, start: number, end: number): Work {
  if ('question' in work) return work;
  return 'passages' in work ? { passages: work.passages.slice(start, end) } : { ...work, texts: work.texts.slice(start, end) };
}

/** Characters of each text. */
function sizesOf(work: Work): number[] {
  if ('question' in work) return [work.question.length];
  return 'passages' in work ? work.passages.map(sizeOf) : work.texts.map(({ length }) => length);
}

function sizeOf({ context, sentences }: PassageText): number {
  return sentences.reduce((characters, { length }) => characters + length, context.length);
}
