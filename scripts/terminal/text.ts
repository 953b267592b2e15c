/** Characters that take two columns. */
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6\p{Emoji_Presentation}]/u;
/** Characters that take none: they sit on the one before. */
const MARK = /[\p{Mn}\p{Me}\p{Cf}]/u;
/** Characters after which a line may end without a space. */
const BREAKABLE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff01-\uff60]/u;

/**
 * Text that is safe on a terminal: line ends and tabs become spaces, other control characters (an
 * escape sequence in an article could move the cursor or retitle the window) visible signs. One
 * UTF-16 unit for one, so that offsets still hold.
 */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (sign) => {
    if (/\s/.test(sign) || sign === '\u0085') return ' ';
    const code = sign.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '\u2421' : '\ufffd';
  });
}

/** Columns that a printable text takes. */
export function columns(text: string): number {
  let count = 0;
  for (const sign of text) count += MARK.test(sign) ? 0 : WIDE.test(sign) ? 2 : 1;
  return count;
}

/** Start and end in the text of one line; spaces at the break belong to neither line. */
export interface Line {
  start: number;
  end: number;
}

/** Lines of at most `width` columns; a word longer than that is broken. */
export function wrap(text: string, width: number): Line[] {
  const lines: Line[] = [];
  let line: (Line & { columns: number }) | null = null;
  for (const piece of pieces(text, width)) {
    if (line !== null && line.columns + piece.gap + piece.columns <= width) {
      line.end = piece.end;
      line.columns += piece.gap + piece.columns;
    } else {
      if (line !== null) lines.push({ start: line.start, end: line.end });
      line = { start: piece.start, end: piece.end, columns: piece.columns };
    }
  }
  if (line !== null) lines.push({ start: line.start, end: line.end });
  return lines;
}

interface Piece extends Line {
  columns: number;
  /** Columns of the space in front. */
  gap: number;
}

/** What stays together on a line: a word, or one character of a script written without spaces. */
function* pieces(text: string, width: number): Generator<Piece> {
  for (const match of text.matchAll(/(\s*)(\S+)/gu)) {
    const [, space = '', word = ''] = match;
    let gap = columns(space);
    let start = match.index + space.length;
    let piece = '';
    const signs = Array.from(word);
    for (const [i, sign] of signs.entries()) {
      piece += sign;
      const next = signs[i + 1];
      const full = next !== undefined && columns(piece) + columns(next) > width;
      if (next !== undefined && !full && (MARK.test(next) || !(BREAKABLE.test(sign) || BREAKABLE.test(next)))) continue;
      yield { start, end: start + piece.length, columns: columns(piece), gap };
      start += piece.length;
      gap = 0;
      piece = '';
    }
  }
}

/** As a shell takes it. */
export function shellQuoted(value: string): string {
  return /^[\w./:=,+-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
}
