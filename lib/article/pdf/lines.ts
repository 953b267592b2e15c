import type { Layer, Piece } from './pieces';

/** What lies on one baseline without a gap in it that could be one between columns. */
export interface Segment {
  text: string;
  u0: number;
  u1: number;
  v: number;
  /** That most of its characters have, in points. */
  size: number;
  /** Most, and all but signs, of it is set in bold. */
  bold: boolean;
  mono: boolean;
  /** It begins with a small raised character: the mark of a note. */
  raised: boolean;
  /** Place in the file's own order. */
  order: number;
  /** Least gap between its words, in points: those of a line stretched to the margin are as wide as any beside it. */
  wordGap: number;
}

/** A line of a column. */
export interface Line extends Segment {
  /** It has gaps that only the columns of a table have. */
  tabular: boolean;
}

/** All in em. A gap between words is .2 to .3, and more in justified lines; less is kerning. Columns may be 1 apart. */
const WORD_GAP = 0.12;
const SEGMENT_GAP = 0.6;
const BACKWARD = -0.5;
const TABLE_GAP = 1.6;
const SAME_BASELINE = 0.3;
/** Marks of notes and exponents are set in about two thirds of the size, and raised by a third of it. */
const SMALLER = 0.87;
const RAISED = 0.12;

const SUPERSCRIPTS = new Map([...'0123456789+-−=()ni'].map((plain, at) => [plain, [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ'][at] ?? plain]));
const NOTE_MARK = /^(?:\[?\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\]?|[*†‡§¶∗]{1,3}|[a-z])$/u;
/** Bullets and numbers, whatever gap comes behind them. */
const LIST_MARK = /^(?:[^\p{L}]{1,12}|\(?\p{L}{1,3}[.)])$/u;
/** Notes stand after words and stops, exponents after numbers, letters and units. */
const BEFORE_NOTE = /(?:\p{L}{3,}|[.,;:!?…"'”’»)\]])$/u;

/** The segments of a layer, in the file's order. */
export function toSegments({ pieces, mirrored }: Layer): Segment[] {
  const runs: Piece[][] = [];
  let base: Piece | undefined;
  for (const piece of pieces) {
    const run = runs.at(-1);
    if (base !== undefined && run !== undefined && continues(base, run.at(-1) ?? base, piece)) {
      run.push(piece);
      if (piece.size > base.size) base = piece;
    } else {
      runs.push([piece]);
      base = piece;
    }
  }
  return joinRuns(runs.map(toRun)).map((run) => toSegment(run, mirrored));
}

/** Several segments of one baseline as a line, from left to right. */
export function toLine(segments: readonly Segment[]): Line {
  const sorted = [...segments].sort((a, b) => a.u0 - b.u0);
  const [first] = sorted;
  if (first === undefined) throw new RangeError('a line has a segment at least');
  const largest = sorted.reduce((a, b) => (b.text.length > a.text.length ? b : a), first);
  const gaps = sorted.slice(1).map((segment, at) => segment.u0 - (sorted[at]?.u1 ?? 0));
  const wide = gaps.filter((gap, at) => gap > TABLE_GAP * largest.size && !(at === 0 && LIST_MARK.test(first.text)));
  const stretched = Math.max(...gaps) < 1.5 * Math.min(...gaps, ...sorted.map((segment) => segment.wordGap));
  return {
    ...largest,
    text: sorted.map((segment) => segment.text).join(' '),
    u0: first.u0,
    u1: Math.max(...sorted.map((segment) => segment.u1)),
    bold: sorted.every((segment) => segment.bold),
    mono: sorted.every((segment) => segment.mono),
    raised: first.raised,
    tabular: wide.length > 0 && !stretched,
  };
}

/** Whatever has a baseline, in rows of the same one, from the top. */
export function toRows<T extends { v: number; size: number }>(segments: readonly T[]): T[][] {
  const rows: T[][] = [];
  let top: T | undefined;
  for (const segment of [...segments].sort((a, b) => a.v - b.v)) {
    if (top !== undefined && segment.v - top.v < SAME_BASELINE * Math.min(top.size, segment.size)) rows.at(-1)?.push(segment);
    else {
      rows.push([segment]);
      top = segment;
    }
  }
  return rows;
}

function continues(base: Piece, last: Piece, piece: Piece): boolean {
  const em = Math.max(base.size, piece.size);
  const gap = piece.u0 - last.u1;
  if (gap < BACKWARD * em || gap > SEGMENT_GAP * em || piece.u0 < base.u0) return false;
  const drop = piece.v - base.v;
  if (Math.abs(drop) <= SAME_BASELINE * Math.min(base.size, piece.size)) return true;
  // raised, lowered, or a large initial
  if (piece.size < 0.9 * base.size) return drop > -0.75 * base.size && drop < 0.4 * base.size;
  return base.size < 0.9 * piece.size && drop < 0.75 * piece.size && drop > -0.4 * piece.size;
}

/** Pieces on one baseline, with baseline and size of most of its characters. */
interface Run {
  pieces: Piece[];
  order: number;
  u0: number;
  u1: number;
  v: number;
  size: number;
}

/** Baseline and size of most of its characters. */
function measure(run: readonly Piece[]): { v: number; size: number } {
  const sizes = new Map<number, { weight: number; piece: Piece }>();
  for (const piece of run) {
    const key = Math.round(piece.size * 4);
    const found = sizes.get(key);
    if (found === undefined) sizes.set(key, { weight: piece.text.length, piece });
    else found.weight += piece.text.length;
  }
  const main = [...sizes.values()].reduce((most, next) => (next.weight > most.weight ? next : most));
  return { v: main.piece.v, size: main.piece.size };
}

function toRun(pieces: Piece[], order: number): Run {
  const u0 = pieces.reduce((least, piece) => Math.min(least, piece.u0), Infinity);
  const u1 = pieces.reduce((most, piece) => Math.max(most, piece.u1), -Infinity);
  return { pieces, order, u0, u1, ...measure(pieces) };
}

/** What belongs together but does not follow one another in the file: each glyph put on its own, right-to-left text. */
function joinRuns(runs: readonly Run[]): Run[] {
  const joined: Run[] = [];
  for (const row of toRows(runs)) {
    let group: Run[] = [];
    const close = (): void => {
      const [first] = group;
      if (first !== undefined) joined.push(group.length === 1 ? first : toRun(group.flatMap((run) => run.pieces), Math.min(...group.map((run) => run.order))));
    };
    for (const run of row.sort((a, b) => a.u0 - b.u0)) {
      const last = group.at(-1);
      const gap = run.u0 - (last?.u1 ?? -Infinity);
      const em = Math.max(last?.size ?? 0, run.size);
      if (gap < BACKWARD * em || gap > SEGMENT_GAP * em) {
        close();
        group = [];
      }
      group.push(run);
    }
    close();
  }
  return joined.sort((a, b) => a.order - b.order);
}

function toSegment({ pieces, ...place }: Run, mirrored: boolean): Segment {
  const { v, size } = place;
  const isLifted = (piece: Piece): boolean => piece.size <= SMALLER * size && v - piece.v > RAISED * size;
  const ordered = inReadingOrder(pieces, mirrored);
  const [first] = ordered;
  const letters = pieces.filter((piece) => /[\p{L}\p{N}]/u.test(piece.text));
  return {
    ...place,
    text: compose(ordered, size, isLifted),
    bold: letters.length > 0 && letters.every((piece) => piece.bold),
    mono: pieces.every((piece) => piece.mono),
    raised: first !== undefined && ordered.length > 1 && isLifted(first),
    wordGap: pieces.reduce((least, piece, at) => Math.min(least, piece.text.includes(' ') ? WORD_GAP * size : at > 0 ? wordGap(pieces[at - 1], piece, size) : Infinity), Infinity),
  };
}

function wordGap(before: Piece | undefined, piece: Piece, size: number): number {
  const gap = piece.u0 - (before?.u1 ?? piece.u0);
  return gap > WORD_GAP * size ? gap : Infinity;
}

/**
 * Text of pieces with spaces where there are gaps. Raised marks of notes are left out, since they would be read as part
 * of the word before them; other raised figures stay raised (`10⁻³`).
 */
function compose(pieces: readonly Piece[], size: number, isLifted: (piece: Piece) => boolean): string {
  let text = '';
  let previous: Piece | undefined;
  let apart = false;
  for (const piece of pieces) {
    if (previous !== undefined) {
      const gap = Math.max(piece.u0 - previous.u1, previous.u0 - piece.u1);
      apart ||= gap > WORD_GAP * size || (piece.spaced && gap > 0.05 * size);
    }
    previous = piece;
    const lifted = isLifted(piece);
    if (lifted && text !== '' && !apart && NOTE_MARK.test(piece.text) && BEFORE_NOTE.test(text.slice(-20))) continue;
    text += (apart ? ' ' : '') + (lifted && text !== '' ? superscript(piece.text) : piece.text);
    // the mark of a note at its beginning
    apart = lifted && text === piece.text;
  }
  return text;
}

/** A raised word (`2nd`) stays as it is. */
function superscript(text: string): string {
  const raised = [...text].map((character) => SUPERSCRIPTS.get(character));
  return raised.includes(undefined) ? text : raised.join('');
}

/** Pieces along the line, runs of the other direction turned round: what UAX #9 does with two levels. */
function inReadingOrder(run: readonly Piece[], mirrored: boolean): Piece[] {
  if (!mirrored && !run.some((piece) => piece.rtl)) return [...run];
  const sorted = [...run].sort((a, b) => a.u0 - b.u0);
  const rtl = mirrored || run.filter((piece) => piece.rtl).length * 2 > run.length;
  if (rtl && !mirrored) sorted.reverse();
  const ordered: Piece[] = [];
  let other: Piece[] = [];
  for (const piece of sorted) {
    const isNeutral = !/[\p{L}\p{N}]/u.test(piece.text);
    if (isNeutral ? other.length > 0 : piece.rtl !== rtl) other.push(piece);
    else {
      ordered.push(...other.reverse(), piece);
      other = [];
    }
  }
  return [...ordered, ...other.reverse()];
}
