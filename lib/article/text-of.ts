import type { Article } from './types';

/** Stands between two paragraphs in an article's text. */
const PARAGRAPH_BREAK = '\n\n';

/** The article's text: what the offsets of its passages point into. The title is not part of it. */
export function articleText(article: Pick<Article, 'paragraphs'>): string {
  return article.paragraphs.map((paragraph) => paragraph.text).join(PARAGRAPH_BREAK);
}

/** Where each paragraph lies in {@link articleText}, in UTF-16 offsets. */
export function paragraphRanges(article: Pick<Article, 'paragraphs'>): { start: number; end: number }[] {
  let start = 0;
  return article.paragraphs.map(({ text }) => {
    const range = { start, end: start + text.length };
    start = range.end + PARAGRAPH_BREAK.length;
    return range;
  });
}
