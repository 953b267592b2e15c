import type { MapRegion } from '../../../lib/index';
import { mapRegionHref } from '../../links';
import { largestFirst, regionName } from '../../map/region-names';
import type { Trail } from '../../trail';
import { count } from '../../words';
import styles from './map-regions.module.css';

interface Props {
  regions: readonly MapRegion[];
  /** Id of the one that is shown. */
  chosen: number | null;
  trail: Trail;
}

/** Every region of the map by its words, the largest first. */
export function MapRegions({ regions, chosen, trail }: Props) {
  return (
    <section className={styles.regions} aria-labelledby="map-regions">
      <h2 id="map-regions">{count(regions.length, 'region')}</h2>
      <ul>
        {largestFirst(regions).map((region) => (
          <li key={region.id}>
            <a href={mapRegionHref(region.id, trail)} dir="auto" aria-current={region.id === chosen ? 'page' : undefined}>{regionName(region)}</a>
            <span className={styles.count}>{region.passages.toLocaleString('en')}<span className="unseen"> {region.passages === 1 ? 'passage' : 'passages'}</span></span>
          </li>
        ))}
      </ul>
    </section>
  );
}
