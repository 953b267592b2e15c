import { paragraphRanges } from '../../article';
import type { Generation } from './generation';
import type { StoredPassage } from '../store/passage-store';
import type { ArticleView } from '../types';

/** @returns the article laid out by paragraphs and passages, or null when the generation has none of this id */
export function articleView(generation: Generation, articleId: string): ArticleView | null {
  const article = generation.store.article(articleId);
  if (article === null) return null;
  const passages = generation.store.passagesOf(articleId);
  let next = 0;
  const paragraphs = paragraphRanges(article).map(({ start, end }, i) => {
    const { text, ...known } = article.paragraphs[i] ?? { text: '', section: null, page: null };
    // Passages come in reading order, and one may span several paragraphs: never step past it early.
    while (next < passages.length && (passages[next]?.end ?? 0) <= start) next++;
    const inside: StoredPassage[] = [];
    for (let at = next; at < passages.length; at++) {
      const passage = passages[at];
      if (passage === undefined || passage.start >= end) break;
      inside.push(passage);
    }
    // White space between two passages belongs to neither: here it stays with the first.
    const from = inside.map((passage, j) => (j === 0 ? 0 : passage.start - start));
    const parts = inside.map(({ ordinal }, j) => ({ ordinal, text: text.slice(from[j], from[j + 1]) }));
    return { ...known, parts };
  });
  return {
    generation: generation.id,
    article,
    paragraphs,
    passages: passages.map(({ id, ordinal, text, section, page }) => ({ id, ordinal, text, section, page })),
  };
}
