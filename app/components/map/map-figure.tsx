import type { PassageMap } from '../../../lib/index';
import { mapName } from '../../map/name';
import styles from './map-figure.module.css';
import { MapSketch } from './map-sketch';

interface Props {
  map: PassageMap;
  /** Id of the region to be shown above the others. */
  region: number | null;
  /** The way on from here, as parameters of an address. */
  via: URLSearchParams;
}

const BUTTONS = [['in', 'Larger', '+'], ['out', 'Smaller', '−'], ['whole', 'The whole map', '⤢']] as const;

/** The landscape: drawn by client/map on the canvas, and by the server as a sketch of its regions where nothing else can. */
export function MapFigure({ map, region, via }: Props) {
  return (
    <figure className={styles.map} aria-label="Map" data-map data-via={via.toString()} data-region={region}>
      <MapSketch regions={map.regions} chosen={region} />
      <canvas className={`scripted ${styles.canvas}`} tabIndex={0} role="application" aria-roledescription="map" aria-label={mapName(map.passages)} aria-describedby="map-keys" data-map-canvas />
      <figcaption id="map-keys" className={`scripted ${styles.keys}`} data-map-keys>
        Arrow keys go to the next passage that way, Enter opens it. + and − zoom, 0 shows the whole map, Escape lets go.
      </figcaption>
      <div className={`scripted ${styles.buttons}`} data-map-buttons>
        {BUTTONS.map(([value, name, sign]) => <button key={value} type="button" className="button" aria-label={name} title={name} data-map-zoom={value}>{sign}</button>)}
      </div>
      <div className={styles.card} hidden data-map-card>
        <p className={styles.title}><a dir="auto" tabIndex={-1} data-map-title /> <span className={styles.number} data-map-number /></p>
        <p className={styles.opening} dir="auto" data-map-opening />
      </div>
      <p className={styles.trouble} role="alert" hidden data-map-trouble="undrawn">The map could not be drawn. The list says what lies on it. <a href="">Reload</a></p>
      <p className={styles.trouble} role="alert" hidden data-map-trouble="outdated">The index has changed, and the map of this page is not to be had any more. <a href="">Reload</a></p>
    </figure>
  );
}
