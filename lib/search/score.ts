import type { EmbeddedQuestion } from '../embedding';
import { innerProduct, type Generation, type PassageDetails } from '../index';
import type { LexicalQuery } from './lexical-query';
import { nearness } from './meaning';
import { weightOfWords, worthOfWords } from './trust';
import { WordMatcher } from './wording';

/** What passages are compared with: a question, or a passage in its stead. */
export interface Target {
  /** Null where the model is not asked. */
  question: EmbeddedQuestion | null;
  words: LexicalQuery;
  /** A question is answered by a sentence; what is related to a whole passage is so as a whole. */
  kind: 'question' | 'passage';
}

export interface Candidate {
  row: number;
  /** What it is ranked by; comparable within one ranking only. */
  score: number;
  /** Greatest cosine of a sentence or two; null where the model was not asked. */
  meaning: number | null;
  /** Share of the question's words in the passage or its title, by their weight, 0 to 1. */
  coverage: number;
  /** The sentence that answers best: UTF-16 offsets into the passage's text. */
  evidence: { start: number; end: number };
  /** Which of the two searches found it. */
  matched: ('dense' | 'lexical')[];
}

/**
 * Weight of the share of words in a sentence against its cosine. Of wikiqa's questions the right sentence
 * of the right article comes first for .646 without, .654 at .1, .621 at .3 (with sentences embedded one by one: .576).
 */
const EVIDENCE_WORDS = 0.1;

/**
 * How much the whole article counts in a passage's score, of its cosine and of its words: a paragraph takes
 * up what was said before without repeating it. (Of articles of several passages only.)
 */
const ARTICLE_MEANING = 0.2;
const ARTICLE_WORDS = 0.4;

/**
 * What words count for between passages: two passages have so many that chance evens out, and there is no
 * question whose style one would have to guess. Lee's news (nDCG@10): .722 by cosine alone, .730, .729, .734,
 * .740 at .25, .5, 1, 2, and .634 by BM25.
 */
const RELATED_WORDS = 1;

/** Cosine and words, of a passage or of its whole article. */
interface Match {
  meaning: number;
  words: number;
}

/** A passage as it was looked at, before it is known how much words count for this question. */
interface Look {
  candidate: Candidate;
  own: Match;
  /** Hashed terms of its text. */
  terms: Uint32Array;
  /** Null where the passage is all of its article. */
  ofArticle: Match | null;
}

/** The order in which sums are made, thus in which passages were indexed, must not decide. */
function rounded(score: number): number {
  return Math.round(score * 1e12) / 1e12;
}

/** Of equals the words decide, and only of the same words the order in which they were indexed. */
function byRank(a: Look, b: Look): number {
  return b.candidate.score - a.candidate.score || Buffer.compare(bytesOf(a.terms), bytesOf(b.terms)) || a.candidate.row - b.candidate.row;
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Scores passages for one question. What it has looked at once it remembers. */
export class Scorer {
  private readonly matcher: WordMatcher;
  private readonly looks = new Map<number, Look>();
  private readonly articles = new Map<number, Match | null>();

  constructor(
    private readonly generation: Generation,
    private readonly target: Target,
    private readonly mode: 'dense' | 'lexical' | 'hybrid',
  ) {
    this.matcher = new WordMatcher(generation, target.words);
  }

  /**
   * The candidates of one or both searches as one list, best first.
   *
   * `hybrid`: cosine + weight · words; `dense` and `lexical`: either alone.
   */
  rank(near: readonly number[], wordy: readonly number[]): Candidate[] {
    const looks = [...new Set([...near, ...wordy])].flatMap((row) => this.look(row) ?? []);
    const isNear = new Set(near);
    const isWordy = new Set(wordy);
    const matches = withArticles(looks);
    const weight = this.weight(matches);
    for (const [i, { candidate }] of looks.entries()) {
      const { meaning, words } = matches[i] as Match;
      candidate.score = rounded(this.mode === 'lexical' ? words : meaning + weight * worthOfWords(words));
      candidate.matched = [...(isNear.has(candidate.row) ? (['dense'] as const) : []), ...(isWordy.has(candidate.row) ? (['lexical'] as const) : [])];
    }
    return [...looks].sort(byRank).map(({ candidate }) => candidate);
  }

  private weight(matches: readonly Match[]): number {
    const { question } = this.target;
    if (this.mode !== 'hybrid' || question === null) return 0;
    if (this.target.kind === 'passage') return RELATED_WORDS;
    const bestMeaning = matches.reduce((best, { meaning }) => Math.max(best, meaning), -1);
    return weightOfWords(this.generation, question.vector, { bestMeaning, words: matches.map(({ words }) => words), wordCount: this.target.words.terms.length, familiarity: question.familiarity });
  }

  private look(row: number): Look | null {
    const known = this.looks.get(row);
    if (known !== undefined) return known;
    const details = this.generation.store.details(row);
    if (details === null) return null;
    const { question } = this.target;
    const { score, bm25, coverage, inSentences } = this.matcher.match(details);
    const words = this.target.kind === 'question' ? score : bm25;
    const near = question === null ? null : nearness(question.vector, details.vectors);
    const meaning = near === null ? null : this.target.kind === 'question' ? near.greatest : this.generation.vectors.similarity((question as EmbeddedQuestion).vector, row);
    const sentence = indexOfGreatest(inSentences.map((share, i) => (near === null ? share : (near.cosines[i] as number) + EVIDENCE_WORDS * share)));
    const look: Look = {
      candidate: { row, score: 0, meaning, coverage, evidence: rangeOf(details, sentence), matched: [] },
      own: { meaning: meaning ?? 0, words },
      terms: details.terms,
      ofArticle: details.article === null ? null : this.lookAtArticle(details.article),
    };
    this.looks.set(row, look);
    return look;
  }

  private lookAtArticle(article: number): Match | null {
    const known = this.articles.get(article);
    if (known !== undefined) return known;
    const details = this.generation.store.articleDetails(article);
    const { question } = this.target;
    const match = details && { meaning: question === null ? 0 : innerProduct(question.vector, details.centroid), words: this.matcher.matchArticle(details) };
    this.articles.set(article, match);
    return match;
  }
}

/**
 * Passages' matches with their articles' mixed in. Articles match less than their best passages do, so they
 * are lifted by the mean difference: a passage without an article around it is not to gain by that.
 */
function withArticles(looks: readonly Look[]): Match[] {
  const lift = { meaning: 0, words: 0 };
  let count = 0;
  for (const { own, ofArticle } of looks) {
    if (ofArticle === null) continue;
    count++;
    lift.meaning += (own.meaning - ofArticle.meaning - lift.meaning) / count;
    lift.words += (own.words - ofArticle.words - lift.words) / count;
  }
  return looks.map(({ own, ofArticle }) =>
    ofArticle === null
      ? own
      : {
          meaning: own.meaning + ARTICLE_MEANING * (ofArticle.meaning + lift.meaning - own.meaning),
          words: own.words + ARTICLE_WORDS * (ofArticle.words + lift.words - own.words),
        },
  );
}

function rangeOf({ ranges }: PassageDetails, sentence: number): { start: number; end: number } {
  return { start: ranges[2 * sentence] ?? 0, end: ranges[2 * sentence + 1] ?? 0 };
}

/** The first of the greatest. */
function indexOfGreatest(values: Float64Array): number {
  return values.reduce((best, value, i) => (value > (values[best] ?? -Infinity) ? i : best), 0);
}
