import type { SearchResult } from '../../../lib/search';

/**
 * How many more passages an article has that were left out so that it does not fill the page.
 * @param href where they are
 */
export function MoreInArticle({ result: { article, moreInArticle }, href }: { result: SearchResult; href: string }) {
  if (moreInArticle === 0) return null;
  return <a href={href}>{moreInArticle.toLocaleString('en')} more from this article<span className="unseen">, {article.title}</span></a>;
}
