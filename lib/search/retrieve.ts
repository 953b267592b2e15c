import { phraseExpression, termExpression, type ArticleFilter, type Generation, type Neighbour, type RowSet } from '../index';
import type { LexicalQuery, QueryTerm } from './lexical-query';
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

/**
 * Passages that lexical search looks at for each that it is to find. Among 60,041 passages a hybrid question took
 * 15 ms, 31 for one in twenty, when it looked at all that have any of its words, and takes 12 and 17.
 */
const PASSAGES_PER_CANDIDATE = 20;
/**
 * Two of so many of the words left out count where they stand together. nDCG@10 of xquad-en among 58,581 others, hybrid
 * and lexical: .9535, .9397 with all words, .9525, .9343 without the common ones, .9541, .9399 with pairs of three.
 */
const PAIRED = 3;

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

/**
 * The `count` passages that FTS5's BM25 puts first for a question's words. It reckons for every passage that has one,
 * so common words are left out as long as rarer ones leave enough to choose from; how passages rank in the end is not
 * for FTS5 to say, see `Scorer`.
 */
export function lexical(generation: Generation, { sought }: LexicalQuery, count: number, among: RowSet | null): number[] {
  if (sought.length === 0) return [];
  const { store } = generation;
  const enough = among === null ? count : (count * store.allRows().size) / Math.max(1, among.size);
  const rare = rarest(sought, enough);
  const left = sought.filter((term) => !rare.has(term)).slice(0, PAIRED).map(termExpression);
  const pairs = left.flatMap((one, i) => left.slice(i + 1).map((other) => `(${one} AND ${other})`));
  const found = store.matchLexical([...[...rare].map(termExpression), ...pairs].join(' OR '), count, among);
  if (found.length >= count || left.length === 0) return found;
  return store.matchLexical(sought.map(termExpression).join(' OR '), count, among);
}

/** The rarest terms: with fewer than `enough` passages between them whatever comes next, then those that cost little. */
function rarest(sought: readonly QueryTerm[], enough: number): Set<QueryTerm> {
  const taken = new Set<QueryTerm>();
  let passages = 0;
  for (const term of sought) {
    if (passages >= enough && passages + term.containing > PASSAGES_PER_CANDIDATE * enough) continue;
    taken.add(term);
    passages += term.containing;
  }
  return taken;
}
