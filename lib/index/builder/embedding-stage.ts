import type { Embedder } from '../../embedding';
import { PilcrowError } from '../../errors';
import type { EmbeddingCache } from '../store/embedding-cache';
import { VectorIndex } from '../store/vectors';

/** Passages embedded and committed together: a crash loses at most those in flight. */
const BATCH = 64;
/** Batches in flight: enough that no worker waits while vectors are inserted on this thread. */
const IN_FLIGHT = 4;

interface Entry {
  row: number;
  text: string;
}

/**
 * Takes passages in row order, finds each embedding in the cache or has it made, and inserts it into
 * the HNSW in the same order, so that equal input gives an equal graph. Embedding goes on in workers
 * while this thread inserts.
 */
export class EmbeddingStage {
  embedded = 0;
  fromCache = 0;
  private graph: VectorIndex | null = null;
  private batch: Entry[] = [];
  private readonly inFlight: { entries: Entry[]; vectors: Promise<Float32Array[]> }[] = [];

  constructor(
    private readonly cache: EmbeddingCache,
    /** Opened when the first passage is not in the cache. */
    private readonly openEmbedder: () => Promise<Embedder>,
  ) {}

  /** The HNSW of all that was inserted; null before the first insertion. */
  get vectors(): VectorIndex | null {
    return this.graph;
  }

  /** Resolves as soon as another passage may come. */
  async add(row: number, text: string): Promise<void> {
    this.batch.push({ row, text });
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
    await Promise.allSettled(this.inFlight.map(({ vectors }) => vectors));
  }

  /** Gives the graph's memory back. */
  close(): void {
    this.graph?.close();
    this.graph = null;
  }

  private dispatch(): void {
    if (this.batch.length === 0) return;
    const entries = this.batch;
    this.batch = [];
    const vectors = this.embed(entries);
    // Awaited in order later; an early failure must not count as unhandled meanwhile.
    vectors.catch(() => undefined);
    this.inFlight.push({ entries, vectors });
  }

  private async embed(entries: readonly Entry[]): Promise<Float32Array[]> {
    const known = entries.map(({ text }) => this.cache.get(text));
    const missing = entries.flatMap(({ text }, i) => (known[i] === null ? [text] : []));
    this.fromCache += entries.length - missing.length;
    if (missing.length === 0) return known as Float32Array[];
    const embedder = await this.openEmbedder();
    const made = await embedder.embed(missing, 'passage');
    this.cache.put(missing.map((text, i) => ({ text, vector: vectorAt(made, i, embedder.model.dimensions) })));
    this.embedded += missing.length;
    let next = 0;
    return known.map((vector) => vector ?? vectorAt(made, next++, embedder.model.dimensions));
  }

  private async settleOldest(): Promise<void> {
    const oldest = this.inFlight.shift();
    if (oldest === undefined) return;
    const vectors = await oldest.vectors;
    for (const [i, { row }] of oldest.entries.entries()) {
      const { graph } = this;
      const vector = vectorAt(vectors, i, graph?.dimensions);
      this.graph = graph ?? VectorIndex.create(vector.length);
      this.graph.add(row, vector);
    }
  }
}

/** A vector that is missing or of another length would poison the cache or the graph for good. */
function vectorAt(vectors: readonly Float32Array[], i: number, dimensions: number | undefined): Float32Array {
  const vector = vectors[i];
  if (vector === undefined || vector.length === 0 || (dimensions !== undefined && vector.length !== dimensions)) {
    throw new PilcrowError('embedding-failed', `the model gave ${vector?.length ?? 'no'} numbers for a passage instead of ${dimensions ?? 'some'}`);
  }
  return vector;
}
