import type { MapRegion } from '../../lib/index';
import type { Label } from './labels';

/** Smallest and largest letters of a region's name, in CSS pixels. */
const SIZES = { least: 15, most: 25 };

/** What a region is called in running text. */
export function regionName({ id, words }: Pick<MapRegion, 'id' | 'words'>): string {
  return words.length === 0 ? `Region ${id + 1}` : words.join(', ');
}

/** The order in which regions are listed and named. */
export function largestFirst(regions: readonly MapRegion[]): MapRegion[] {
  return [...regions].sort((a, b) => b.passages - a.passages || a.id - b.id);
}

/**
 * Names of regions as they are set on a map, the largest region first.
 * @param toPlace where a place of the map (0 to 1) is drawn
 * @param scale of the letters
 */
export function regionLabels(regions: readonly MapRegion[], toPlace: (x: number, y: number) => [number, number], scale = 1): Label[] {
  const most = Math.max(1, ...regions.map(({ passages }) => passages));
  return largestFirst(regions).map((region) => {
    const [x, y] = toPlace(region.x, region.y);
    const size = scale * (SIZES.least + (SIZES.most - SIZES.least) * Math.sqrt(region.passages / most) ** 1.5);
    const texts = region.words.slice(0, 2).map((_, i, shown) => region.words.slice(0, shown.length - i).join(', '));
    return { x, y, texts, size };
  });
}
