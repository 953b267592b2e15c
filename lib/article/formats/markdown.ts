import type { RootContent } from 'mdast';
import { isoDate } from '../date';
import { decodeText } from '../text/decode';
import { splitFrontMatter } from '../markdown/front-matter';
import { markdownParagraphs } from '../markdown/paragraphs';
import { parseMarkdown } from '../markdown/parse';
import { blockLines, lineOf } from '../markdown/lines';
import { canBeTitle, titleFromName } from '../title';
import type { ArticleDraft, ReadContext, Reader, ReadInput } from '../types';

/** `2021-03-04-high-water.md`, as Jekyll wants it, and the `2021-03-04.md` of a diary. */
const DATED_NAME = /^(?:.*\/)?(\d{4}-\d{2}-\d{2})(?:[-_ ]+([^/]+))?\.[^./]+$/;

/**
 * Markdown (CommonMark and GFM) with front matter in YAML or TOML. What an author wrote to be read becomes
 * paragraphs; markup, addresses of links, images and comments do not.
 *
 * The title is the front matter's, else the first level-one heading (when it stands above the text, or is
 * the only one), else the file's name. A heading that is the title again is dropped, the others become
 * `section` of the paragraphs below them. A date that the file's name begins with is the article's where no other is.
 */
export const markdownReader = {
  read: (input: ReadInput, context?: ReadContext) => [readMarkdown(input, context)],
} satisfies Reader;

function readMarkdown(input: ReadInput, context: ReadContext | undefined): ArticleDraft {
  const { matter, body } = splitFrontMatter(decodeText(input, context), input.name, (message) => context?.warn(message));
  const blocks = parseMarkdown(body);
  const heading = matter.title === null ? headingAsTitle(blocks) : null;
  const named = nameOf(input.name);
  const title = matter.title ?? heading ?? named.title;
  return { ...matter, title, published: matter.published ?? named.date, paragraphs: markdownParagraphs(blocks, title) };
}

function nameOf(name: string): { title: string; date: string | null } {
  const [, day = '', rest] = DATED_NAME.exec(name) ?? [];
  const date = isoDate(day);
  if (date === null) return { title: titleFromName(name), date };
  return { title: rest === undefined ? day : titleFromName(rest), date };
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
