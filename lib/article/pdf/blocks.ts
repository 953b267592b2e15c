import type { Region } from './columns';
import type { Line } from './lines';

/** Lines that were written as one paragraph, heading or item, as far as one column of a page tells. */
export interface Block {
  lines: Line[];
  /** 1-based. */
  page: number;
  /** Which of the regions read, over all pages. */
  region: number;
  /** It runs in another direction than most of its page. */
  turned: boolean;
  size: number;
  bold: boolean;
  mono: boolean;
  /** What stands before a list's item. */
  mark: string | null;
  /** Its first line begins further in than what follows or the column. */
  indented: boolean;
  /** Its last line goes to the end of the column, as far as words allow. */
  full: boolean;
  /** Share of the page's height above its first line. */
  top: number;
}

/** Baselines further apart than this, as a multiple of what is usual in the column, part paragraphs. */
const LOOSE = 1.3;
/** Code has blank lines inside. */
const LOOSE_CODE = 2.6;
/** Distance of baselines where a column is too short to tell, in em. */
const USUAL_PITCH = 1.3;
/** Larger type than this, as a multiple of the text's, is a heading. */
export const LARGE = 1.1;
/** Indents and unevenness of a margin, in em. */
const INDENT = 0.7;
/** A word that would have fitted on the line above, with this to spare (em), was not put there on purpose. */
const SPARE = 0.5;
/** Ideographs move to the next line with the stops that may not begin one. */
const SPARE_UNSPACED = 2;
/** Nor is a line divided within a word of other scripts: without a full stop at its end, this much is left on purpose. */
const SHORT_UNSPACED = 8;
/** Lines around that show where lines may end. */
const AROUND = 5;
/** Share of the measure: a line that ends before it ends a paragraph, whatever the next one begins with. */
const SHORT = 0.6;

