import { MAX_QUERY_LENGTH } from '../../../lib/search/request';
import { mapHref } from '../../links';
import { onlyFilters } from '../../query';
import { KeptParameters } from '../filters/kept-parameters';
import styles from './map-form.module.css';

/** Asks where on the map the answers lie; a plain form. */
export function MapForm({ query }: { query?: URLSearchParams }) {
  const question = query?.get('q') ?? '';
  return (
    <form role="search" aria-label="On the map" action={mapHref} method="get" className={styles.form}>
      <label htmlFor="map-question" className="unseen">Question to find on the map</label>
      <input id="map-question" className={`field ${styles.box}`} type="search" name="q" defaultValue={question} placeholder="Where is it answered?" maxLength={MAX_QUERY_LENGTH} required autoComplete="off" enterKeyHint="search" dir="auto" />
      <button className="button">Find</button>
      {query === undefined ? null : <KeptParameters query={onlyFilters(query)} />}
    </form>
  );
}
