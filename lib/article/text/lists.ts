import type { Setting } from '../types';

/** A list whose items all have at most this many words reads as one line: ingredients, names, places. */
const SHORT_ITEM_WORDS = 6;
/** … unless it has more items than a line can hold. */
const SHORT_ITEMS = 16;

/** A line of a block, and how it is set. */
export interface Line extends Setting {
  text: string;
}

/**
 * What a list reads as, on one line, where all of its items are short.
 *
 * @param items the lines of each
 * @returns null for a list that is to be set item by item
 */
export function shortList(items: readonly (readonly Line[])[]): string | null {
  const texts = items.flatMap((item) => item.map(({ text }) => text));
  const short = items.every((item) => item.length <= 1 && item.every(({ text, kind }) => kind === undefined && isShort(text)));
  if (!short || texts.length < 2 || texts.length > SHORT_ITEMS) return null;
  return texts.map((text, i) => (i === texts.length - 1 || /\p{P}$/u.test(text) ? text : `${text};`)).join(' ');
}

/** The lines of an item, with its mark at the first. */
export function itemLines(lines: readonly Line[], mark: string): Line[] {
  return lines.map((line, i): Line => ({ kind: 'item', ...(i === 0 ? { mark } : {}), ...line }));
}

/** Scripts without spaces between words, of which a word has two characters or so. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function isShort(line: string): boolean {
  return line.length <= SHORT_ITEM_WORDS * (UNSPACED.test(line) ? 2 : 12) && line.split(' ').length <= SHORT_ITEM_WORDS && !/[.!?。！？]$/.test(line);
}
