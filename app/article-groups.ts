import { wordsOf } from '../lib/index';
import type { ArticleSort, ListedArticle } from '../lib/search';

/** Articles that stand below one heading; null where the order has none. */
export interface ArticleGroup {
  heading: string | null;
  articles: ListedArticle[];
}

const HEADINGS: Record<ArticleSort, (article: ListedArticle) => string | null> = {
  newest: yearOf,
  oldest: yearOf,
  title: ({ title }) => firstLetter(title) ?? 'No letters',
  author: ({ author }) => firstLetter(author ?? '') ?? 'No author',
  longest: () => null,
};

/** A page of the library in the parts of its order: years, or letters. */
export function articleGroups(articles: readonly ListedArticle[], sort: ArticleSort): ArticleGroup[] {
  const groups: ArticleGroup[] = [];
  for (const article of articles) {
    const heading = HEADINGS[sort](article);
    const last = groups.at(-1);
    if (last?.heading === heading) last.articles.push(article);
    else groups.push({ heading, articles: [article] });
  }
  return groups;
}

function yearOf({ published }: ListedArticle): string {
  return published?.slice(0, 4) ?? 'No date';
}

/** By the same rules as the index orders them: without accents and punctuation. */
function firstLetter(text: string): string | null {
  const [first] = wordsOf(text)[0] ?? '';
  if (first === undefined) return null;
  return /\p{N}/u.test(first) ? '0–9' : first.toLocaleUpperCase('en');
}
