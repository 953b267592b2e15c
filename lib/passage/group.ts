import type { Article, Paragraph } from '../article/types';
import { articleText, paragraphRanges } from '../article/text-of';
import { splitSentences, type Range } from './sentences';
import { countWords } from './words';

/*
 * Sizes in words. On the TIME set passages of about 100 words found more than 60 and 180 did (dense
 * nDCG@10 .760, .741, .729), and 100 words with a title are some 150 tokens, which is what the model was
 * trained on (128 to 256).
 */

/** What split paragraphs and joined ones tend to. */
export const TARGET_WORDS = 100;
/** A paragraph below this is a line of talk, a list item, a caption: alone it says too little to be found. */
export const SHORT_WORDS = 25;
/** Joined neighbours have at most this many: a short one may go with a paragraph of target size. */
export const JOINED_WORDS = 130;
/** A paragraph up to this stays whole, since two halves of 75 are worse than one of 150. */
export const WHOLE_WORDS = 150;

/** Characters of a passage at most; 150 words have about 900. Bounds texts whose words are no words. */
export const MAX_CHARACTERS = 2000;

/** A stretch of an article that becomes a passage, or several where it is too long for the model. */
export interface Group extends Range {
  section: string | null;
  language: string | null;
  /** Ends of the paragraphs, then of the sentences in it: where it would be cut. */
  ends: readonly (readonly number[])[];
  /** The page that an offset lies on. */
  page(offset: number): number | null;
}

/** The article's text, and the passages that words alone would make of it. */
export function groupParagraphs(article: Article): { text: string; groups: Group[] } {
  const text = articleText(article);
  const ranges = paragraphRanges(article);
  const groups: Unit[] = [];
  for (const [index, paragraph] of article.paragraphs.entries()) {
    const range = trim(text, ranges[index] ?? { start: 0, end: 0 });
    if (range.start === range.end) continue;
    for (const unit of toUnits(text, range, paragraph, article.language)) {
      const last = groups.at(-1);
      if (last !== undefined && mayJoin(text, last, unit)) join(last, unit);
      else groups.push(unit);
    }
  }
  return { text, groups: joinTails(groups).map((unit) => toGroup(unit, article.language)) };
}

/** A paragraph, a piece of a long one, or several joined. */
interface Unit extends Range {
  words: number;
  section: string | null;
  parts: { start: number; end: number; page: number | null }[];
  sentenceEnds: number[];
}

function toUnits(text: string, range: Range, { section, page }: Paragraph, language: string | null): Unit[] {
  const words = countWords(text, range.start, range.end);
  const unit = (part: Range, count: number, sentenceEnds: number[]): Unit => ({
    start: part.start, end: part.end, words: count, section, parts: [{ start: part.start, end: part.end, page }], sentenceEnds,
  });
  const isWhole = words <= WHOLE_WORDS && range.end - range.start <= MAX_CHARACTERS;
  if (isWhole) return [unit(range, words, [])];
  const sentences = splitSentences(text.slice(range.start, range.end), language).map((sentence) => {
    const start = range.start + sentence.start;
    const end = range.start + sentence.end;
    return { start, end, words: countWords(text, start, end) };
  });
  return balanced(sentences, words).map((piece) => {
    const start = piece[0]?.start ?? range.start;
    const end = piece.at(-1)?.end ?? range.end;
    return unit({ start, end }, sum(piece), piece.slice(0, -1).map((sentence) => sentence.end));
  });
}

interface Sentence extends Range {
  words: number;
}

/** Deals sentences out to pieces of near equal size, as many as come nearest to the target. */
function balanced(sentences: readonly Sentence[], words: number): Sentence[][] {
  let pieces = words <= WHOLE_WORDS ? 1 : Math.max(2, Math.round(words / TARGET_WORDS));
  let left = words;
  const out: Sentence[][] = [];
  let piece: Sentence[] = [];
  let size = 0;
  for (const sentence of sentences) {
    const share = left / pieces;
    const isNearer = size + sentence.words - share > share - size;
    if (piece.length > 0 && pieces > 1 && isNearer) {
      out.push(piece);
      left -= size;
      pieces--;
      piece = [];
      size = 0;
    }
    piece.push(sentence);
    size += sentence.words;
  }
  if (piece.length > 0) out.push(piece);
  return out;
}

/** A short one joins its neighbour, until there is enough for a passage; a line with a colon goes with what follows. */
function mayJoin(text: string, last: Unit, next: Unit): boolean {
  if (!fitsWith(last, next)) return false;
  if (last.words < SHORT_WORDS || /[:：]$/.test(text.slice(last.end - 1, last.end))) return true;
  return next.words < SHORT_WORDS && last.words < TARGET_WORDS && !/[:：]$/.test(text.slice(next.end - 1, next.end));
}

function fitsWith(last: Unit, next: Unit): boolean {
  return last.section === next.section && last.words + next.words <= JOINED_WORDS && next.end - last.start <= MAX_CHARACTERS;
}

/** What is left over at the end of a section goes to the passage above it. */
function joinTails(units: readonly Unit[]): Unit[] {
  const out: Unit[] = [];
  for (const unit of units) {
    const last = out.at(-1);
    if (last !== undefined && unit.words < SHORT_WORDS && fitsWith(last, unit)) join(last, unit);
    else out.push(unit);
  }
  return out;
}

function join(last: Unit, next: Unit): void {
  last.end = next.end;
  last.words += next.words;
  last.parts.push(...next.parts);
  last.sentenceEnds.push(...next.sentenceEnds);
}

function toGroup({ start, end, section, parts, sentenceEnds }: Unit, language: string | null): Group {
  return {
    start,
    end,
    section,
    language,
    ends: [parts.slice(0, -1).map((part) => part.end), sentenceEnds],
    page: (offset) => (parts.find((part) => offset < part.end) ?? parts.at(-1))?.page ?? null,
  };
}

function trim(text: string, { start, end }: Range): Range {
  const piece = text.slice(start, end);
  const from = start + piece.length - piece.trimStart().length;
  return { start: from, end: Math.max(from, start + piece.trimEnd().length) };
}

function sum(sentences: readonly Sentence[]): number {
  return sentences.reduce((total, sentence) => total + sentence.words, 0);
}
