import type { PackedError } from '../errors';
import type { LocatedModel } from './locate';
import type { EmbeddedText, ModelSpec, PassageText } from './spec';
import type { ModelIdentity } from './types';

/** To a worker, first of all. */
export interface WorkerStart {
  spec: ModelSpec;
  located: LocatedModel;
}

/** To a worker, ever after. Its answers carry the same `id`, in whatever order they get done. */
export type Request = { id: number; work: Work };

/** Plain texts of one kind, passages with their sentences, or a question. */
export type Work = { texts: readonly string[]; kind: EmbeddedText } | { passages: readonly PassageText[] } | { question: string };

/** From a worker: once `ready` or `unusable`, then one of the others for each request. */
export type Answer =
  | { type: 'ready'; model: ModelIdentity }
  | { type: 'unusable'; error: PackedError }
  | { type: 'embedded'; id: number; vectors: Float32Array[] }
  | { type: 'failed'; id: number; error: PackedError };

/** An embedded question as one array: what else travels is one array for each text, too. */
export function packQuestion(vector: Float32Array, familiarity: number): Float32Array {
  return Float32Array.of(...vector, familiarity);
}

export function unpackQuestion(packed: Float32Array): { vector: Float32Array; familiarity: number } {
  return { vector: packed.slice(0, -1), familiarity: packed.at(-1) ?? 0 };
}
