import { cleanLine, isBlank } from '../text/clean';
import { decodeText } from '../text/decode';
import { joinLines } from '../text/lines';
import { canBeTitle, titleFromName } from '../title';
import type { ArticleDraft, ReadContext, Reader, ReadInput } from '../types';

/** Columns beyond which a line was not wrapped by an editor (they wrap at 72 to 100). */
const WRAP_COLUMNS = 120;
/** Share of longer lines that hard-wrapped text may still have: addresses, tables. */
const LONG_LINES = 0.1;

const RULE = /^\s*([-=*_~#])(?:\s*\1){2,}\s*$/;
const LIST_MARK = /^\s*(?:[-*+•‣◦–]|\d{1,3}[.)])\s+\S/;

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
  const texts = wrapped ? blocks.flatMap(wrappedParagraphs) : blocks.flat();
  return {
    title: title ?? titleFromName(input.name),
    author: null,
    published: null,
    updated: null,
    language: null,
    url: null,
    tags: [],
    paragraphs: texts
      .map(cleanLine)
      .filter((text) => !isBlank(text))
      .map((text) => ({ text, section: null, page: null })),
  };
}

/** Runs of lines between blank lines and ornaments. */
function toBlocks(lines: readonly string[]): string[][] {
  const blocks: string[][] = [];
  let open = false;
  for (const line of lines) {
    const separates = isBlank(line) || RULE.test(line);
    if (!separates && open) blocks.at(-1)?.push(line);
    else if (!separates) blocks.push([line]);
    open = !separates;
  }
  return blocks;
}

function withoutFirstLine(blocks: readonly string[][]): string[][] {
  const [first = [], ...others] = blocks;
  return first.length > 1 ? [first.slice(1), ...others] : others;
}

function isWrapped(body: readonly string[][]): boolean {
  const inBlocks = body.filter((block) => block.length > 1).flat();
  if (body.length < 2 || inBlocks.length === 0) return false;
  const long = inBlocks.filter((line) => columns(line) > WRAP_COLUMNS);
  return long.length <= inBlocks.length * LONG_LINES;
}

/** Width in columns; ideographs take two. Beyond the limit it does not matter by how much. */
function columns(line: string): number {
  const seen = line.slice(0, WRAP_COLUMNS + 1);
  const wide = seen.match(/[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFF00-\uFF60]/g);
  return seen.length + (wide?.length ?? 0);
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

function wrappedParagraphs(block: readonly string[]): string[] {
  if (block.filter((line) => LIST_MARK.test(line)).length < 2) return [joinLines(block)];
  const items: string[][] = [];
  for (const line of block) {
    const last = items.at(-1);
    if (last === undefined || LIST_MARK.test(line)) items.push([line]);
    else last.push(line);
  }
  return items.map(joinLines);
}
