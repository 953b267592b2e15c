import type { MapRegion } from '../../../lib/index';
import { placeLabels } from '../../map/labels';
import { regionLabels } from '../../map/region-names';
import styles from './map-sketch.module.css';

/** The drawing's own units. */
const ROOM = { width: 1000, height: 760 };
const EDGE = 90;
/** Radius of a region that had all passages. */
const LARGEST = 190;
/** Width of a letter on average, in sizes of it. */
const LETTER = 0.46;

/** The regions as circles with their names: the map for paper, and where there are no scripts. */
export function MapSketch({ regions, chosen }: { regions: readonly MapRegion[]; chosen: number | null }) {
  const total = regions.reduce((sum, { passages }) => sum + passages, 0);
  const toPlace = (x: number, y: number): [number, number] => [EDGE + x * (ROOM.width - 2 * EDGE), EDGE + y * (ROOM.height - 2 * EDGE)];
  const labels = placeLabels(regionLabels(regions, toPlace, 1.1), ROOM, (text, size) => text.length * size * LETTER);
  return (
    <svg className={styles.sketch} viewBox={`0 0 ${ROOM.width} ${ROOM.height}`} role="img" aria-label="Sketch of the regions; the list has them all">
      {regions.map((region) => {
        const [cx, cy] = toPlace(region.x, region.y);
        return <circle key={region.id} className={region.id === chosen ? styles.chosen : styles.region} cx={cx} cy={cy} r={LARGEST * Math.sqrt(region.passages / total)} />;
      })}
      {labels.map(({ index, text, x, y, size }) => <text key={index} className={styles.name} x={x} y={y} fontSize={size} textAnchor="middle" dominantBaseline="central">{text}</text>)}
    </svg>
  );
}
