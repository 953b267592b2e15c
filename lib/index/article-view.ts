import { paragraphRanges } from '../article';
import type { Generation } from './generation';
import type { ArticleView } from './types';

/** @returns the article laid out by paragraphs and passages, or null when the generation has none of this id */
export function articleView(generation: Generation, articleId: string): ArticleView | null {
  const article = generation.store.article(articleId);
  if (article === null) return null;
  const passages = generation.store.passagesOf(articleId);
  let next = 0;
  const paragraphs = paragraphRanges(article).map(({ start, end }, i) => {
    const parts: { ordinal: number; text: string }[] = [];
    // Passages come in reading order, and one may span several paragraphs: never step past it early.
    while (next < passages.length && (passages[next]?.end ?? 0) <= start) next++;
    for (let at = next; at < passages.length; at++) {
      const passage = passages[at];
      if (passage === undefined || passage.start >= end) break;
      const from = Math.max(passage.start, start) - start;
      const to = Math.min(passage.end, end) - start;
      parts.push({ ordinal: passage.ordinal, text: article.paragraphs[i]?.text.slice(from, to) ?? '' });
    }
    return { section: article.paragraphs[i]?.section ?? null, page: article.paragraphs[i]?.page ?? null, parts };
  });
  return {
    generation: generation.id,
    article,
    paragraphs,
    passages: passages.map(({ id, ordinal, text, section, page }) => ({ id, ordinal, text, section, page })),
  };
}
