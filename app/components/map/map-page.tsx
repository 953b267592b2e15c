import type { PassageMap } from '../../../lib/index';
import { judgementOf, type MapRegionPassages, type SearchResponse } from '../../../lib/search';
import { engine } from '../../engine';
import { attempt, publicLine } from '../../errors';
import { mapHref, searchHref } from '../../links';
import { regionName } from '../../map/region-names';
import { searchInput } from '../../query';
import { before, onward, type Step, type Trail as Way, trailParameters } from '../../trail';
import { count, UNSURE_WORDS } from '../../words';
import { MapFigure } from './map-figure';
import { MapItems } from './map-items';
import styles from './map-page.module.css';
import { MapRegions } from './map-regions';
import { Trail } from '../read/trail';

interface Props {
  map: PassageMap;
  /** The region that the page is about. */
  chosen: MapRegionPassages | null;
  query: URLSearchParams;
  /** The way to this page. */
  came: Way;
}

/** The map, and beside it a list that says the same. */
export function MapPage({ map, chosen, query, came }: Props) {
  const here: Step | null = query.has('q') ? { kind: 'ask', query } : null;
  const trail = here === null ? came : onward(came, here);
  const cameBefore = here === null ? came : before(came, here);
  const via = trailParameters(trail);
  return (
    <main id="main" tabIndex={-1} className={styles.page}>
      <MapFigure map={map} region={chosen?.region.id ?? null} via={via} />
      <div className={`column ${styles.list}`} data-part="map-list" data-map-list data-generation={map.generation}>
        <Trail trail={cameBefore} />
        {here === null ? chosen === null ? <Whole map={map} /> : <Region {...chosen} trail={trail} /> : <Asked query={query} came={cameBefore} trail={trail} />}
        <MapRegions regions={map.regions} chosen={chosen?.region.id ?? null} trail={came} />
      </div>
    </main>
  );
}

function Whole({ map: { passages, points } }: { map: PassageMap }) {
  const shown = points.rows.length;
  return (
    <header className={styles.head}>
      <h1>Map</h1>
      <p className="note">
        {count(passages, 'passage')}, each where those like it lie.
        {shown < passages ? ` ${shown.toLocaleString('en')} of them are drawn, chosen by chance.` : null}
      </p>
    </header>
  );
}

function Region({ region, passages, trail }: MapRegionPassages & { trail: Way }) {
  return (
    <>
      <header className={styles.head}>
        <h1 dir="auto">{regionName(region)}</h1>
        <p className="note">{count(region.passages, 'passage')} in this region. <a href={mapHref}>The whole map</a></p>
      </header>
      <h2 className="unseen">From the middle of it</h2>
      <MapItems items={passages.map(({ article, ...passage }) => ({ passage, article }))} trail={trail} />
    </>
  );
}

async function Asked({ query, came, trail }: { query: URLSearchParams; came: Way; trail: Way }) {
  const { value, error } = await attempt(() => engine().search(searchInput(query)));
  const results = value?.results ?? [];
  return (
    <>
      <header className={styles.head}>
        <h1 className={styles.question}>Where “{query.get('q')}” is answered</h1>
        {error ? <p role="alert">That cannot be asked: {publicLine(error)}.</p> : null}
        {value ? <p className="note">{summary(value)} <a href={searchHref(query, came)}>Read them</a> · <a href={mapHref}>The whole map</a></p> : null}
      </header>
      <h2 className="unseen">Answers</h2>
      <MapItems items={results} trail={trail} />
    </>
  );
}

function summary(response: SearchResponse): string {
  const judgement = judgementOf(response);
  switch (judgement) {
    case 'nothing': return 'Nothing here answers this.';
    case 'may-answer':
    case 'nearest': return UNSURE_WORDS[judgement];
    case 'answers': return `${count(response.results.length, 'passage')}.`;
  }
}
