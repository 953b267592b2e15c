import { splitSentences } from './sentences';

/** What the model that embeds can take. */
export interface TokenLimits {
  /** Tokens of a text as the model gets it, special tokens included. */
  countTokens(text: string): number;
  /** Most tokens of one embedded text; at least {@link MIN_TOKENS}. */
  maxTokens: number;
}

/** Fewer leave no room for words beside title and special tokens. */
export const MIN_TOKENS = 16;

/** Tokens of the title at most: a headline has 15 to 30, and a quarter of 256 leaves room for the text. */
const TITLE_TOKENS = 64;
/** Share of `maxTokens` for the title at most, for models that take less than 256. */
const TITLE_SHARE = 0.25;
/** Characters of a title looked at, so that a title of megabytes costs no more than a long one. */
const TITLE_CHARACTERS = 500;

/**
 * A context as the model reads it, before a passage. A title ends with a full stop, so that it is not taken
 * for the beginning of the first sentence (dense nDCG@10 with and without: cisi .433, .424; wikiqa .798, .794;
 * squad .799, .800; xquad-en .938, .939).
 */
export function closeContext(context: string): string {
  return context === '' || /[.!?…。！？:]["'”’»)]?$/.test(context) ? context : `${context}.`;
}

/** All that the model reads for a passage: its article's context, then its text. */
export function withContext(context: string, text: string): string {
  return context === '' ? text : `${closeContext(context)}\n${text}`;
}

/**
 * The title as far as it serves as context: all of it if it has at most 64 tokens (and a quarter of what
 * the model takes), else its first sentence, else as many of its first words as fit. The title is context
 * and not text: what is left out here is still shown and still searched by its words.
 */
export function titleContext(title: string, limits: TokenLimits): string {
  const budget = Math.min(TITLE_TOKENS, Math.floor(limits.maxTokens * TITLE_SHARE));
  const fits = (text: string): boolean => text.length <= TITLE_CHARACTERS && limits.countTokens(text) <= budget;
  if (fits(title)) return title;
  const head = title.slice(0, TITLE_CHARACTERS);
  const first = splitSentences(head)[0];
  const sentence = first === undefined ? '' : head.slice(first.start, first.end);
  if (first !== undefined && first.end < head.length && fits(sentence)) return sentence;
  return longestPrefix(head, /\s+/g, fits) || longestPrefix(head, /(?:)/gu, fits);
}

/** The longest beginning that fits and ends where `breaks` matches. */
function longestPrefix(text: string, breaks: RegExp, fits: (text: string) => boolean): string {
  const ends = [...text.matchAll(breaks)].map((match) => match.index);
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(text.slice(0, ends[middle]))) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? '' : text.slice(0, ends[low - 1]);
}
