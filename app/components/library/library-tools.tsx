import type { ArticleSort } from '../../../lib/search';
import { ARTICLE_SORTS } from '../../../lib/search/request';
import { withoutWords, withSort } from '../../library-query';
import { libraryHref, libraryPageHref } from '../../links';
import { KeptParameters } from '../filters/kept-parameters';
import styles from './library-tools.module.css';

const SORT_WORDS: Record<ArticleSort, string> = {
  newest: 'newest first',
  oldest: 'oldest first',
  title: 'title',
  author: 'author',
  longest: 'longest first',
};

/** A box that finds articles by title and author, and the orders they can stand in. */
export function LibraryTools({ query, sort }: { query: URLSearchParams; sort: ArticleSort }) {
  return (
    <div className={styles.tools}>
      <form action={libraryHref} method="get" className={styles.find}>
        <label className="unseen" htmlFor="library-words">Title or author</label>
        <input id="library-words" className="field" type="search" name="q" defaultValue={query.get('q') ?? ''} placeholder="Title or author" autoComplete="off" enterKeyHint="search" dir="auto" />
        <KeptParameters query={withoutWords(query)} />
        <button className="button">Find</button>
      </form>
      <nav aria-label="Order" className={styles.order}>
        <span aria-hidden="true">Sort by</span>
        <ul>
          {ARTICLE_SORTS.map((one) => (
            <li key={one}><a href={libraryPageHref(withSort(query, one))} aria-current={one === sort ? 'true' : undefined}>{SORT_WORDS[one]}</a></li>
          ))}
        </ul>
      </nav>
    </div>
  );
}
