import { toLine, toRows, type Line, type Segment } from './lines';

/** A part of a page that is read from top to bottom, before the next one. */
export interface Region {
  lines: Line[];
  /** Where its text begins and ends, in points. */
  left: number;
  right: number;
}

/** Least width of the white between two columns, in em: LaTeX sets 1; between words it is seldom as wide in the same place of several lines. */
const GUTTER = 0.75;
/** Least width of a column, in em: less is bullets, line numbers, numbers of pages. */
const COLUMN = 5;
/** Least rows on each side of a gutter. */
const ROWS = 2;
/** Sides of a gutter that the file changes between, per row: a table goes row by row, text column by column. */
const CHANGES = 0.34;
/** Share of a column's width that most lines of running text fill. */
const FILLED = 0.75;
/** Least rows that are taken for columns by their looks, whatever the order of the file: chance makes no such gap. */
const FILLED_ROWS = 8;
/** Columns in columns in columns. */
const DEPTH = 4;
/** Bands that a page may have for columns to be looked for, which may take a look at each pair; small print has 150. */
const MAX_BANDS = 500;

/** Text between two horizontal strips of white, and the intervals of `u` that it covers. */
interface Band {
  segments: Segment[];
  top: number;
  bottom: number;
  covered: Interval[];
}
interface Interval {
  from: number;
  to: number;
}

/**
 * The regions of a page in the order they are read. A recursive X-Y cut (Nagy & Seth 1984), with white that goes through
 * several bands of text taken before the white between two of them, since paragraphs of two columns may end at the same
 * height. What looks like a gutter is one when both sides are as wide as text and either the file sets them one after
 * the other or their lines are filled: the columns of a table are read row by row.
 */
export function toRegions(segments: readonly Segment[], depth = 0): Region[] {
  const em = medianSize(segments);
  const bands = toBands(segments, GUTTER * em);
  if (depth === DEPTH || bands.length > MAX_BANDS) return [toRegion(segments)];
  const regions: Region[] = [];
  let plain: Segment[] = [];
  const close = (): void => {
    if (plain.length > 0) regions.push(toRegion(plain));
    plain = [];
  };
  for (let at = 0; at < bands.length;) {
    const end = endOfColumns(bands, at, GUTTER * em);
    const group = bands.slice(at, end);
    const columns = divide(group, em);
    if (columns.length > 1) {
      close();
      for (const column of columns) regions.push(...toRegions(column, depth + 1));
      at = end;
    } else {
      // gaps between words may have looked like a gutter for this band, but real columns may begin with the next
      plain.push(...(bands[at]?.segments ?? []));
      at++;
    }
  }
  close();
  return regions;
}

function toRegion(segments: readonly Segment[]): Region {
  const lines = toRows(segments).map(toLine);
  const left = lines.reduce((least, line) => Math.min(least, line.u0), Infinity);
  const right = lines.reduce((most, line) => Math.max(most, line.u1), -Infinity);
  return { lines, left, right };
}

function medianSize(segments: readonly Segment[]): number {
  return segments.map((segment) => segment.size).sort((a, b) => a - b)[segments.length >> 1] ?? 1;
}

/** Lines are taken by the height of small letters: descenders of one may touch ascenders of the next. */
function toBands(segments: readonly Segment[], least: number): Band[] {
  const bands: Band[] = [];
  const top = (segment: Segment): number => segment.v - 0.5 * segment.size;
  for (const segment of [...segments].sort((a, b) => top(a) - top(b))) {
    const last = bands.at(-1);
    if (last === undefined || top(segment) >= last.bottom) bands.push({ segments: [segment], top: top(segment), bottom: segment.v, covered: [] });
    else {
      last.segments.push(segment);
      last.bottom = Math.max(last.bottom, segment.v);
    }
  }
  for (const band of bands) band.covered = union(band.segments.map(({ u0, u1 }) => ({ from: u0, to: u1 })), least);
  return bands;
}

/** Intervals merged where the white between them is narrower than `least`. */
function union(intervals: readonly Interval[], least: number): Interval[] {
  const merged: Interval[] = [];
  for (const { from, to } of [...intervals].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last === undefined || from - last.to >= least) merged.push({ from, to });
    else last.to = Math.max(last.to, to);
  }
  return merged;
}

/** The band after the last one that leaves open some white that goes through all bands from `start` on. */
function endOfColumns(bands: readonly Band[], start: number, gutter: number): number {
  let covered = bands[start]?.covered ?? [];
  if (covered.length < 2 && !isOneSided(bands, start, gutter)) return start + 1;
  let end = start + 1;
  for (; end < bands.length; end++) {
    const next = union([...covered, ...(bands[end]?.covered ?? [])], gutter);
    if (next.length < 2) break;
    covered = next;
  }
  // a heading of what comes below does not belong to the left column, however short it is
  while (end < bands.length && end - 1 > start && isNearerBelow(bands, end - 1)) end--;
  return end;
}

/** Whether columns may begin with this band alone: the other side of it is empty, or has a picture. */
function isOneSided(bands: readonly Band[], at: number, gutter: number): boolean {
  const [band, next] = [bands[at], bands[at + 1]];
  if (band === undefined || next === undefined || next.covered.length < 2) return false;
  return union([...band.covered, ...next.covered], gutter).length > 1 && (at === 0 || isNearerBelow(bands, at));
}

function isNearerBelow(bands: readonly Band[], at: number): boolean {
  const [above, band, below] = [bands[at - 1], bands[at], bands[at + 1]];
  if (above === undefined || band === undefined || below === undefined) return false;
  return band.covered.length === 1 && band.top - above.bottom > 1.2 * (below.top - band.bottom);
}

/** Segments by column. */
function divide(bands: readonly Band[], em: number): Segment[][] {
  const segments = bands.flatMap((band) => band.segments);
  const intervals = union(segments.map(({ u0, u1 }) => ({ from: u0, to: u1 })), GUTTER * em);
  const columns: { segments: Segment[]; from: number; to: number }[] = [];
  for (const { from, to } of intervals) {
    const column = { segments: segments.filter(({ u0 }) => u0 >= from && u0 <= to), from, to };
    const last = columns.at(-1);
    if (last !== undefined && !areColumns(last, column, em)) {
      last.segments.push(...column.segments);
      last.to = to;
    } else columns.push(column);
  }
  return columns.map((column) => column.segments);
}

function areColumns(left: { segments: Segment[]; from: number; to: number }, right: { segments: Segment[]; from: number; to: number }, em: number): boolean {
  const sides = [left, right];
  if (sides.some(({ from, to }) => to - from < COLUMN * em)) return false;
  const rows = sides.map(({ segments }) => toRows(segments));
  const least = Math.min(...rows.map((side) => side.length));
  if (least < ROWS) return false;
  const inFile = [...left.segments.map(({ order }) => ({ order, side: 0 })), ...right.segments.map(({ order }) => ({ order, side: 1 }))].sort((a, b) => a.order - b.order);
  const changes = inFile.filter(({ side }, at) => at > 0 && side !== inFile[at - 1]?.side).length;
  if (changes <= Math.max(1, CHANGES * least)) return true;
  return sides.every(({ from, to }, side) => {
    const filled = (rows[side] ?? []).filter((row) => toLine(row).u1 - toLine(row).u0 > FILLED * (to - from));
    return filled.length > 0.6 * (rows[side]?.length ?? 0) && least >= FILLED_ROWS;
  });
}
