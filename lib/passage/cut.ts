import { isSpace } from './words';
import type { Range } from './sentences';

/** Share of a range at either end in which it is not cut, so that halves stay comparable. */
const EDGE = 0.25;

/** Characters from the middle within which a clause mark or white space is looked for. */
const REACH = 500;

const CLAUSE_MARKS = new Set(',;:—–)]}');
/** No space follows these. */
const WIDE_CLAUSE_MARKS = new Set('，；：、）】」』');
/** UTF-16 units around a cut in which the edge of a grapheme is looked for: longer ones are no letters. */
const GRAPHEME_WINDOW = 64;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Where to cut a range in two: of the paragraph and sentence ends in its middle half the one nearest the
 * middle, else behind a clause mark, at white space, between graphemes, between code points.
 *
 * @param ends paragraph ends first, sentence ends second, each ascending
 * @returns an offset with `start < offset < end`, or null for a range that is one code point
 */
export function cutInTwo(text: string, { start, end }: Range, ends: readonly (readonly number[])[]): number | null {
  const length = end - start;
  const from = start + Math.floor(length * EDGE);
  const to = end - Math.floor(length * EDGE);
  const middle = start + (length >> 1);
  for (const candidates of ends) {
    const nearest = nearestOf(candidates, middle);
    if (nearest !== null && nearest > from && nearest < to) return nearest;
  }
  return (
    wordEdge(text, middle, Math.max(from, middle - REACH), Math.min(to, middle + REACH)) ??
    graphemeEdge(text, start, end, middle) ??
    codePointEdge(text, start, end, middle)
  );
}

/** The entry of an ascending list that is nearest to `wanted`. */
function nearestOf(list: readonly number[], wanted: number): number | null {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const at = (low + high) >> 1;
    if ((list[at] ?? 0) < wanted) low = at + 1;
    else high = at;
  }
  const above = list[low];
  const below = list[low - 1];
  if (above === undefined || below === undefined) return above ?? below ?? null;
  return above - wanted < wanted - below ? above : below;
}

/** The clause mark nearest to the middle, or else the white space, strictly between `from` and `to`. */
function wordEdge(text: string, middle: number, from: number, to: number): number | null {
  let space: number | null = null;
  for (let step = 0; middle - step > from || middle + step < to; step++) {
    for (const at of [middle - step, middle + step]) {
      if (at <= from || at >= to) continue;
      const before = text[at - 1] ?? '';
      if (WIDE_CLAUSE_MARKS.has(before)) return at;
      if (!isSpace(text.charCodeAt(at))) continue;
      if (CLAUSE_MARKS.has(before)) return at;
      space ??= at;
    }
  }
  return space;
}

function graphemeEdge(text: string, start: number, end: number, middle: number): number | null {
  const from = Math.max(start, middle - GRAPHEME_WINDOW);
  const window = text.slice(from, Math.min(end, middle + GRAPHEME_WINDOW));
  const segments = [...graphemes.segment(window)].map(({ index }) => from + index);
  // the first edge is where the window begins, in the midst of whatever is there
  return nearestOf(segments.slice(1), middle);
}

function codePointEdge(text: string, start: number, end: number, middle: number): number | null {
  const splitsPair = (at: number): boolean => {
    const unit = text.charCodeAt(at);
    return unit >= 0xdc00 && unit <= 0xdfff;
  };
  const at = splitsPair(middle) ? middle + 1 : middle;
  if (at > start && at < end) return at;
  return middle > start && middle < end && !splitsPair(middle) ? middle : null;
}
