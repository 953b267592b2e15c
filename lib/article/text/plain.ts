import type { Paragraph } from '../types';
import { cleanLine, cleanText, isBlank } from './clean';
import { joinLines } from './lines';

/** Columns beyond which a line was not wrapped by an editor (they wrap at 72 to 100). */
const WRAP_COLUMNS = 120;
/** Share of longer lines that hard-wrapped text may still have: addresses, tables. */
const LONG_LINES = 0.1;

const RULE = /^\s*([-=*_~#])(?:\s*\1){2,}\s*$/;
const LIST_MARK = /^\s*(?:[-*+•‣◦–]|\d{1,3}[.)])\s+\S/;

/**
 * The paragraphs of text without markup: blocks between blank lines where an editor has wrapped them, else its lines.
 *
 * @param text is cleaned here
 */
export function textParagraphs(text: string): Paragraph[] {
  const blocks = toBlocks(cleanText(text).split('\n'));
  return plainParagraphs(blocks, isWrapped(blocks));
}

/** @param wrapped whether a block is a paragraph (or a list); else each of its lines is one */
export function plainParagraphs(blocks: readonly string[][], wrapped: boolean): Paragraph[] {
  const texts = wrapped ? blocks.flatMap(wrappedParagraphs) : blocks.flat();
  return texts
    .map(cleanLine)
    .filter((text) => !isBlank(text))
    .map((text) => ({ text, section: null, page: null }));
}

/** Runs of lines between blank lines and ornaments. */
export function toBlocks(lines: readonly string[]): string[][] {
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

/** Whether blocks of several lines are paragraphs that an editor has wrapped. */
export function isWrapped(blocks: readonly string[][]): boolean {
  const inBlocks = blocks.filter((block) => block.length > 1).flat();
  if (blocks.length < 2 || inBlocks.length === 0) return false;
  const long = inBlocks.filter((line) => columns(line) > WRAP_COLUMNS);
  return long.length <= inBlocks.length * LONG_LINES;
}

/** Width in columns; ideographs take two. Beyond the limit it does not matter by how much. */
function columns(line: string): number {
  const seen = line.slice(0, WRAP_COLUMNS + 1);
  const wide = seen.match(/[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFF00-\uFF60]/g);
  return seen.length + (wide?.length ?? 0);
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
