import { PilcrowError, asPilcrowError } from '../errors';
import type { ErrorCode } from '../errors';
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

/** A PilcrowError as plain data: class and getters do not survive the way between processes. */
export interface PackedError {
  code: ErrorCode;
  message: string;
  hint: string | null;
  stack: string | undefined;
}

export function packError(thrown: unknown): PackedError {
  const { code, message, hint, stack, cause } = asPilcrowError(thrown);
  return { code, message, hint, stack: cause instanceof Error ? `${stack}\nCaused by: ${cause.stack}` : stack };
}

/** The worker's own stack becomes the cause. */
export function unpackError({ code, message, hint, stack }: PackedError): PilcrowError {
  return new PilcrowError(code, message, hint, { cause: stack });
}

/** An embedded question as one array: what else travels is one array for each text, too. */
export function packQuestion(vector: Float32Array, familiarity: number): Float32Array {
  return Float32Array.of(...vector, familiarity);
}

export function unpackQuestion(packed: Float32Array): { vector: Float32Array; familiarity: number } {
  return { vector: packed.slice(0, -1), familiarity: packed.at(-1) ?? 0 };
}
