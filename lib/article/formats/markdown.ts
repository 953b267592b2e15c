import type { RootContent } from 'mdast';
import { decodeText } from '../text/decode';
import { splitFrontMatter } from '../markdown/front-matter';
import { markdownParagraphs } from '../markdown/paragraphs';
import { parseMarkdown } from '../markdown/parse';
import { blockLines, lineOf } from '../markdown/lines';
import { canBeTitle, titleFromName } from '../title';
import type { ArticleDraft, ReadContext, Reader, ReadInput } from '../types';

/**
 * Markdown (CommonMark and GFM) with YAML front matter. What an author wrote to be read becomes
 * paragraphs; markup, addresses of links, images and comments do not.
 *
 * The title is the front matter's, else the first level-one heading (when it stands above the text, or is
 * the only one), else the file's name. A heading that is the title again is dropped, the others become
 * `section` of the paragraphs below them.
 */
export const markdownReader = {
  read: (input: ReadInput, context?: ReadContext) => [readMarkdown(input, context)],
} satisfies Reader;

function readMarkdown(input: ReadInput, context: ReadContext | undefined): ArticleDraft {
  const { matter, body } = splitFrontMatter(decodeText(input, context), input.name);
  const blocks = parseMarkdown(body);
  const heading = matter.title === null ? headingAsTitle(blocks) : null;
  const title = matter.title ?? heading ?? titleFromName(input.name);
  return { ...matter, title, paragraphs: markdownParagraphs(blocks, title) };
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
