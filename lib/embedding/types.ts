import type { EmbeddedText } from './spec';

/** Turns texts into L2-normalised vectors of `dimensions` floats. */
export interface Embedder {
  readonly model: ModelIdentity;
  /**
   * Embeds each text on its own: a vector never depends on what else is embedded beside it.
   * @returns one Float32Array of shape [dimensions] per text, in the same order
   * @throws PilcrowError `embedding-failed` when a text has more tokens than the model takes
   *   (nothing is ever cut silently) or when the session fails
   */
  embed(texts: readonly string[], kind: EmbeddedText): Promise<Float32Array[]>;
  close(): Promise<void>;
}

/** What an index must know about the model that made it. */
export interface ModelIdentity {
  /** e.g. `all-MiniLM-L6-v2`. */
  id: string;
  dimensions: number;
  /** Most tokens of one text, special tokens included. */
  maxTokens: number;
  /** SHA-256 over weights, tokenizer, dtype, pooling and prefixes: equal hash, equal embeddings. */
  hash: string;
}
