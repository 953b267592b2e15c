import { readPage } from '../html/page';
import { decodeText } from '../text/decode';
import type { ReadContext, Reader, ReadInput } from '../types';

/**
 * Pages as browsers save them. Of a page, its main text becomes paragraphs; menus, related links, captions above the
 * text, boxes and comments do not.
 */
export const htmlReader = {
  read: (input: ReadInput, context: ReadContext) => [readPage(decodeText(input, context), input)],
} satisfies Reader;
