import { phraseExpression, type ArticleFilter, type Generation, type Neighbour, type RowSet } from '../index';
import type { LexicalQuery } from './lexical-query';
import type { Question } from './question';

/** An approximate search rarely misses more than this; what it misses leads to the exact one. */
const OVERSAMPLE_MARGIN = 1.5;
/**
 * Under a filter, search is exact among up to this many rows per rank that an approximate one would
 * have to look down to; it costs 2 to 5 µs a rank, the exact one .6 to 1.3 µs a row. For 100 of 60,000
 * passages that is a share of .16; either takes 11 ms at most, and half a millisecond from a share of
 * .3 on. The balance leans towards exact, which cannot miss anything.
 */
const ROWS_PER_RANK = 10;

/** Rows that pass the filters and what the question requires and excludes; null when all do. */
export function allowedRows(generation: Generation, filters: ArticleFilter, question: Question): RowSet | null {
  const { store } = generation;
  let allowed = store.rowsMatching(filters);
  if (question.phrases.length > 0) {
    const required = store.rowsWith(question.phrases.map(phraseExpression).join(' AND '));
    allowed = allowed?.and(required) ?? required;
  }
  if (question.excluded.length > 0) {
    const excluded = store.rowsWith(question.excluded.map(phraseExpression).join(' OR '));
    allowed = (allowed ?? store.allRows()).without(excluded);
  }
  return allowed;
}

/** The `count` passages nearest to `vector`, best first: among `among`, or all when null. */
export function dense(generation: Generation, vector: Float32Array, count: number, among: RowSet | null): Neighbour[] {
  const { vectors } = generation;
  if (among === null) return vectors.search(vector, count);
  const depth = Math.ceil(((count * vectors.count) / Math.max(1, among.size)) * OVERSAMPLE_MARGIN);
  if (among.size > depth * ROWS_PER_RANK) {
    const found = vectors.search(vector, depth).filter(({ row }) => among.has(row));
    if (found.length >= count) return found.slice(0, count);
  }
  return vectors.searchAmong(vector, among.toRows(), count);
}

/** The `count` passages that FTS5's BM25 puts first for a question's words. */
export function lexical(generation: Generation, { expression }: LexicalQuery, count: number, among: RowSet | null): number[] {
  return expression === null ? [] : generation.store.matchLexical(expression, count, among);
}
