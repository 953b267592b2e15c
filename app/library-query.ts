import { toPilcrowError } from './errors';
import { type PageParams, filtersOf, pageInput, queryFromPage, withoutFilters, withoutParameters, withParameter } from './query';
import { type ArticlesInput, articlesRequestSchema, type ArticleSort, parseArticlesRequest } from '../lib/search/request';

/** What the library's address asks for: words, order, page and filters. */
export function libraryQuery(params: PageParams): URLSearchParams {
  return queryFromPage(params, Object.keys(articlesRequestSchema.shape));
}

export function articlesInput(query: URLSearchParams): ArticlesInput {
  return pageInput(query);
}

/** As much of a query as can be answered: the library is shown with what is wrong in it left out. */
export function soundQuery(query: URLSearchParams): URLSearchParams {
  const names = [...new Set(query.keys())].filter((name) => isSound(only(query, [name])));
  const sound = only(query, names);
  // Each of them is: what is wrong is between the dates, or that they are too many.
  const fewer = [sound, only(sound, names.filter((name) => name !== 'from' && name !== 'to')), withoutFilters(sound)];
  return fewer.find(isSound) ?? new URLSearchParams();
}

/** Another order begins with its first page. */
export function withSort(query: URLSearchParams, sort: ArticleSort): URLSearchParams {
  return withParameter(withoutPage(query), 'sort', sort);
}

/** The same articles in the same order, from the first on. */
export function withoutPage(query: URLSearchParams): URLSearchParams {
  return withoutParameters(query, []);
}

/** The first page has no number. */
export function withPage(query: URLSearchParams, page: number): URLSearchParams {
  const first = withoutPage(query);
  return page === 1 ? first : withParameter(first, 'page', String(page));
}

/** The same articles in the same order, whatever is typed in the box. */
export function withoutWords(query: URLSearchParams): URLSearchParams {
  return withoutParameters(query, query.getAll('q').map((value) => ['q', value]));
}

export function isNarrowed(query: URLSearchParams): boolean {
  return query.has('q') || filtersOf(query).length > 0;
}

function only(query: URLSearchParams, names: readonly string[]): URLSearchParams {
  return new URLSearchParams([...query].filter(([name]) => names.includes(name)));
}

function isSound(query: URLSearchParams): boolean {
  try {
    parseArticlesRequest(pageInput(query));
    return true;
  } catch (thrown) {
    if (toPilcrowError(thrown).kind !== 'usage') throw thrown;
    return false;
  }
}
