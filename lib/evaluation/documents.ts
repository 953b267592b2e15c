import type { Article } from '../article';
import { articleText } from '../article';
import type { StoredPassage } from '../index';
import type { Question } from './beir';

/**
 * The documents of a ranking of passages, best first: each where its best passage stands, one that only
 * repeats another's wording directly behind it.
 */
export function documentsOf(ranked: readonly { passage: StoredPassage; repeats: readonly StoredPassage[] }[]): string[] {
  return [...new Set(ranked.flatMap(({ passage, repeats }) => [passage, ...repeats]).map(({ article }) => article.id))];
}

/**
 * Whether a document with the question's id is the question itself: then finding it is no merit. Sets that
 * merely count both from 1 have equal ids with different texts, and there it is a document like any other.
 */
export function isQuestionItself({ text }: Question, article: Pick<Article, 'title' | 'paragraphs'>): boolean {
  const asked = letters(text);
  const written = letters(`${article.title}\n${articleText(article)}`);
  return asked !== '' && (written.includes(asked) || asked.includes(letters(articleText(article))));
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}
