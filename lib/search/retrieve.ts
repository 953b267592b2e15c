import type { Generation, Neighbour } from '../index';
import type { LexicalQuery } from './lexical-query';

/**
 * A filter that leaves this share or more of the passages is applied after an approximate search
 * that looks deeper; below, searching exactly among what is left is both faster and certain.
 */
const OVERSAMPLE_FROM_SHARE = 0.1;
/** An approximate search rarely misses more than this; what it misses leads to the exact one. */
const OVERSAMPLE_MARGIN = 1.5;

/** The `count` passages nearest to `vector`, best first: exactly among `among`, or all when null. */
export function dense(generation: Generation, vector: Float32Array, count: number, among: readonly number[] | null): Neighbour[] {
  const { vectors } = generation;
  if (among === null) return vectors.search(vector, count);
  const share = among.length / Math.max(1, vectors.count);
  if (share >= OVERSAMPLE_FROM_SHARE) {
    const allowed = new Set(among);
    const found = vectors.search(vector, Math.ceil((count / share) * OVERSAMPLE_MARGIN)).filter(({ row }) => allowed.has(row));
    if (found.length >= Math.min(count, among.length)) return found.slice(0, count);
  }
  return vectors.searchAmong(vector, among, count);
}

/** Passages with the question's words, best first; score is BM25 as a share of its ceiling, 0 to 1. */
export function lexical(generation: Generation, query: LexicalQuery, count: number, among: readonly number[] | null): { row: number; score: number }[] {
  if (query.expression === null || query.ceiling === 0) return [];
  return generation.store.matchLexical(query.expression, count, among).map(({ row, bm25 }) => ({ row, score: bm25 / query.ceiling }));
}
