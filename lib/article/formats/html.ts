import { readPage } from '../html/page';
import { decodeText } from '../text/decode';
import type { ReadContext, Reader, ReadInput } from '../types';

const OF_A_PAGE = /<(?:!doctype|html|head|body|title)(?=[\s>])/i;

/**
 * Pages as browsers save them. Of a page, its main text becomes paragraphs; menus, related links, captions,
 * boxes and comments do not.
 */
export const htmlReader = {
  read: (input: ReadInput, context: ReadContext) => [readPage(wholePage(decodeText(input, context), input.title), input)],
} satisfies Reader;

/** Exports have bodies of posts without title: a heading in one would be taken for it. */
function wholePage(html: string, title: string | undefined): string {
  if (title === undefined || OF_A_PAGE.test(html)) return html;
  // Readability cuts titles at such characters
  const line = title.replace(/[|\\/<>&»:]|\s[-–—]\s/g, ' ');
  return `<!DOCTYPE html><title>${line}</title><article><h1>${line}</h1>${html}</article>`;
}
