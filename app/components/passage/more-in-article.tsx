import type { SearchResult } from '../../../lib/search';
import { searchHref } from '../../links';
import { withinArticle } from '../../query';

/** How many more passages an article has that were left out so that it does not fill the page. */
export function MoreInArticle({ result: { article, moreInArticle }, query }: { result: SearchResult; query?: URLSearchParams }) {
  if (moreInArticle === 0) return null;
  const words = `${moreInArticle.toLocaleString('en')} more from this article`;
  if (query === undefined) return <span>{words}</span>;
  return <a href={searchHref(withinArticle(query, article.id))}>{words}<span className="unseen">, {article.title}</span></a>;
}
