import { BEFORE_NUMBER, isStarter, NEVER_LAST, PERHAPS_LAST } from './abbreviations';

/** UTF-16 offsets, `end` exclusive. */
export interface Range {
  start: number;
  end: number;
}

/**
 * Sentences of a text, in order and without the white space around them; every other character is in
 * exactly one of them. A line break always ends a sentence.
 *
 * Intl.Segmenter proposes the ends; they are mended where it knows no abbreviations, initials, footnote
 * marks, quotes or ellipses.
 *
 * @param language BCP 47 tag; where it is missing or unknown, English rules
 */
export function splitSentences(text: string, language?: string | null): Range[] {
  const tag = supported(language);
  const primary = tag.slice(0, 2);
  const sentences: Range[] = [];
  let start = 0;
  for (const proposed of proposals(text, tag)) {
    const end = settle(text, proposed);
    if (end <= start || end >= text.length || !isEnd(text, start, end, primary)) continue;
    push(sentences, text, start, end);
    start = end;
  }
  push(sentences, text, start, text.length);
  return sentences;
}

/**
 * Characters given to Intl.Segmenter at a time: V8's takes time in proportion to the whole text for every
 * segment (a million characters took 75 s, in windows of this size 0.1 s).
 */
const WINDOW = 2000;
/** Characters looked at before and behind a proposed end. */
const CONTEXT = 80;

const CLOSERS = '"\'”’»›)\\]}」』】〉》）］';
const OPENERS = '“‘«‹(\\[{「『【〈《（［„‚¿¡';
const FOOTNOTE_MARKS = /^(?:\[\d{1,3}\]|[¹²³⁴⁵⁶⁷⁸⁹⁰])+/;
const CLOSES_AFTER_SPACE = /^[”»›)\]}」』】]+(?=\s|$)/;
const TRAILING_OPENERS = new RegExp(`[${OPENERS}]+$`, 'u');
const LEADING_MARKS = new RegExp(`^[${OPENERS}"'\\s—–-]+`, 'u');
const LEADING_OPENERS = new RegExp(`^[${OPENERS}"']+`, 'u');
const ENDS_IN_CLOSER = new RegExp(`[.!?…。！？][${CLOSERS}]*$`, 'u');
const AFTER_ELLIPSIS = new RegExp(`…[${CLOSERS}]*\\s+(?=[${OPENERS}"']*\\p{Lu})`, 'gu');
const GOES_ON_IN_JAPANESE = /^[とってでのはがをにもや、，]/;
const LABEL = /^\(?(?:\d{1,3}|\p{L}|[ivxIVX]{1,4})[.)]$/u;
const ACRONYM = /^(?:\p{L}{1,2}\.-?)+\p{L}{1,2}$/u;
const INITIAL = /^\p{Lu}(?:\.?-\p{Lu})?$/u;
/** `p. 4`, `z. B.`; but "a factor of q. Wilson's theorem" */
const LOWER_INITIAL = /^\p{Ll}$/u;
/** `d. h.`, `u. a.` */
const TWO_LOWER_INITIALS = /(?:^|\s)\p{Ll}\.\s?\p{Ll}\.$/u;
const AFTER_LOWER_INITIAL = /^(?:\p{N}|\p{L}\.)/u;

/** Ends as Intl.Segmenter sees them, and after `…` before a capital, where it sees none. */
function* proposals(text: string, tag: string): Generator<number, void, undefined> {
  const segmenter = new Intl.Segmenter(tag, { granularity: 'sentence' });
  let start = 0;
  let size = WINDOW;
  while (start < text.length) {
    const window = text.slice(start, start + size);
    const isLast = start + size >= text.length;
    let next = 0;
    for (const { index, segment } of segmenter.segment(window)) {
      // the last one may go on behind the window
      const isCut = index + segment.length === window.length && !isLast;
      if (isCut) break;
      for (const found of segment.includes('…') ? segment.matchAll(AFTER_ELLIPSIS) : []) {
        yield start + index + found.index + found[0].length;
      }
      next = index + segment.length;
      yield start + next;
      // in a window grown for one long sentence, every further one would cost as much as that
      if (size > WINDOW) break;
    }
    size = next === 0 ? size * 2 : WINDOW;
    start += next;
  }
}

/** Moves an end before brackets that open, behind footnote marks and behind quotes that close (`« Oui. »`). */
function settle(text: string, proposed: number): number {
  const opened = TRAILING_OPENERS.exec(text.slice(Math.max(0, proposed - CONTEXT), proposed))?.[0].length ?? 0;
  let end = proposed - opened;
  const marks = FOOTNOTE_MARKS.exec(text.slice(end, end + CONTEXT))?.[0].length ?? 0;
  end += marks;
  const closed = CLOSES_AFTER_SPACE.exec(text.slice(end, end + CONTEXT))?.[0].length ?? 0;
  return end + closed;
}

function isEnd(text: string, start: number, end: number, language: string): boolean {
  const before = text.slice(Math.max(start, end - CONTEXT), end);
  const left = before.trimEnd();
  const after = text.slice(end, end + CONTEXT);
  const right = after.trimStart();
  const gap = before.slice(left.length) + after.slice(0, after.length - right.length);
  if (gap.includes('\n') || left === '' || right === '') return true;
  if (end - start <= CONTEXT && LABEL.test(left.trimStart())) return false;
  if (/[」』）]$/.test(left) && GOES_ON_IN_JAPANESE.test(right)) return false;
  const next = right.replace(LEADING_MARKS, '');
  if (/^\p{Ll}/u.test(next) && ENDS_IN_CLOSER.test(left)) return false;
  return !left.endsWith('.') || left.endsWith('..') || isFullStop(left, next, language);
}

/** Whether the dot after the last word ends a sentence, or only an abbreviation. */
function isFullStop(left: string, next: string, language: string): boolean {
  const word = (/\S+$/.exec(left)?.[0] ?? '').slice(0, -1).replace(LEADING_OPENERS, '');
  if (NEVER_LAST.has(word)) return false;
  if (BEFORE_NUMBER.has(word)) return !/^(?:\p{N}|[IVXLC]+\b)/u.test(next);
  const isOrdinal = language === 'de' && /^\d{1,2}$/.test(word);
  if (!isOrdinal && !PERHAPS_LAST.has(word) && !ACRONYM.test(word) && !INITIAL.test(word) && !LOWER_INITIAL.test(word)) return true;
  if (LOWER_INITIAL.test(word) && !TWO_LOWER_INITIALS.test(left)) return !AFTER_LOWER_INITIAL.test(next);
  const nextWord = /^[\p{L}\p{M}]+/u.exec(next)?.[0] ?? '';
  // "J. A. Smith": a capital with a dot is an initial
  const isInitial = nextWord.length === 1 && next[1] === '.';
  return !isInitial && isStarter(nextWord, language);
}

function push(sentences: Range[], text: string, start: number, end: number): void {
  const piece = text.slice(start, end);
  const trimmed = piece.trim();
  if (trimmed === '') return;
  const from = start + (piece.length - piece.trimStart().length);
  sentences.push({ start: from, end: from + trimmed.length });
}

/** Never the machine's own locale: the same text must make the same passages everywhere. */
function supported(language: string | null | undefined): string {
  try {
    return Intl.Segmenter.supportedLocalesOf(language ?? 'en')[0] ?? 'en';
  } catch {
    return 'en';
  }
}
