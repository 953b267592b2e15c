import { MAX_QUERY_LENGTH } from '../../../lib/search/request';
import { searchHref } from '../../links';
import type { Trail } from '../../trail';
import styles from './find-like.module.css';

/**
 * Leads to what is like the words that are selected: client/selection.ts shows it beside them, and puts them in.
 * @param trail the way here, this page included
 */
export function FindLike({ trail }: { trail: Trail }) {
  return (
    <a className={`button scripted ${styles.find}`} href={searchHref(new URLSearchParams({ q: '', mode: 'dense' }), trail)} data-find-like data-most={MAX_QUERY_LENGTH} hidden lang="en" dir="ltr">
      Find passages like this
    </a>
  );
}
