import { canRead, fenceOf, isBlankLine, DelimiterCount } from './cost';
import { canPart, isProse } from './prose';

/**
 * Longest text, in characters, that is parsed in one go. The parser's time grows with the square of a
 * block's lines and of a list's items (a list of 20,000 items took 3 s), so longer texts are parsed in
 * pieces of about this size.
 */
const PIECE_CHARACTERS = 65_536;
/** Longest block without a cut that is parsed at all; a longer one is taken as plain text. */
const BLOCK_CHARACTERS = 262_144;

/**
 * An underlined heading counts like this many characters: the parser's time grows with the square of
 * their number in a piece (10,000 took 10 s), but articles have a few dozen.
 */
const UNDERLINE_CHARACTERS = 300;

const LINK_DEFINITION = /^ {0,3}\[(?!\^)([^\]\n]{1,999})\]:\s*\S/;

export interface Piece {
  text: string;
  /** `plain`: to be taken as it is, since parsing it would take too long. `prose`: a paragraph or heading without any markup. */
  kind: 'markup' | 'plain' | 'prose';
}

interface Block {
  lines: string[];
  size: number;
  count: DelimiterCount;
}

/**
 * Cuts a Markdown text into pieces that can be parsed apart. A cut lies between a blank line and an
 * unindented one, outside of code fences; what lies between two cuts is a block here. Prose is cut out: most of what
 * is written is, and the parser takes twenty times as long for it.
 */
export function cutMarkdown(body: string): { pieces: Piece[]; definitions: { label: string; line: string }[] } {
  const pieces: Piece[] = [];
  const definitions: { label: string; line: string }[] = [];
  const parts = canPart(body);
  let open: string[] = [];
  let size = 0;
  const flush = (): void => {
    if (open.some((line) => line !== '')) pieces.push({ text: open.join('\n'), kind: 'markup' });
    open = [];
    size = 0;
  };
  for (const block of blocks(body, definitions)) {
    if (parts && isProse(block.lines)) {
      flush();
      pieces.push({ text: block.lines.join('\n'), kind: 'prose' });
      continue;
    }
    const how = block.size > BLOCK_CHARACTERS ? 'never' : canRead(block.count, block.size);
    // on its own, so that what looks like a fence is one
    if (how !== 'anywhere' || size >= PIECE_CHARACTERS) flush();
    if (how === 'never') {
      pieces.push({ text: block.lines.join('\n'), kind: 'plain' });
      continue;
    }
    for (const line of block.lines) open.push(line);
    size += block.size + block.count.underlines * UNDERLINE_CHARACTERS;
    if (how === 'alone') flush();
  }
  flush();
  return { pieces, definitions };
}

function* blocks(body: string, definitions: { label: string; line: string }[]): Generator<Block, void, undefined> {
  let block: Block = { lines: [], size: 0, count: new DelimiterCount() };
  let fence: string | null = null;
  let blankAbove = false;
  for (const line of body.split('\n')) {
    if (fence === null && blankAbove && /^\S/.test(line)) {
      yield block;
      block = { lines: [], size: 0, count: new DelimiterCount() };
    }
    block.count.add(line, fence !== null);
    const label = fence === null ? LINK_DEFINITION.exec(line)?.[1] : undefined;
    if (label !== undefined) definitions.push({ label, line: line.trim() });
    fence = fenceOf(line, fence);
    block.lines.push(line);
    block.size += line.length + 1;
    blankAbove = isBlankLine(line);
  }
  yield block;
}
