import { withoutPage, withPage } from '../../library-query';
import { libraryHref, libraryPageHref } from '../../links';
import { KeptParameters } from '../filters/kept-parameters';
import styles from './pagination.module.css';

interface Props {
  page: number;
  pages: number;
  query: URLSearchParams;
}

/** The ways to the other pages: one on or back, to either end, or by number. Beyond the end there are none. */
export function Pagination({ page, pages, query }: Props) {
  if (pages === 1 || page > pages) return null;
  const to = (number: number) => libraryPageHref(withPage(query, number));
  return (
    <nav aria-label="Pages of the library" className={styles.pagination}>
      <ul>
        {page > 2 ? <li><a href={to(1)}>First</a></li> : null}
        {page > 1 ? <li><a href={to(page - 1)} rel="prev">Previous</a></li> : null}
        <li>Page {page.toLocaleString('en')} of {pages.toLocaleString('en')}</li>
        {page < pages ? <li><a href={to(page + 1)} rel="next">Next</a></li> : null}
        {page < pages - 1 ? <li><a href={to(pages)}>Last</a></li> : null}
      </ul>
      {pages < 3 ? null : (
        <form action={libraryHref} method="get">
          <KeptParameters query={withoutPage(query)} />
          <label>To page <input className="field" type="number" name="page" min={1} max={pages} required inputMode="numeric" /></label>{' '}
          <button className="button">Go</button>
        </form>
      )}
    </nav>
  );
}
