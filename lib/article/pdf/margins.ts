import { toRows, type Segment } from './lines';

/** What running heads and feet are found by, of a page. */
interface Sheet {
  segments: Segment[];
  /** In points. */
  height: number;
}

/** A row at the edge of a page. */
interface Row {
  segments: Segment[];
  text: string;
  /** The text with all numbers alike. */
  key: string;
  /** Numbers at its beginning and end; of a page's number, what it says. */
  numbers: number[];
  /** Nothing but a page's number, with a word and signs around it at most. */
  isNumber: boolean;
  v: number;
  size: number;
  bold: boolean;
  /** Twice as far from the next row as rows are apart. */
  apart: boolean;
}

/** Rows at either edge that may be a head or foot. */
const ROWS = 4;
/** Share of the page's height that they stand in. */
const EDGE = 0.18;
/** Heads of left and right pages differ: pages so far away are compared. */
const REACH = 4;
/** Larger type than this, as a multiple of the text's, is a heading that happens to stand where others do. */
const LARGE = 1.15;
const PAGE_NUMBER = /^[^\p{L}\p{N}]{0,3}(?:\p{L}{1,8}\.?\s)?[^\p{L}\p{N}]{0,3}(\d{1,5}|[ivxlc]{1,8})[^\p{L}\p{N}]{0,3}(?:(?:\p{L}{1,4}\s|\/\s?)\d{1,5}[^\p{L}\p{N}]{0,3})?$/iu;

/**
 * Takes running heads, feet and page numbers out of pages: rows at the edge that other pages near by have in the same
 * place, but for their numbers, and rows with a number that grows with the pages. Text is never taken for what it says
 * alone, and only from the outside in.
 *
 * @param textSize size of most text, in points
 */
export function removeMargins(pages: readonly Sheet[], textSize: number): void {
  for (const edge of ['top', 'bottom'] as const) {
    const rows = pages.map((page) => edgeRows(page, edge));
    const taken = rows.map((candidates, page) => {
      const first = candidates.findIndex((row) => !isRunning(row, page, rows, textSize));
      const running = candidates.slice(0, first < 0 ? candidates.length : first);
      // what stands close to the text and looks like it is part of it
      return running.slice(0, 1 + running.findLastIndex((row) => row.apart || row.isNumber || Math.abs(row.size - textSize) > 0.05 * textSize));
    });
    pages.forEach((page, at) => {
      const gone = new Set((taken[at] ?? []).flatMap((row) => row.segments));
      if (gone.size > 0) page.segments = page.segments.filter((segment) => !gone.has(segment));
    });
  }
}

/** The outermost first. */
function edgeRows({ segments, height }: Sheet, edge: 'top' | 'bottom'): Row[] {
  const rows = toRows(segments);
  if (edge === 'bottom') rows.reverse();
  return rows.slice(0, ROWS).flatMap((row, at): Row[] => {
    const [first] = row;
    if (first === undefined || (edge === 'top' ? first.v > EDGE * height : first.v < (1 - EDGE) * height)) return [];
    const text = [...row].sort((a, b) => a.u0 - b.u0).map((segment) => segment.text).join(' ').replace(/\s+/g, ' ');
    const distance = Math.abs((rows[at + 1]?.[0]?.v ?? Infinity) - first.v);
    return [{ segments: row, text, ...numbersOf(text), v: first.v, size: first.size, bold: first.bold, apart: distance > 1.7 * first.size }];
  });
}

function numbersOf(text: string): Pick<Row, 'key' | 'numbers' | 'isNumber'> {
  const alone = PAGE_NUMBER.exec(text)?.[1];
  const ends = [/^[^\p{L}\p{N}]{0,3}(\d{1,5}|[ivxlc]{1,7}(?=\s))(?![\p{L}\p{N}])/u.exec(text)?.[1], /(?<![\p{L}\p{N}])(\d{1,5}|(?<=\s)[ivxlc]{1,7})[^\p{L}\p{N}]{0,3}$/u.exec(text)?.[1], alone];
  const numbers = ends.flatMap((found) => (found === undefined ? [] : /^\d/.test(found) ? [Number(found)] : roman(found)));
  return { key: text.replace(/\d+|(?<![^\s])[ivxlc]{1,7}(?![^\s])/gi, '#').toLowerCase(), numbers, isNumber: alone !== undefined && numbers.length > 0 };
}

function roman(text: string): number[] {
  const values: Record<string, number> = { i: 1, v: 5, x: 10, l: 50, c: 100 };
  const digits = [...text.toLowerCase()].map((digit) => values[digit] ?? 0);
  return [digits.reduce((sum, value, at) => sum + (value < (digits[at + 1] ?? 0) ? -value : value), 0)];
}

function isRunning(row: Row, page: number, pages: readonly Row[][], textSize: number): boolean {
  if (row.size > LARGE * textSize) return false;
  const near = (other: Row): boolean => Math.abs(other.v - row.v) < 0.7 * row.size && Math.abs(other.size - row.size) < 0.1 * row.size;
  let alike = 0;
  let counting = 0;
  for (let at = Math.max(0, page - REACH); at <= Math.min(pages.length - 1, page + REACH); at++) {
    if (at === page) continue;
    const others = (pages[at] ?? []).filter(near);
    if (others.some((other) => other.key === row.key && (/\p{L}/u.test(row.key) || other.text === row.text))) alike++;
    if (others.some((other) => other.numbers.some((number) => row.numbers.includes(number + page - at)))) counting++;
  }
  if (row.isNumber) return counting > 0 || (pages.length === 1 && row.apart && row.numbers.includes(1));
  if (alike > 1 || counting > 1) return true;
  // two pages alike may be chance
  return (alike > 0 || counting > 0) && row.apart && !row.bold;
}
