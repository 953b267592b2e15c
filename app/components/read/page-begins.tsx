import styles from './page-begins.module.css';

/** Says at which paragraph a page of the printed article begins. */
export function PageBegins({ page }: { page: number | null }) {
  return page === null ? null : <small className={styles.page} lang="en" dir="ltr" data-marginalia>Page {page}</small>;
}
