import type { Generation } from '../index';
import { articleRef } from './answer';
import { ARTICLE_PAGE_SIZE, type ArticlesRequest, type Filters } from './request';
import type { ArticlePage, Facets } from './types';

/** Values of each facet, beside those chosen. */
const MOST_VALUES = 50;

/** What articles can be filtered by, and how many pass with each value under all other filters. */
export function facetsOf({ id, store, manifest }: Generation, filters: Filters): Facets {
  return { generation: id, ...store.articles.facets(filters, manifest.sources.map(({ label }) => label), MOST_VALUES) };
}

/** A page of the library; one beyond the last has no articles, and the right total. */
export function articlePage({ id, store }: Generation, { q, sort, page, ...filter }: ArticlesRequest): ArticlePage {
  const { articles, total } = store.articles.select({ filter, words: q, order: sort, offset: (page - 1) * ARTICLE_PAGE_SIZE, limit: ARTICLE_PAGE_SIZE });
  return {
    generation: id,
    articles: articles.map((article) => ({ ...articleRef(article), tags: article.tags, passages: article.passages, words: article.words })),
    total,
    page,
    pages: Math.max(1, Math.ceil(total / ARTICLE_PAGE_SIZE)),
    pageSize: ARTICLE_PAGE_SIZE,
    sort,
    unknownFilters: store.articles.unknown(filter),
  };
}
