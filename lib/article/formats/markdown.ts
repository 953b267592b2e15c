import type { RootContent } from 'mdast';
import { isBlank } from '../text/clean';
import { decodeText } from '../text/decode';
import { splitFrontMatter } from '../markdown/front-matter';
import { parseMarkdown } from '../markdown/parse';
import { blockLines, lineOf } from '../markdown/lines';
import { canBeTitle, titleFromName } from '../title';
import type { ArticleDraft, Paragraph, Reader, ReadInput } from '../types';

/**
 * Markdown (CommonMark and GFM) with YAML front matter. What an author wrote to be read becomes
 * paragraphs; markup, addresses of links, images and comments do not.
 *
 * The title is the front matter's, else the first level-one heading (when it stands above the text, or is
 * the only one), else the file's name. A heading that is the title again is dropped, the others become
 * `section` of the paragraphs below them.
 */
export const markdownReader: Reader = {
  format: 'markdown',
  extensions: ['.md', '.markdown'],
  read: (input) => [readMarkdown(input)],
};

function readMarkdown(input: ReadInput): ArticleDraft {
  const { matter, body } = splitFrontMatter(decodeText(input), input.name);
  const blocks = parseMarkdown(body);
  const heading = matter.title === null ? headingAsTitle(blocks) : null;
  const title = matter.title ?? heading ?? titleFromName(input.name);
  return { ...matter, title, paragraphs: toParagraphs(blocks, title) };
}

function headingAsTitle(blocks: readonly RootContent[]): string | null {
  let textAbove = false;
  let found: string | null = null;
  for (const block of blocks) {
    if (block.type !== 'heading') {
      textAbove ||= found === null && blockLines(block).length > 0;
    } else if (block.depth === 1 && canBeTitle(lineOf(block))) {
      if (!textAbove) return lineOf(block);
      if (found !== null) return null;
      found = lineOf(block);
    }
  }
  return found;
}

function toParagraphs(blocks: readonly RootContent[], title: string): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  const footnotes: Paragraph[] = [];
  let section: string | null = null;
  /** Headings above that have no text of their own yet, outermost first. */
  let bare: { depth: number; text: string }[] = [];
  for (const block of blocks) {
    if (block.type === 'heading') {
      const text = lineOf(block);
      if (isBlank(text) || canBeTitle(text)) {
        bare = bare.filter(({ depth }) => depth < block.depth);
        if (!isBlank(text) && !same(text, title)) bare.push({ depth: block.depth, text });
        section = bare.length === 0 ? null : bare.map((heading) => heading.text).join(' › ');
        continue;
      }
    }
    const into = block.type === 'footnoteDefinition' ? footnotes : paragraphs;
    for (const { text, ...setting } of blockLines(block)) {
      into.push({ text, section, page: null, ...setting });
      bare = [];
    }
  }
  return [...paragraphs, ...footnotes];
}

function same(heading: string, title: string): boolean {
  const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  return heading === title || (plain(heading) !== '' && plain(heading) === plain(title));
}
