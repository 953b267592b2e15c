import type { Embedder, PassageText } from '../../embedding';
import { PilcrowError } from '../../errors';
import type { EmbeddingCache, PassageEmbedding } from '../store/embedding-cache';
import { quantise } from '../store/sentences';
import { GraphProcess } from '../store/graph-process';

/** Passages embedded and committed together. */
export const BATCH = 64;
/** Batches in flight besides the one that is waited for: enough that no worker waits while this thread writes. */
const IN_FLIGHT = 4;

/** What a crash can cost: passages given to the model and not committed yet, at most. */
export const MOST_IN_FLIGHT = BATCH * (IN_FLIGHT + 1);

interface Entry {
  row: number;
  text: PassageText;
  /** The graph has its vector already. */
  isKept: boolean;
  /** Called in row order. */
  onEmbedded: (embedding: PassageEmbedding) => void;
}

/**
 * Takes passages in row order, finds each embedding in the cache or has it made, and has it inserted into
 * the HNSW in the same order, so that equal input gives an equal graph. Embedding goes on in workers
 * and insertion in a process of its own meanwhile.
 */
export class EmbeddingStage {
  embedded = 0;
  fromCache = 0;
  private batch: Entry[] = [];
  private readonly inFlight: { entries: Entry[]; embeddings: Promise<PassageEmbedding[]> }[] = [];

  constructor(
    private readonly cache: EmbeddingCache,
    /** Opened when the first passages are not in the cache: so many. */
    private readonly openEmbedder: (passages: number) => Promise<Embedder>,
    /** The graph to add to; a new one is begun when there is none. */
    private made: GraphProcess | null = null,
  ) {}

  /** The HNSW of all that was inserted; null before the first insertion. */
  get graph(): GraphProcess | null {
    return this.made;
  }

  /** Resolves as soon as another passage may come. */
  async add(entry: Entry): Promise<void> {
    this.batch.push(entry);
    if (this.batch.length < BATCH) return;
    this.dispatch();
    if (this.inFlight.length > IN_FLIGHT) await this.settleOldest();
  }

  /**
   * Resolves when everything added is inserted.
   * @param onProgress called after every batch; what it throws ends the draining
   */
  async drain(onProgress: () => void): Promise<void> {
    this.dispatch();
    while (this.inFlight.length > 0) {
      await this.settleOldest();
      onProgress();
    }
  }

  /** For a run that ends early: keeps the embeddings that are being made, inserts nothing. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.inFlight.map(({ embeddings }) => embeddings));
  }

  /** Gives the graph's memory back. */
  async close(): Promise<void> {
    await this.made?.close();
    this.made = null;
  }

  private dispatch(): void {
    if (this.batch.length === 0) return;
    const entries = this.batch;
    this.batch = [];
    const embeddings = this.embed(entries);
    // Awaited in order later; an early failure must not count as unhandled meanwhile.
    embeddings.catch(() => undefined);
    this.inFlight.push({ entries, embeddings });
  }

  private async embed(entries: readonly Entry[]): Promise<PassageEmbedding[]> {
    const known = entries.map(({ text }) => this.cache.get(text));
    const missing = entries.flatMap(({ text }, i) => (known[i] === null ? [text] : []));
    this.fromCache += entries.length - missing.length;
    if (missing.length === 0) return known as PassageEmbedding[];
    const embedder = await this.openEmbedder(missing.length);
    const matrices = await embedder.embedPassages(missing);
    const made = missing.map((text, i) => ({ text, embedding: embeddingIn(matrices[i], text.sentences.length, embedder.model.dimensions) }));
    this.cache.put(made);
    this.embedded += missing.length;
    const fresh = made.values();
    return known.map((embedding) => embedding ?? (fresh.next().value as { embedding: PassageEmbedding }).embedding);
  }

  private async settleOldest(): Promise<void> {
    const oldest = this.inFlight.shift();
    if (oldest === undefined) return;
    const embeddings = await oldest.embeddings;
    await this.insert(oldest.entries.flatMap(({ row, isKept }, i) => (isKept ? [] : [{ row, vector: (embeddings[i] as PassageEmbedding).vector }])));
    for (const [i, { onEmbedded }] of oldest.entries.entries()) onEmbedded(embeddings[i] as PassageEmbedding);
  }

  private async insert(added: readonly { row: number; vector: Float32Array }[]): Promise<void> {
    const [first] = added;
    if (first === undefined) return;
    this.made ??= new GraphProcess(null, first.vector.length);
    const { dimensions } = this.made;
    const vectors = new Float32Array(added.length * dimensions);
    for (const [i, { vector }] of added.entries()) {
      if (vector.length !== dimensions) throw wrongSize(vector.length, dimensions);
      vectors.set(vector, i * dimensions);
    }
    await this.made.add(Uint32Array.from(added, ({ row }) => row), vectors);
  }
}

/** A matrix that is missing, of another shape or not of numbers would poison the cache or the graph for good. */
function embeddingIn(matrix: Float32Array | undefined, sentences: number, dimensions: number): PassageEmbedding {
  if (matrix?.length !== (1 + sentences) * dimensions) throw wrongSize(matrix?.length ?? 0, (1 + sentences) * dimensions);
  if (!matrix.every(Number.isFinite)) throw new PilcrowError('embedding-failed', 'the model gave something for a passage that is no number');
  return { vector: matrix.slice(0, dimensions), sentences: quantise(matrix.subarray(dimensions), dimensions) };
}

function wrongSize(got: number, expected: number): PilcrowError {
  return new PilcrowError('embedding-failed', `the model gave ${got} numbers for a passage instead of ${expected}`);
}
