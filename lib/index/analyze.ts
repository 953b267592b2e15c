import { stemmer } from 'stemmer';

/** Raised when the same text would give other terms: goes into the manifest. */
export const ANALYZER_VERSION = 2;

/** Letters and digits; an apostrophe before a letter and a point or comma between digits belong to the word. */
const WORD = /[\p{L}\p{N}\p{M}]+(?:(?:'(?=\p{L})|(?<=[0-9])[.,'](?=[0-9]))[\p{L}\p{N}\p{M}]+)*/gu;
/** Scripts written without spaces between words, and Korean, whose particles are written onto the word. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+/gu;

/** A term to search for: as it stands, or as the beginning of terms. */
export interface SearchTerm {
  term: string;
  isPrefix: boolean;
}

/** Terms that must stand one after the other; the last may be the beginning of a term. */
export interface Phrase {
  terms: string[];
  endsInPrefix: boolean;
}

/**
 * Text into the terms of lexical search. Accents are folded, English inflections stemmed (Porter 1980),
 * possessives dropped, numbers kept whole, and spellings that people mix made one (U.S. and US, e-mail
 * and email, 1,000 and 1000).
 *
 * Runs of unspaced scripts are cut into overlapping pairs of characters, which needs no dictionary and
 * finds any word of two characters or more. The last character of a run is a term of its own: so every
 * character begins one term, and a prefix finds a single character wherever it stands.
 */
export function analyze(text: string): string[] {
  return termsOf(wordsOf(text));
}

/** Whether a text is a single word with nothing to fold or to take apart. */
export function isPlainWord(text: string): boolean {
  return /^[a-z0-9]+$/i.test(text);
}

/** Words of a text, folded but whole; their apostrophes are straight. */
export function wordsOf(text: string): string[] {
  if (isPlainWord(text)) return [text.toLowerCase()];
  const words: string[] = [];
  for (const [word] of joinSpellings(fold(text)).matchAll(WORD)) {
    for (const part of /[.,']/.test(word) ? parted(word) : [word]) words.push(part);
  }
  return words;
}

/** Terms of words that were met already, until they are too many: in articles nearly all words were. */
const met = new Map<string, readonly string[]>();
/** Some 10 MB. */
const MOST_MET = 100_000;
/** Longer ones, runs without spaces above all, do not come again. */
const LONGEST_MET = 24;

/** Terms of words that `wordsOf` gave, as the index has them. */
function termsOf(words: readonly string[]): string[] {
  const terms: string[] = [];
  for (const word of words) {
    let ofWord = met.get(word);
    if (ofWord === undefined) {
      ofWord = termsOfWord(word);
      if (met.size === MOST_MET) met.clear();
      if (word.length <= LONGEST_MET) met.set(word, ofWord);
    }
    for (const term of ofWord) terms.push(term);
  }
  return terms;
}

function termsOfWord(word: string): string[] {
  const terms: string[] = [];
  for (const { text, isUnspaced } of pieces(word)) {
    if (isUnspaced) pushPairs(text, terms, true);
    else terms.push(stem(text));
  }
  return terms;
}

/** Terms to search for, each by itself, in words that `wordsOf` gave. */
export function searchTermsOf(words: readonly string[]): SearchTerm[] {
  const terms: SearchTerm[] = [];
  for (const { text, isUnspaced } of words.flatMap((word) => [...pieces(word)])) {
    if (!isUnspaced) {
      terms.push({ term: stem(text), isPrefix: false });
      continue;
    }
    const pairs: string[] = [];
    pushPairs(text, pairs, false);
    terms.push(...(pairs.length === 0 ? [{ term: text, isPrefix: true }] : pairs.map((term) => ({ term, isPrefix: false }))));
  }
  return terms;
}

/** The terms of a text as a phrase, or null when it has none. */
export function phraseOf(text: string): Phrase | null {
  const terms = analyze(text);
  const last = terms.at(-1);
  if (last === undefined) return null;
  if (last.replace(UNSPACED, '') !== '' || [...last].length > 1) return { terms, endsInPrefix: false };
  // In the index the run may go on after the phrase, so its last character need not be a term there:
  // the pair before it says all, or else the character may begin a pair.
  const before = terms.at(-2) ?? '';
  return before !== last && before.endsWith(last) ? { terms: terms.slice(0, -1), endsInPrefix: false } : { terms, endsInPrefix: true };
}

/** Case, width, accents, vowel points and the ways to write an apostrophe or a space do not matter. */
function fold(text: string): string {
  return text
    .replace(/[’‘ʼ]/g, "'")
    // Soft hyphens and joiners are not seen; 6½ must not become 61⁄2.
    .replace(/[\u00ad\u200c\u200d\u2060\ufeff]/g, '')
    .replace(/(?=[¼-¾⅐-⅞])/g, ' ')
    // Spaces that group digits never break a line.
    .replace(/(?<=[0-9])[\u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))/g, ',')
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u0652\u0670]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/g, (letter) => PLAIN[letter] ?? letter);
}

/** Letters that Unicode does not take apart and keyboards elsewhere do not have. */
const PLAIN: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

