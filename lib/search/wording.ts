import { countOf, type ArticleDetails, type Generation, type PassageDetails, type TermCounts } from '../index';
import type { LexicalQuery } from './lexical-query';

/**
 * BM25 of a passage: saturation of term frequency and share of length normalisation. Lower than the usual
 * 1.2 and .75, since passages are of similar length and a word said twice is hardly better than once: wikiqa
 * .603 → .632, squad .887 → .890, time .715 → .718 (lexical nDCG@10).
 */
const K1 = 0.9;
const B = 0.4;
/** The usual ones for articles, which differ in length a hundredfold. */
const ARTICLE_K1 = 1.2;
const ARTICLE_B = 0.75;

/** How a passage matches a question's words; shares are of the question's weight of words (idf), 0 to 1. */
export interface WordMatch {
  /** The score of lexical search: half BM25, half the greatest share of the words that one sentence has. */
  score: number;
  /** BM25 as a share of the most that any passage could get. */
  bm25: number;
  /** Share that stands in the passage or its title. */
  coverage: number;
  /** For each sentence the share that stands in it or in the title. */
  inSentences: Float64Array;
}

/**
 * Compares passages with a question's words: half of the score is BM25 as a share of the most that any
 * passage could get, half the share of words that one sentence has, its title helping.
 */
export class WordMatcher {
  /** By hash the words that a term stands for: mostly one, several where one is the beginning of another. */
  private readonly wordsOf = new Map<number, number[]>();
  private readonly weights: readonly number[];
  private readonly total: number;
  private readonly averagePassage: number;
  private readonly averageArticle: number;

  constructor(
    generation: Generation,
    query: LexicalQuery,
  ) {
    const { articles, passages } = generation.manifest.counts;
    const terms = generation.store.termCount();
    this.averagePassage = Math.max(1, terms / passages);
    this.averageArticle = Math.max(1, terms / articles);
    this.weights = query.terms.map(({ idf }) => idf);
    this.total = query.weight;
    for (const [i, { hashes }] of query.terms.entries()) for (const hash of hashes) this.wordsOf.set(hash, [...(this.wordsOf.get(hash) ?? []), i]);
  }

  match({ title, terms, termEnds }: PassageDetails): WordMatch {
    const inSentences = new Float64Array(termEnds.length);
    if (this.total === 0) return { score: 0, bm25: 0, coverage: 0, inSentences };
    const frequencies = new Float64Array(this.weights.length);
    // Per word the last part of the passage that it was met in: the title is part 0.
    const metIn = new Int32Array(this.weights.length).fill(-1);
    const ofTitle = this.countIn(title, 0, title.length, 0, frequencies, metIn);
    let greatest = 0;
    let start = 0;
    for (const [sentence, end] of termEnds.entries()) {
      const found = this.countIn(terms, start, end, sentence + 1, frequencies, metIn);
      inSentences[sentence] = (ofTitle + found) / this.total;
      greatest = Math.max(greatest, inSentences[sentence]);
      start = end;
    }
    const coverage = this.weights.reduce((sum, weight, i) => ((frequencies[i] as number) > 0 ? sum + weight : sum), 0);
    const bm25 = this.bm25(frequencies, K1, 1 - B + (B * (title.length + terms.length)) / this.averagePassage);
    return { score: (bm25 + greatest) / 2, bm25, coverage: coverage / this.total, inSentences };
  }

  /** BM25 of a whole article, as a share of the most that any could get. */
  matchArticle({ terms }: ArticleDetails): number {
    if (this.total === 0) return 0;
    return this.bm25(this.frequenciesIn(terms), ARTICLE_K1, 1 - ARTICLE_B + (ARTICLE_B * terms.length) / this.averageArticle);
  }

  /**
   * Counts the question's words in a part of a passage.
   * @returns the weight of those that neither this part nor the title had before
   */
  private countIn(hashes: Uint32Array, start: number, end: number, part: number, frequencies: Float64Array, metIn: Int32Array): number {
    let weight = 0;
    for (let at = start; at < end; at++) {
      const words = this.wordsOf.get(hashes[at] as number);
      if (words === undefined) continue;
      for (const i of words) {
        frequencies[i] = (frequencies[i] as number) + 1;
        if (metIn[i] === part || metIn[i] === 0) continue;
        metIn[i] = part;
        weight += this.weights[i] as number;
      }
    }
    return weight;
  }

  /** Robertson & Zaragoza 2009, as a share of Σ idf · (k1 + 1), its limit for ever greater frequencies. */
  private bm25(frequencies: Float64Array, k1: number, relativeLength: number): number {
    const sum = this.weights.reduce((total, weight, i) => {
      const frequency = frequencies[i] as number;
      return total + (weight * frequency) / (frequency + k1 * relativeLength);
    }, 0);
    return sum / this.total;
  }

  private frequenciesIn(terms: TermCounts): Float64Array {
    const frequencies = new Float64Array(this.weights.length);
    for (const [hash, words] of this.wordsOf) {
      const count = countOf(terms, hash);
      for (const i of words) frequencies[i] = (frequencies[i] as number) + count;
    }
    return frequencies;
  }
}
