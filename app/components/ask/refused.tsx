import { searchHref } from '../../links';
import type { Trail as Way } from '../../trail';
import { ActiveFilters } from '../filters/active-filters';
import styles from './answers.module.css';
import { Trail } from '../read/trail';

/** A question that cannot be asked. It stands in the form above, to be mended there; its filters can be taken away here. */
export function Refused({ reason, query, came }: { reason: string; query: URLSearchParams; came: Way }) {
  return (
    <>
      <Trail trail={came} />
      <h1 className="unseen">Passages for “{query.get('q')}”</h1>
      <div className={styles.summary}>
        <p role="alert">That cannot be asked: {reason}.</p>
        <ActiveFilters query={query} hrefOf={(other) => searchHref(other, came)} />
      </div>
    </>
  );
}
