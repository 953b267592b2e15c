import { isSameLine } from '../text/sections';
import { canBeTitle } from '../title';
import type { Paragraph } from '../types';

/** Characters of a text that stand for a title. */
const HEADLINE = 80;

/**
 * Title and paragraphs of an article in data. Where there is no title the text's beginning is one; what is too long
 * for a title is the first paragraph, unless the text begins with it anyway.
 *
 * @param paragraphs at least one
 */
export function articleTitle(title: string | null, paragraphs: Paragraph[]): { title: string; paragraphs: Paragraph[] } {
  if (title !== null && canBeTitle(title)) return { title, paragraphs };
  const first = paragraphs[0]?.text ?? '';
  if (title === null || first.startsWith(title) || isSameLine(title, first)) return { title: beginning(title ?? first), paragraphs };
  return { title: beginning(title), paragraphs: [{ text: title, section: null, page: null }, ...paragraphs] };
}

/** The first words, with an ellipsis where there are more. */
function beginning(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  if (line.length <= HEADLINE) return line;
  const cut = line.slice(0, HEADLINE);
  const words = cut.replace(/[\p{P}\s]*\s\S*$/u, '');
  // a script without spaces, cut between two characters
  return `${words === '' || words.length < HEADLINE / 2 ? cut.replace(/[\uD800-\uDBFF]$/, '') : words}…`;
}
