import { stemmer } from 'stemmer';

/** Raised when the same text would give other terms: goes into the manifest. */
export const ANALYZER_VERSION = 1;

const WORD = /[\p{L}\p{N}\p{M}]+(?:['’][\p{L}]+)*/gu;
/** Scripts written without spaces between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+/gu;

/**
 * Text into the terms of lexical search; the same function serves the index and the question.
 * Accents are folded, English inflections stemmed (Porter 1980), possessives dropped, and runs of
 * unspaced scripts cut into overlapping pairs of characters, which needs no dictionary and finds any
 * word of two characters or more.
 */
export function analyze(text: string): string[] {
  return termsOf(wordsOf(text));
}

/** Words of a text, folded but whole. */
export function wordsOf(text: string): string[] {
  const folded = text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').normalize('NFC').toLowerCase();
  return [...folded.matchAll(WORD)].map(([word]) => word);
}

/** Terms of words that `wordsOf` gave. */
export function termsOf(words: readonly string[]): string[] {
  const terms: string[] = [];
  for (const word of words) {
    let last = 0;
    for (const run of word.matchAll(UNSPACED)) {
      if (run.index > last) terms.push(stem(word.slice(last, run.index)));
      pushPairs(run[0], terms);
      last = run.index + run[0].length;
    }
    if (last < word.length) terms.push(stem(word.slice(last)));
  }
  return terms;
}

function stem(word: string): string {
  const bare = word.replace(/['’]s$/, '').replace(/['’]/g, '');
  return /^[a-z]{3,}$/.test(bare) ? stemmer(bare) : bare;
}

function pushPairs(run: string, terms: string[]): void {
  const characters = [...run];
  if (characters.length === 1) terms.push(run);
  for (let i = 0; i + 1 < characters.length; i++) terms.push(`${characters[i]}${characters[i + 1]}`);
}