const BULLET = /^([•◦‣▪▫■□●○◆◇▸►▶➢➤❖✓✔·⁃∙*–—−-]|\p{Co})\s+(?=\S)/u;
const NUMBER = /^(\(?\d{1,3}[.)]|\p{Ll}[.)]|\p{L}\)|\([\p{L}ivx]{1,4}\)|[ivx]{1,5}[.)]|\[\d{1,3}\]|\p{No})\s+(?=\S)/u;
const LEADERS = /(?:\s?[.·…]){5,}\s*\S{0,8}$/u;
const HYPHEN = /\p{L}[-\u2010\u00AD]$/u;
const STOP = /(?:[.!?…。！？؟:]|\.\s?\.)["'”’»)\]」』）]*$/u;
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Whether a text ends as a sentence does. */
export function endsSentence(text: string): boolean {
  return STOP.test(text.slice(-20));
}

/** Whether a word is broken at a line's end. */
export function endsInHyphen(text: string): boolean {
  return HYPHEN.test(text);
}

/** Where a region stands. */
export interface Place extends Pick<Block, 'page' | 'region' | 'turned'> {
  /** Of the page, in points. */
  height: number;
}

/**
 * Blocks of a region: a new one begins after a wider gap, with another type size, at an indent, at the mark of an item,
 * and after a line that had room for the next word. Headings and code break where they were told to.
 *
 * @param textSize of most of the document, in points
 */
export function toBlocks({ lines, left, right }: Region, { height, ...place }: Place, textSize: number): Block[] {
  const pitch = columnPitch(lines);
  const edges = lines.map((_, at) => edgeAt(lines, at, right));
  const blocks: Block[] = [];
  let open: Line[] = [];
  let mark: string | null = null;
  const close = (end: number): void => {
    const [first, second] = open;
    const last = open.at(-1);
    if (first === undefined || last === undefined) return;
    const main = open.reduce((a, b) => (b.text.length > a.text.length ? b : a), first);
    blocks.push({
      ...place, lines: open, mark, size: main.size,
      bold: open.every((line) => line.bold), mono: open.every((line) => line.mono),
      indented: first.u0 - (second?.u0 ?? left) > INDENT * first.size,
      full: (edges[end] ?? right) - last.u1 < last.size,
      top: (first.v - first.size) / height,
    });
  };
  lines.forEach((line, at) => {
    const above = lines[at - 1];
    const found = line.mono ? null : markOf(line, lines[at + 1], above, mark === null ? undefined : open[0]);
    const isSet = line.mono || line.size > LARGE * textSize;
    const starts = above === undefined || found !== null || parts(open, above, line, lines[at + 1], mark !== null)
      || line.v - above.v > (line.mono ? LOOSE_CODE : LOOSE) * pitch * line.size || (!isSet && hadRoom(above, line, edges[at - 1] ?? right, left));
    if (starts) {
      close(at - 1);
      open = [];
      mark = found;
    }
    open.push(line);
  });
  close(lines.length - 1);
  return blocks;
}

/** Distance of baselines in em. A quarter of distances are no larger: those within paragraphs, whatever paragraphs are apart. */
function columnPitch(lines: readonly Line[]): number {
  const distances = lines.flatMap((line, at) => {
    const above = lines[at - 1];
    return above === undefined || Math.abs(above.size - line.size) > 0.5 || line.v <= above.v ? [] : [(line.v - above.v) / line.size];
  }).sort((a, b) => a - b);
  return distances.length < 4 ? USUAL_PITCH : (distances[distances.length >> 2] ?? USUAL_PITCH);
}

/** Where lines around this one end: text may run round a picture. */
function edgeAt(lines: readonly Line[], at: number, right: number): number {
  const line = lines[at];
  let edge = -Infinity;
  for (const other of lines.slice(Math.max(0, at - AROUND), at + AROUND + 1)) {
    if (line !== undefined && !other.tabular && Math.abs(other.size - line.size) < 0.1 * line.size) edge = Math.max(edge, other.u1);
  }
  return edge === -Infinity ? right : edge;
}

/** Whether two lines look so different, or are so placed, that no paragraph has both. */
function parts(open: readonly Line[], above: Line, line: Line, below: Line | undefined, isItem: boolean): boolean {
  const em = Math.max(above.size, line.size);
  if (Math.abs(above.size - line.size) > 0.09 * em || above.mono !== line.mono) return true;
  if (line.mono) return false;
  if (above.bold !== line.bold && open.every((other) => other.bold === above.bold)) return true;
  if (above.tabular || line.tabular || LEADERS.test(above.text.slice(-100))) return true;
  if (line.v - above.v < 0.5 * em || line.raised) return true;
  const indent = (line.u0 - above.u0) / em;
  const isCentred = Math.abs(above.u0 + above.u1 - line.u0 - line.u1) < em && above.u0 !== line.u0;
  if (Math.abs(indent) <= INDENT || endsInHyphen(above.text) || isCentred) return false;
  if (open.length > 1) return true;
  if (indent < 0) return false;
  // after one line: the second of an entry with a hanging indent, or the first of a paragraph
  const hangs = below !== undefined && Math.abs(below.u0 - line.u0) < INDENT * em && !endsSentence(above.text);
  return !isItem && !above.raised && !hangs;
}

function hadRoom(above: Line, line: Line, edge: number, left: number): boolean {
  if (endsInHyphen(above.text)) return false;
  const room = edge - above.u1;
  const goesOn = /^\p{Ll}/u.test(line.text) && !endsSentence(above.text);
  if (goesOn) return room > SHORT * (edge - left);
  if (UNSPACED.test(line.text)) return room > (endsSentence(above.text) ? SPARE_UNSPACED : SHORT_UNSPACED) * above.size;
  const word = /^\S+/.exec(line.text)?.[0] ?? line.text;
  const width = ((line.u1 - line.u0) * word.length) / line.text.length;
  return room > width + (SPARE + 0.25) * above.size;
}

/**
 * The mark of an item. A dash or a number may as well begin a line by chance: it is a mark when the next line is further
 * in, or stands where the item before has its own.
 */
function markOf(line: Line, below: Line | undefined, above: Line | undefined, item: Line | undefined): string | null {
  const bullet = BULLET.exec(line.text)?.[1];
  if (bullet !== undefined && !/[–—−*-]/.test(bullet)) return /\p{Co}/u.test(bullet) ? '•' : bullet;
  const mark = bullet ?? NUMBER.exec(line.text)?.[1];
  if (mark === undefined || line.raised) return null;
  const near = (other: Line | undefined): boolean => other !== undefined && Math.abs(other.u0 - line.u0) < 0.3 * line.size;
  const hangs = below !== undefined && below.u0 - line.u0 > INDENT * line.size && below.u0 - line.u0 < 4 * line.size;
  const startsAnother = below !== undefined && near(below) && (BULLET.test(below.text) || NUMBER.test(below.text)) && (above === undefined || endsSentence(above.text) || !near(above));
  return hangs || near(item) || startsAnother ? mark : null;
}

/** The text of an item's first line without its mark. */
export function withoutMark(text: string): string {
  return text.replace(BULLET, '').replace(NUMBER, '');
}