const NOT_AFTER_WORD = String.raw`(?<![\p{L}\p{N}\p{M}])`;
const NOT_IN_WORD = String.raw`(?![\p{L}\p{N}\p{M}])`;
const LETTER = String.raw`[a-z\p{Script=Greek}\p{Script=Cyrillic}]`;
const pattern = (source: string) => new RegExp(source, 'gu');

/**
 * One spelling for what is written in several, on folded text. Compounds stay apart ("COVID-19" must be
 * found by "covid") but for beginnings that nobody searches for by themselves.
 */
const SPELLINGS: [RegExp, (match: string) => string][] = [
  // U.S., a.m., Ph.D.; the point before a possessive goes too
  [pattern(String.raw`(?<![\p{L}\p{N}\p{M}.])(?:ph|${LETTER})(?:\.${LETTER})+${NOT_IN_WORD}(?:\.(?='))?`), (match) => match.replaceAll('.', '')],
  // AT&T, R&D
  [pattern(`${NOT_AFTER_WORD}[a-z]{1,2}&[a-z]{1,2}${NOT_IN_WORD}`), (match) => match.replace('&', '')],
  [pattern(String.raw`${NOT_AFTER_WORD}c\+\+`), () => 'cpp '],
  [pattern(`${NOT_AFTER_WORD}[cf]#`), (match) => match.replace('#', 'sharp ')],
  // e-mail, F-16, X-ray; co-operate, non-profit, re-elect, but not non-EU; Wi-Fi, sci-fi
  [pattern(String.raw`(?<![\p{L}\p{N}\p{M}'\-‐])(?:[a-z][\-‐](?=[\p{L}\p{N}])|(?:co|non|re)[\-‐](?=[a-z]{4})|(?:hi|lo|sci|wi)[\-‐](?=fi${NOT_IN_WORD}))`), (match) => match.slice(0, -1)],
];

function joinSpellings(folded: string): string {
  return SPELLINGS.reduce((text, [spelling, plain]) => text.replace(spelling, plain), folded);
}

/** Articles that French and Italian write onto the word: l'eau is found by eau. */
const ELIDED = /^([cdjlmnst]|qu|un|all|coll|dall|dell|nell|sull)'(?=\p{L}{2})/u;

/** A word with points, commas or apostrophes inside as what it stands for. */
function parted(word: string): string[] {
  return word
    .replace(/[0-9]+(?:[.,'][0-9]+)+/g, plainNumber)
    .replace(ELIDED, '$1 ')
    .split(' ')
    .filter((part) => part !== '');
}

/**
 * A number as one word: without thousands separators, with a point before decimals, whichever way
 * round the two are written. Dates, versions and lists are no numbers and come apart.
 */
function plainNumber(written: string): string {
  // 1,000 and 1'000'000.50 and 1,00,000
  if (/^[1-9][0-9]{0,2}(?:(?:,[0-9]{2,3})*,[0-9]{3}|(?:'[0-9]{3})+)(?:\.[0-9]+)?$/.test(written)) return written.replace(/[,']/g, '');
  // 1.000.000 and 1.234,50
  if (/^[1-9][0-9]{0,2}(?:(?:\.[0-9]{3}){2,}|(?:\.[0-9]{3})+,[0-9]+)$/.test(written)) return written.replaceAll('.', '').replace(',', '.');
  // 3.5 and 3,5; 1995,1996 are two years
  if (/^[0-9]+\.[0-9]+$|^[0-9]{1,3},[0-9]+$/.test(written)) return written.replace(',', '.');
  return written.replace(/[.,']/g, ' ');
}

function* pieces(word: string): Generator<{ text: string; isUnspaced: boolean }> {
  let last = 0;
  for (const run of word.matchAll(UNSPACED)) {
    if (run.index > last) yield { text: word.slice(last, run.index), isUnspaced: false };
    yield { text: run[0], isUnspaced: true };
    last = run.index + run[0].length;
  }
  if (last < word.length) yield { text: word.slice(last), isUnspaced: false };
}

/** Whose stems would meet those of other words: "being" the bee's, "dying" the dye's. */
const IRREGULAR = new Map([['being', 'be'], ['doing', 'do'], ['going', 'go'], ['dying', 'die'], ['lying', 'lie'], ['tying', 'tie'], ['vying', 'vie']]);

function stem(word: string): string {
  const bare = word.replace(/'s$/, '').replaceAll("'", '');
  if (!/^[a-z]{3,}$/.test(bare)) return bare;
  const irregular = IRREGULAR.get(bare);
  if (irregular !== undefined) return irregular;
  const stemmed = stemmer(bare);
  // Two letters would meet acronyms: Porter makes "us" of use, used and using.
  return stemmed.length > 2 ? stemmed : `${stemmed}e`;
}

function pushPairs(run: string, terms: string[], withLast: boolean): void {
  const characters = [...run];
  for (let i = 0; i + 1 < characters.length; i++) terms.push(`${characters[i]}${characters[i + 1]}`);
  if (withLast) terms.push(characters.at(-1) ?? run);
}
