import type { RootContent } from 'mdast';
import { Sections } from '../text/sections';
import type { Paragraph } from '../types';
import { blockLines, lineOf } from './lines';

/**
 * The paragraphs of Markdown, footnotes last; headings become `section` of what stands below them.
 *
 * @param title of the article: a heading that says the same again is left out
 */
export function markdownParagraphs(blocks: readonly RootContent[], title: string | null): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  const footnotes: Paragraph[] = [];
  const sections = new Sections(title);
  for (const block of blocks) {
    if (block.type === 'heading' && sections.heading(block.depth, lineOf(block))) continue;
    const into = block.type === 'footnoteDefinition' ? footnotes : paragraphs;
    for (const { text, ...setting } of blockLines(block)) into.push({ text, section: sections.take(), page: null, ...setting });
  }
  return [...paragraphs, ...footnotes];
}
