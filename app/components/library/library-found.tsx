import type { ArticlePage } from '../../../lib/search';
import { isNarrowed, withoutWords, withPage } from '../../library-query';
import { libraryHref, libraryPageHref } from '../../links';
import { filtersOf } from '../../query';
import { count } from '../../words';

/** How many articles there are, and which of them stand here; where there are none, why, and where there are some. */
export function LibraryFound({ query, found }: { query: URLSearchParams; found: ArticlePage }) {
  const { total, page, pages, pageSize, articles } = found;
  if (page > pages) {
    const last = <a href={libraryPageHref(withPage(query, pages))}>{pages === 1 ? 'the first and only one' : `page ${pages.toLocaleString('en')}`}</a>;
    return <p>There is no page {page.toLocaleString('en')}: the last is {last}.</p>;
  }
  if (total === 0) return <NoArticle query={query} />;
  const first = (page - 1) * pageSize + 1;
  const which = pages === 1 ? '' : `: ${first.toLocaleString('en')} to ${(first + articles.length - 1).toLocaleString('en')}`;
  return <p className="note">{count(total, 'article')}{withWords(query)}{which}</p>;
}

function NoArticle({ query }: { query: URLSearchParams }) {
  const isFiltered = filtersOf(query).length > 0;
  return (
    <>
      <p>No article {isFiltered ? 'of those chosen' : 'here'} {query.has('q') ? <>has <Words query={query} /> in its title or author.</> : 'is left.'}</p>
      <ul>
        {isFiltered && query.has('q') ? <li><a href={libraryPageHref(withoutWords(query))}>Show all of those chosen</a></li> : null}
        {isNarrowed(query) ? <li><a href={libraryHref}>Show all articles</a></li> : null}
      </ul>
    </>
  );
}

function withWords(query: URLSearchParams) {
  return query.has('q') ? <> with <Words query={query} /> in title or author</> : null;
}

function Words({ query }: { query: URLSearchParams }) {
  return <>“<bdi>{query.get('q')}</bdi>”</>;
}
