import type { EmbeddedText, PassageText } from './spec';

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
  /** Embeds one question, before any passage that waits. @throws PilcrowError `query-too-long` and as `embed` */
  embedQuestion(text: string): Promise<EmbeddedQuestion>;
  /**
   * Embeds passages and each of their sentences. The model reads a passage once, with its context, and each
   * vector is pooled from the tokens of its sentence ("late chunking", Günther et al. 2024), so that a
   * sentence costs nothing and "it" in it still means what it means there. Of a model that is not pooled by
   * mean, every sentence is run on its own.
   *
   * @returns for each passage a matrix of shape [1 + sentences, dimensions], row by row: the passage's
   *   L2-normalised vector, then for each sentence the sum of its tokens' states, of any length (two
   *   neighbours' sum is the vector of both together; a sentence without tokens is zero)
   * @throws PilcrowError as `embed`
   */
  embedPassages(passages: readonly PassageText[]): Promise<Float32Array[]>;
  close(): Promise<void>;
}

export interface EmbeddedQuestion {
  /** Shape [dimensions], L2-normalised. */
  vector: Float32Array;
  /**
   * How well the model knows the question's words, 0 to 1: English ones about 1 for an English model, German and
   * Spanish .6 to .7, Chinese .3.
   */
  familiarity: number;
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
