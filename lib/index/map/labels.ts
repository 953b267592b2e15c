import { analyze, phraseOf, wordsOf } from '../analyze';
import { functionWords } from './function-words';

/** Words that name a region. */
const SHOWN = 3;
/** Passages read of a region: its most telling words stand in many of any two hundred. */
export const READ_FOR_LABELS = 200;
/** Words whose frequency in the whole index is looked up: those that most of the region's passages have. */
const WEIGHED = 80;
/** Words that begin alike in so many letters say the same: sail, sailor, sailing. */
const ALIKE = 5;

const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー`;
/** A run of a script without spaces, or a word of any other. */
const RUN = new RegExp(String.raw`([${UNSPACED}]+)|(?:(?![${UNSPACED}])[\p{L}\p{M}\p{N}])+(?:['’](?=\p{L})(?:(?![${UNSPACED}])[\p{L}\p{M}])+)*`, 'gu');
const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/** What a label is made of: a passage's text and its article's title. */
export interface LabelText {
  title: string;
  text: string;
}

/** What is known of the whole index. */
export interface WholeIndex {
  passages: number;
  /** Passages that have all these terms, one after the other, in title or text. */
  frequency(terms: readonly string[]): number;
}

/** A word of a region, in all its forms. */
interface Word {
  terms: string[];
  /** That have it in title or text. */
  passages: number;
  /** Sum over passages of `n / (n + 1)`, where the text has it n times. */
  told: number;
  forms: Map<string, number>;
}

/**
 * The words that tell a region from the rest, most telling first: class-based TF-IDF (Grootendorst 2022). A
 * word counts `t · log(p / q)`: `t` is how much the region's texts say it, a text that has it n times
 * counting n / (n + 1); `p` is the share of the region's passages that have it, title included, and `q` that of
 * all passages. A tenth of `log(1 + 1 / q)` speaks where one region is all there is.
 *
 * Counting titles in `t` would name regions by the cleverest of them (nine, snore, effigy); asking that a word
 * stand in several articles left what all articles say (line, carry, size).
 *
 * @param texts of the region, at most READ_FOR_LABELS
 * @returns at most three, each in the form in which it is written most
 */
export function tellingWords(texts: readonly LabelText[], whole: WholeIndex): string[] {
  const words = [...wordsIn(texts)].sort(([a, one], [b, other]) => other.told - one.told || compare(a, b)).map(([, word]) => word);
  const weighed = words.filter(({ told }) => told > 0).slice(0, WEIGHED).map((word) => {
    const p = word.passages / texts.length;
    const q = Math.max(1, whole.frequency(word.terms)) / Math.max(1, whole.passages);
    const telling = Math.max(0, Math.log(p / q)) + 0.1 * Math.log(1 + 1 / q);
    return { form: mostFrequent(word.forms), value: (word.told / texts.length) * telling };
  });
  const chosen: string[] = [];
  for (const { form } of weighed.sort((a, b) => b.value - a.value || compare(a.form, b.form))) {
    if (chosen.length === SHOWN) break;
    if (!chosen.some((other) => isAlike(other, form))) chosen.push(form);
  }
  return chosen;
}

function wordsIn(texts: readonly LabelText[]): Map<string, Word> {
  const words = new Map<string, Word>();
  const known = new Map<string, string[] | null>();
  for (const { title, text } of texts) {
    const here = new Map<Word, number>();
    const look = (source: string, weight: number) => {
      for (const form of formsIn(source)) {
        let terms = known.get(form);
        if (terms === undefined) known.set(form, (terms = termsOf(form)));
        if (terms === null) continue;
        const key = terms.join(' ');
        let word = words.get(key);
        if (word === undefined) words.set(key, (word = { terms, passages: 0, told: 0, forms: new Map() }));
        here.set(word, (here.get(word) ?? 0) + weight);
        if (weight > 0) word.forms.set(form, (word.forms.get(form) ?? 0) + 1);
      }
    };
    look(text, 1);
    look(title, 0);
    for (const [word, times] of here) {
      word.passages++;
      word.told += times / (times + 1);
    }
  }
  return words;
}

/** Words as they are written, without what is written onto them by an apostrophe. */
function* formsIn(text: string): Generator<string> {
  for (const [run, unspaced] of text.normalize('NFC').matchAll(RUN)) {
    if (unspaced === undefined) yield run.replace(/['’]s$/iu, '');
    else for (const { segment, isWordLike } of segmenter.segment(unspaced)) if (isWordLike === true) yield segment;
  }
}

/** @returns the terms by which full-text search knows a word; null for one that says nothing */
function termsOf(form: string): string[] | null {
  const isUnspaced = new RegExp(`^[${UNSPACED}]`, 'u').test(form);
  const letters = [...form].length;
  if (letters < (isUnspaced ? 2 : 3) || /\p{N}/u.test(form) || /^\p{Script=Hiragana}{1,3}$/u.test(form)) return null;
  if (wordsOf(form).every((word) => functionWords.has(word))) return null;
  return phraseOf(form)?.terms ?? (analyze(form).length > 0 ? analyze(form) : null);
}

function mostFrequent(forms: ReadonlyMap<string, number>): string {
  return [...forms].sort(([a, one], [b, other]) => other - one || compare(a, b))[0]?.[0] ?? '';
}

function isAlike(a: string, b: string): boolean {
  const [one, other] = [wordsOf(a).join(''), wordsOf(b).join('')];
  return one.slice(0, ALIKE) === other.slice(0, ALIKE) || one.includes(other) || other.includes(one);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
