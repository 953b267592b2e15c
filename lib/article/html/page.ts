import { isoDate } from '../date';
import { cleanLine } from '../text/clean';
import { canBeTitle, titleFromName } from '../title';
import type { ArticleDraft, ReadInput } from '../types';
import { authorLine } from './authors';
import { htmlParagraphs } from './blocks';
import { withoutFrame } from './frame';
import { mainText } from './main-text';
import { pageData } from './metadata';
import { parseHtml } from './parse';

/**
 * The article in a page as it was saved or fetched.
 *
 * @throws PilcrowError `limit-exceeded` as `parseHtml`
 */
export function readPage(html: string, { name, url }: Pick<ReadInput, 'name' | 'url'>): ArticleDraft {
  const document = parseHtml(html, name);
  const { titles, summaries, body, ...data } = pageData(document, html, url);
  const main = mainText(document, { summaries, body });
  const title = [main.title ?? '', ...titles].map(cleanLine).find(canBeTitle) ?? titleFromName(name);
  const author = data.author ?? authorLine([main.byline ?? '']);
  const published = data.published ?? isoDate(main.published ?? '');
  return { ...data, title, author, published, paragraphs: withoutFrame(htmlParagraphs(main.content, title), title, author) };
}
