/** Characters that are cleaned at a time: ICU takes six times the memory of what it composes. */
const PIECE = 1_048_576;
/** Most combining marks in a row, as in Unicode's Stream-Safe Text Format (UAX #15). */
const MARKS_IN_A_ROW = 30;
/** U+034F, which has no look of its own and ends a run of marks. */
const GRAPHEME_JOINER = '\u034F';

const LONG_RUN = new RegExp(
  `(?:(?!${GRAPHEME_JOINER})\\p{M}){${MARKS_IN_A_ROW}}(?=(?!${GRAPHEME_JOINER})\\p{M})`,
  'gu',
);

/**
 * What asks about every character by its Unicode class takes most of the time of reading. Below U+0300 there are neither
 * marks nor anything that NFC changes, and what has no run of units above has none of marks.
 */
const BEYOND_LATIN = /[\u0300-\uFFFF]/;
const RUN_BEYOND_LATIN = new RegExp(`[\\u0300-\\uFFFF]{${MARKS_IN_A_ROW}}`);
const SURROGATE = /[\uD800-\uDFFF]/;

// C0 and C1 but tab, line ends and NEL; soft hyphens and stray byte order marks, which would hide words from search
const NOT_TEXT = /[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F\u00AD\uFEFF]/g;
const VISIBLE = /[^\s\p{Cf}\p{Cc}]/u;

/** Text as every reader hands it on: `\n` as the only line end, NFC, without control characters. */
export function cleanText(text: string): string {
  if (text.length <= PIECE) return cleanPiece(text);
  // Of a text that is clean already, as large ones are, no copy is made.
  let isClean = true;
  const pieces: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = pieceEnd(text, start);
    const piece = text.slice(start, end);
    const cleaned = cleanPiece(piece);
    isClean &&= cleaned === piece;
    pieces.push(cleaned);
    start = end;
  }
  return isClean ? text : pieces.join('');
}

/** Where nothing belongs together with what is before it: before an ASCII character that can be seen, and a space. */
function pieceEnd(text: string, start: number): number {
  const from = start + PIECE;
  const found = from < text.length ? text.slice(from).search(/[ -~]/) : -1;
  return found < 0 ? text.length : from + found;
}

function cleanPiece(text: string): string {
  const lines = text
    .replace(/\r\n?|[\u000B\u000C\u0085\u2028]/g, '\n')
    .replace(/\u2029/g, '\n\n')
    .replace(NOT_TEXT, '');
  return compose(SURROGATE.test(lines) ? lines.replace(/\p{Surrogate}/gu, '\uFFFD') : lines);
}

/** The same on one line, white space collapsed, no-break spaces kept: what a paragraph or title must be. */
export function cleanLine(text: string): string {
  return cleanText(text)
    .replace(/[ \t\n]{2,}|[\t\n]/g, ' ')
    .trim();
}

/**
 * The same of lines that are to stay as they are set: code. What all are indented by is taken away; at most one blank
 * line in a row.
 */
export function cleanLines(text: string): string {
  const lines = cleanText(text).split('\n').map((line) => line.trimEnd());
  const common = lines.reduce((least, line) => (line === '' ? least : Math.min(least, line.length - line.trimStart().length)), Infinity);
  return lines.map((line) => line.slice(common)).join('\n').replace(/\n{3,}/g, '\n\n').replace(/^\n+|\n+$/g, '');
}

/** Whether nothing in the text can be seen. */
export function isBlank(text: string): boolean {
  return !VISIBLE.test(text);
}

/** NFC. ICU sorts a run of marks in quadratic time (a million took five minutes), so runs are kept short. */
function compose(text: string): string {
  if (!BEYOND_LATIN.test(text)) return text;
  return (RUN_BEYOND_LATIN.test(text) ? text.replace(LONG_RUN, `$&${GRAPHEME_JOINER}`) : text).normalize('NFC');
}
