import type { Generation, StoredPassage } from '../index';
import { fold, type Folded } from './fold';
import { fuse, type Candidate } from './fuse';
import { lexicalQuery, type LexicalQuery } from './lexical-query';
import type { SearchRequest } from './request';
import { dense, lexical } from './retrieve';

/** Candidates of each search before fusion; more only where repeats leave the page short. */
const CANDIDATES = 100;
/** Candidates at most: a paragraph printed in more articles than this may leave the page short. */
const MOST_CANDIDATES = 6_400;
/** Ranks looked at beyond those shown, to gather repeats that rank a little lower. */
export const FOLD_MARGIN = 20;

/** Different passages, best first, and the question's words as they were searched for. */
export interface Ranking {
  ranked: Folded<Candidate>[];
  words: LexicalQuery;
}

/**
 * The best `k` different passages for a question, looking deeper while repeats leave fewer.
 *
 * @param vector of the question, shape [dimensions], L2-normalised; null where the mode is lexical
 */
export function rank(generation: Generation, request: SearchRequest, vector: Float32Array | null): Ranking {
  const words = lexicalQuery(request.q, generation);
  const among = generation.store.rowsMatching(request);
  for (let count = Math.max(CANDIDATES, request.k + FOLD_MARGIN); ; count *= 4) {
    const wordy = request.mode === 'dense' ? [] : lexical(generation, words, count, among);
    const near = vector === null ? [] : dense(generation, vector, count, among);
    const fused: Candidate[] = vector === null ? wordy.map(({ row, score }) => ({ row, score, cosine: null, matched: ['lexical'] })) : fuse(generation, vector, near, wordy);
    const ranked = fold(hydrate(generation, fused), request.k, FOLD_MARGIN);
    const isAll = near.length < count && wordy.length < count;
    if (ranked.length >= request.k || isAll || count >= MOST_CANDIDATES) return { ranked, words };
  }
}

function* hydrate(generation: Generation, candidates: readonly Candidate[]): Generator<{ item: Candidate; passage: StoredPassage }> {
  for (const item of candidates) {
    const passage = generation.store.passage(item.row);
    if (passage !== null) yield { item, passage };
  }
}
