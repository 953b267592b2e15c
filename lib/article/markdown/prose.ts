import type { RootContent } from 'mdast';
import { isBlankLine } from './cost';

/** What may reach beyond its block: HTML, a fence in a list, and definitions, which count everywhere in a text. */
const REACHES_FURTHER = /^[ \t]*<|^[ \t]+(?:`{3}|~{3})|\]:/m;

/** No character of it means anything in Markdown, at the line's beginning, within it or at its end. */
const PLAIN_LINE = /^(?!\d{1,9}[.)](?: |$))[\p{L}\p{N}"'(“”‘’„«»¿¡$£€][^\\`*_[\]<>&~|@\p{Cc}]*(?<=\S)$/u;
const ADDRESS = /https?:|www\./i;
const PLAIN_HEADING = /^(#{1,6}) +([^#]+)$/;

/** Whether blocks of this Markdown text can be parsed one by one. */
export function canPart(text: string): boolean {
  return !REACHES_FURTHER.test(text);
}

/**
 * Whether a block is one paragraph, or one heading, that has no markup in it.
 * @param lines of which the first is unindented and below a blank one; those at the end may be blank
 */
export function isProse(lines: readonly string[]): boolean {
  const text = withoutBlankEnd(lines);
  const heading = text.length === 1 ? PLAIN_HEADING.exec(text[0] ?? '')?.[2] : undefined;
  return heading === undefined ? text.length > 0 && text.every(isPlain) : isPlain(heading);
}

/** @param block for which `isProse` holds */
export function proseBlock(block: string): RootContent {
  const text = withoutBlankEnd(block.split('\n')).join('\n');
  const [, signs, heading] = PLAIN_HEADING.exec(text) ?? [];
  if (heading === undefined) return { type: 'paragraph', children: [{ type: 'text', value: text }] };
  return { type: 'heading', depth: signs?.length as 1 | 2 | 3 | 4 | 5 | 6, children: [{ type: 'text', value: heading }] };
}

function withoutBlankEnd(lines: readonly string[]): readonly string[] {
  return lines.slice(0, 1 + lines.findLastIndex((line) => !isBlankLine(line)));
}

function isPlain(line: string): boolean {
  return PLAIN_LINE.test(line) && !ADDRESS.test(line);
}
