import { createHash } from 'node:crypto';
import type { ModelSpec } from './spec';

/** Raised when the same model would give other vectors for the same passage. */
const POOLING_VERSION = 2;

/**
 * What `ModelIdentity.hash` is: SHA-256 over everything that decides an embedding.
 * @param weights SHA-256 of the model file
 * @param tokenizer SHA-256 of tokenizer.json
 */
export function identityHash(spec: ModelSpec, weights: string, tokenizer: string): string {
  const { dtype, pooling, queryPrefix, passagePrefix } = spec;
  return createHash('sha256')
    .update(JSON.stringify({ version: POOLING_VERSION, weights, tokenizer, dtype, pooling, queryPrefix, passagePrefix }))
    .digest('hex');
}
