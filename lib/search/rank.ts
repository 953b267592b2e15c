import type { EmbeddedQuestion } from '../embedding';
import type { Generation, RowSet, StoredPassage } from '../index';
import { verdict, type Verdict } from './answerable';
import { fold, type Folded, type PageLimits } from './fold';
import { lexicalQuery, type LexicalQuery } from './lexical-query';
import { parseQuestion } from './question';
import { DEFAULT_PER_ARTICLE, DEFAULT_RELATED_PER_ARTICLE, MAX_K, type RelatedRequest, type SearchRequest } from './request';
import { allowedRows, dense, lexical } from './retrieve';
import { Scorer, type Candidate } from './score';

/** Candidates of each search before fusion; more only where repeats or one article leave the page short. */
const CANDIDATES = 100;
/** Candidates at most: a paragraph printed in more articles than this may leave the page short. */
const MOST_CANDIDATES = 6_400;
/**
 * The default limit on one article gives way to its next passage once other articles have nothing with this
 * share of its score. On squad (a question has its answer in one article of 43 paragraphs) hybrid
 * nDCG@10 is .887 without a limit, .887 at .9, .8 and .7, .884 at .6, and .868 with a strict limit of 3, which
 * hides one answer in twenty; articles on a page: 2.3, then 2.7, 3.1, 3.5, 4.0, and 5.4. Dense: .811 without,
 * .811, .807, .803, .799.
 */
const GIVES_WAY_AT = 0.8;
/**
 * Candidates at most for variety's sake, where the page can be filled otherwise: further down nothing
 * is near the question, whichever article it is from.
 */
const MOST_FOR_VARIETY = 1_600;
/** Ranks looked at beyond those shown, to gather repeats that rank a little lower. */
const MARGIN = 20;

/** Different passages, best first, whether they answer, and what they were ranked for. */
export interface Ranking extends Verdict {
  ranked: Folded<Candidate>[];
  words: LexicalQuery;
  familiarity: number;
}

/** All of a question that needs no model. */
export interface Prepared {
  words: LexicalQuery;
  /** Rows that may answer; null when all may. */
  among: RowSet | null;
  /** Of the first round. */
  wordy: number[];
}

/**
 * What can be done while the model reads the question.
 * @param question the request's, taken apart
 */
export function prepare(generation: Generation, request: SearchRequest, question = parseQuestion(request.q)): Prepared {
  const found = { words: lexicalQuery(question, generation), among: allowedRows(generation, request, question) };
  return { ...found, wordy: wordyRows(generation, request, found, firstCount(request.k)) };
}

function wordyRows(generation: Generation, { mode }: SearchRequest, { words, among }: Omit<Prepared, 'wordy'>, count: number): number[] {
  return mode === 'dense' ? [] : lexical(generation, words, count, among);
}

/**
 * The best `k` different passages for a question, at most `perArticle` of one article, looking deeper
 * while that leaves fewer.
 *
 * @param embedded of the text that `parseQuestion` gives; null where the mode is lexical
 * @param prepared of the same generation and request
 */
export function rank(generation: Generation, request: SearchRequest, embedded: EmbeddedQuestion | null, prepared: Prepared = prepare(generation, request)): Ranking {
  const { words, among } = prepared;
  const { k, article, perArticle, mode } = request;
  const scorer = new Scorer(generation, { kind: 'question', question: embedded, words }, mode);
  const byDefault = article.length > 0 ? MAX_K : DEFAULT_PER_ARTICLE;
  const ranked = page(generation, limits(k, perArticle, byDefault), (count) => {
    const wordy = count === firstCount(k) ? prepared.wordy : wordyRows(generation, request, prepared, count);
    const near = embedded === null ? [] : dense(generation, embedded.vector, count, among).map(({ row }) => row);
    return { candidates: scorer.rank(near, wordy), isAll: near.length < count && wordy.length < count };
  });
  const familiarity = embedded?.familiarity ?? 1;
  return { ranked, words, familiarity, ...verdict(generation, ranked[0]?.kept ?? null, familiarity) };
}

/** A passage with its prints elsewhere, and what is near it in other articles. */
export interface RelatedRanking {
  repeats: StoredPassage[];
  ranked: Folded<Candidate>[];
  words: LexicalQuery;
}

/**
 * The best `k` different passages near one, none of its own article and at most `perArticle` of another, of those
 * that pass the filters. The passage is a question of its own: its vector and its words.
 */
export function rankRelated(generation: Generation, passage: StoredPassage, request: RelatedRequest): RelatedRanking {
  const { store, vectors } = generation;
  const vector = vectors.vector(passage.row);
  const words = lexicalQuery({ text: passage.text, quoted: [] }, generation);
  const scorer = new Scorer(generation, { kind: 'passage', question: { vector, familiarity: 1 }, words }, 'hybrid');
  const { k, article, perArticle } = request;
  const byDefault = article.length > 0 ? MAX_K : DEFAULT_RELATED_PER_ARTICLE;
  const others = (store.rowsMatching(request) ?? store.allRows()).without(store.rowsOfArticle(passage.article.row));
  // The passage itself goes first, so that what repeats it is folded under it.
  const first = scorer.rank([passage.row], []).map((candidate) => ({ ...candidate, score: Infinity }));
  const [self, ...ranked] = page(generation, limits(k + 1, perArticle, byDefault), (count) => {
    const near = dense(generation, vector, count, others).map(({ row }) => row);
    const wordy = lexical(generation, words, count, others);
    return { candidates: [...first, ...scorer.rank(near, wordy)], isAll: near.length < count && wordy.length < count };
  });
  return { repeats: self?.repeats ?? [], ranked, words };
}

/** A limit that was asked for is strict; the default one gives way, before the page is short at the latest. */
function limits(k: number, perArticle: number | null, byDefault: number): PageLimits {
  return { k, perArticle: perArticle ?? byDefault, givesWayAt: perArticle === null ? GIVES_WAY_AT : null, margin: MARGIN };
}

/** Candidates of each search to begin with, for a page of `k`. */
function firstCount(k: number): number {
  return Math.max(CANDIDATES, k + MARGIN);
}

/** @param candidatesOf the best of each search, at least `count` unless they are all */
function page(generation: Generation, limited: PageLimits, candidatesOf: (count: number) => { candidates: Candidate[]; isAll: boolean }): Folded<Candidate>[] {
  for (let count = firstCount(limited.k); ; count *= 4) {
    const { candidates, isAll } = candidatesOf(count);
    const { shown, isFull } = fold(hydrate(generation, candidates), limited);
    const most = shown.length === limited.k ? MOST_FOR_VARIETY : MOST_CANDIDATES;
    if (isFull || isAll || count >= most) return shown;
  }
}

function* hydrate(generation: Generation, candidates: readonly Candidate[]): Generator<{ item: Candidate; passage: StoredPassage }> {
  for (const item of candidates) {
    const passage = generation.store.passage(item.row);
    if (passage !== null) yield { item, passage };
  }
}
