import type { Embedder } from '../embedding';
import { PilcrowError } from '../errors';
import type { Generation } from '../index';
import { answerFrom } from './answer';
import type { Pin, SavedQuestion } from './questions';
import { parseSearchRequest } from './request';
import { contentTerms } from './stop-words';
import type { SearchResponse, SearchResult } from './types';

/**
 * A passage that was edited still says about the same while it has this share of the words that carried it. Of 3,800
 * pairs of different passages of one article (articles/) one in a hundred shares more than .20, none more than .44.
 */
const SAME_FROM = 0.6;
/** Elsewhere more is asked for: an article may have moved, and have been edited there. */
const SAME_ELSEWHERE = { from: 0.8, words: 8 };
/** A text this long that stands whole in another passage is no accident: paragraphs were joined. In characters. */
const JOINED_FROM = 40;

/** A passage for comparing: one that was pinned, or one of a generation. */
export interface Said {
  id: string;
  text: string;
}

/** How a saved question fares in a generation. */
export interface CheckedQuestion {
  question: SavedQuestion;
  answerable: boolean;
  /** Where the pinned answer stands among the first ten; null where it does not, or none is pinned. */
  rank: number | null;
  /** Whether that is high enough; null where none is pinned. */
  kept: boolean | null;
  /** What comes first now. */
  first: SearchResult | null;
}

/** Asks as `pilcrow ask` does when it is told nothing else. */
export async function askSaved(generation: Generation, embedder: Embedder, text: string): Promise<SearchResponse> {
  return answerFrom(generation, parseSearchRequest({ q: text }), embedder, performance.now());
}

export async function checkQuestion(generation: Generation, embedder: Embedder, question: SavedQuestion): Promise<CheckedQuestion> {
  const { answerable, results } = await askSaved(generation, embedder, question.text);
  const { pin, within } = question;
  const rank = pin === null ? null : rankOf(generation, results, pin);
  return { question, answerable, rank, kept: pin === null ? null : rank !== null && rank <= within, first: results[0] ?? null };
}

/** Where a pinned answer stands among results, by itself or as a print in another article. */
export function rankOf(generation: Generation, results: readonly SearchResult[], { passageId, text }: Pin): number | null {
  const pinned = { id: passageId, text };
  return results.find((result) => printsOf(generation, result).some((print) => isSame(pinned, print)))?.rank ?? null;
}

/** A result's passage and those folded under it. */
export function printsOf({ store }: Generation, { passage, alsoIn }: SearchResult): Said[] {
  const others = alsoIn.map((other) => store.passageById(other.passage.id)).filter((other) => other !== null);
  return [passage, ...others].map(({ id, text }) => ({ id, text }));
}

/**
 * Whether a passage is still there: the same text, wherever it stands now (articles move, and a paragraph more shifts
 * those below), or a text that says about the same, with somewhat less evidence at the same place.
 */
export function isSame(was: Said, is: Said): boolean {
  if (was.text === is.text) return true;
  if (was.text.length >= JOINED_FROM && is.text.includes(was.text)) return true;
  const share = shareOf(was.text, is.text);
  return was.id === is.id ? share >= SAME_FROM : share >= SAME_ELSEWHERE.from && termsOf(was.text).size >= SAME_ELSEWHERE.words;
}

/** Share of the one text's words, function words aside, that the other has too. */
export function shareOf(was: string, is: string): number {
  const words = termsOf(was);
  const others = termsOf(is);
  return words.size === 0 ? 0 : [...words].filter((word) => others.has(word)).length / words.size;
}

/** What pins a passage of this generation. @throws PilcrowError `passage-not-found` */
export function pinOf({ store, id }: Generation, passageId: string): Pin {
  const passage = store.passageById(passageId);
  if (passage === null) {
    throw new PilcrowError('passage-not-found', `there is no passage ${JSON.stringify(passageId.slice(0, 100))} in generation ${id}`, 'ids look like ARTICLE.p7 and stand beside every result of pilcrow ask');
  }
  const { article, ordinal, text } = passage;
  return { passageId: passage.id, articleId: article.id, title: article.title, ordinal, text };
}

function termsOf(text: string): Set<string> {
  return new Set(contentTerms(text).map(({ term }) => term));
}
