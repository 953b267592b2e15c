import { cleanLine } from '../text/clean';
import { decodeText } from '../text/decode';
import { isWrapped, plainParagraphs, toBlocks } from '../text/plain';
import { canBeTitle, titleFromName } from '../title';
import type { ArticleDraft, ReadContext, Reader, ReadInput } from '../types';

/**
 * Plain text, in one of two forms.
 *
 * - **One paragraph a line**: the first line is the title, every other line a paragraph; blank lines say nothing.
 * - **Blank lines between paragraphs**: a paragraph is a block of lines that an editor has wrapped.
 *
 * It is the second form when blank lines separate blocks below the title, a block has several lines, and
 * those lines are short enough to have been wrapped (at most one in ten longer than 120 columns).
 * Everything else is the first form: long lines with a stray blank line between them, and a single block
 * of short lines, which could as well be a list; the splitter joins short neighbours anyway.
 *
 * In the second form a block with two or more list marks keeps its items apart, and the first line is no
 * title when the second one goes on in lower case: that is a paragraph, wrapped. Lines made of dashes,
 * stars and the like are ornaments and separate blocks. A first line too long for a title is a paragraph.
 */
export const textReader = {
  read: (input: ReadInput, context?: ReadContext) => [readText(input, context)],
} satisfies Reader;

function readText(input: ReadInput, context: ReadContext | undefined): ArticleDraft {
  const blocks = toBlocks(decodeText(input, context).split('\n'));
  const wrapped = isWrapped(withoutFirstLine(blocks));
  const title = takeTitle(blocks, wrapped);
  return {
    title: title ?? titleFromName(input.name),
    author: null,
    published: null,
    updated: null,
    language: null,
    url: null,
    tags: [],
    paragraphs: plainParagraphs(blocks, wrapped),
  };
}

function withoutFirstLine(blocks: readonly string[][]): string[][] {
  const [first = [], ...others] = blocks;
  return first.length > 1 ? [first.slice(1), ...others] : others;
}

/** Takes the title's line out of the blocks; null where there is none and they stay as they are. */
function takeTitle(blocks: string[][], wrapped: boolean): string | null {
  const [first] = blocks;
  const line = first?.[0];
  if (first === undefined || line === undefined || !canBeTitle(line)) return null;
  if (blocks.length === 1 && first.length === 1) return null;
  const next = first[1];
  if (wrapped && next !== undefined && /^\s*\p{Ll}/u.test(next)) return null;
  first.shift();
  if (first.length === 0) blocks.shift();
  return cleanLine(line);
}
