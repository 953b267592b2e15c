import type { RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/**
 * Longest body, in characters, that is parsed in one go. The parser's time grows with the square of a
 * block's lines and of a list's items (a list of 20,000 items took 3 s), so longer bodies are parsed in
 * pieces of about this size.
 */
const PIECE_CHARACTERS = 65_536;
/** Longest block without a blank line that is parsed at all; a longer one is taken as plain text. */
const BLOCK_CHARACTERS = 262_144;

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const LINK_DEFINITION = /^ {0,3}\[(?!\^)[^\]\n]{1,999}\]:\s*\S/;

/**
 * Blocks of a Markdown text, in order.
 *
 * Long texts are parsed in pieces that begin at an unindented line below a blank one, outside of code
 * fences; every piece is given all link definitions. Only what the parser itself cannot take (nesting
 * deeper than its stack) and blocks beyond any author's reach are taken as plain text, so that nothing is lost.
 */
export function parseMarkdown(body: string): RootContent[] {
  if (body.length <= PIECE_CHARACTERS) return parsePiece(body, '');
  const { pieces, definitions } = cut(body);
  return pieces.flatMap((piece) => parsePiece(piece, definitions));
}

function parsePiece(piece: string, definitions: string): RootContent[] {
  if (piece.length > BLOCK_CHARACTERS) return plainBlocks(piece);
  try {
    return fromMarkdown(`${piece}\n\n${definitions}`, {
      extensions: [gfm()],
      mdastExtensions: [gfmFromMarkdown()],
    }).children;
  } catch (thrown) {
    // how the stack overflows, e.g. on ten thousand nested block quotes
    if (thrown instanceof RangeError) return plainBlocks(piece);
    throw thrown;
  }
}

/** Paragraphs at blank lines, their markup left in. */
function plainBlocks(piece: string): RootContent[] {
  return piece
    .split(/\n[ \t]*\n/)
    .map((value) => ({ type: 'paragraph', children: [{ type: 'text', value }] }));
}

function cut(body: string): { pieces: string[]; definitions: string } {
  const pieces: string[] = [];
  const definitions: string[] = [];
  let piece: string[] = [];
  let size = 0;
  let fence: string | null = null;
  let blankAbove = true;
  for (const line of body.split('\n')) {
    const fenceHere = FENCE.exec(line)?.[1];
    if (fence === null && blankAbove && size >= PIECE_CHARACTERS && /^\S/.test(line)) {
      pieces.push(piece.join('\n'));
      piece = [];
      size = 0;
    }
    if (fence === null && fenceHere !== undefined) fence = fenceHere;
    else if (fence !== null && fenceHere?.startsWith(fence)) fence = null;
    if (fence === null && LINK_DEFINITION.test(line)) definitions.push(line.trim());
    piece.push(line);
    size += line.length + 1;
    blankAbove = line.trim() === '';
  }
  pieces.push(piece.join('\n'));
  return { pieces, definitions: definitions.join('\n') };
}
