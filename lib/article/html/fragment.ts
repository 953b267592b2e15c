import type { Paragraph } from '../types';
import { htmlParagraphs } from './blocks';
import { parseHtml } from './parse';

/**
 * The paragraphs of HTML that is all article: what feeds, books and data carry.
 *
 * @param title of the article: a heading that says the same again is left out
 * @throws PilcrowError `limit-exceeded` as `parseHtml`
 */
export function readFragment(html: string, title: string | null): Paragraph[] {
  return htmlParagraphs(parseHtml(html, title ?? 'HTML').body, title);
}
