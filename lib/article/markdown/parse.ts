import type { RootContent } from 'mdast';
import { fromMarkdown, type Extension } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { cutMarkdown } from './cut';
import { proseBlock } from './prose';

const GFM = { extensions: [gfm()], mdastExtensions: gfmFromMarkdown().map(withoutTransforms) };

/** A label without brackets in it, as definitions and references have it. */
const LABEL = /\[(?!\^)([^[\]]{1,999})\]/g;

/**
 * Blocks of a Markdown text, in order.
 *
 * Long texts are parsed in pieces that begin at an unindented line below a blank one, outside of code
 * fences; every piece is given the link definitions it needs. What the parser cannot take, or only in
 * minutes (see {@link cutMarkdown}), is taken as plain text, markup and all, so that nothing is lost.
 */
export function parseMarkdown(body: string): RootContent[] {
  const { pieces, definitions } = cutMarkdown(body);
  const byLabel = new Map([...definitions].reverse().map(({ label, line }) => [normal(label), line]));
  return pieces.flatMap(({ text, kind }) => {
    if (kind === 'prose') return proseBlock(text);
    if (kind === 'plain') return plainBlocks(text);
    return parsePiece(text, pieces.length === 1 ? '' : needed(text, byLabel));
  });
}

function parsePiece(piece: string, definitions: string): RootContent[] {
  try {
    return fromMarkdown(`${piece}\n\n${definitions}`, GFM).children;
  } catch (thrown) {
    // how the stack overflows on what is nested too deep
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

/** Those of the definitions that the piece may refer to; the first one of a label counts, as in Markdown. */
function needed(piece: string, byLabel: ReadonlyMap<string, string>): string {
  if (byLabel.size === 0) return '';
  const lines = new Set<string>();
  for (const [, label = ''] of piece.matchAll(LABEL)) {
    const line = byLabel.get(normal(label));
    if (line !== undefined) lines.add(line);
  }
  return [...lines].join('\n');
}

function normal(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase().toUpperCase();
}

/** The search for addresses in text is quadratic (`a.a.a.…`), and links leave nothing but their text anyway. */
function withoutTransforms(extension: Extension): Extension {
  return { ...extension, transforms: [] };
}
