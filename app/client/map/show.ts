import { installControls } from './controls';
import { installGestures } from './gestures';
import { fetchPoints, renewList } from './fetch';
import { listGeneration, readMarks, watchItems } from './marks';
import { Pointer } from './pointer';
import { type Landscape, landscapeOf, placeOfPoint } from './points';
import { Stage } from './stage';
import { showTrouble } from './trouble';
import { viewOf } from './view';

/** Nearer than so many times the whole the answers are not brought. */
const NEAREST = 3;

/** Draws the map of this page and makes it answer to pointer, keyboard and list; where it cannot, the page says so. */
export async function showMap(host: HTMLElement): Promise<void> {
  const canvas = host.querySelector<HTMLCanvasElement>('[data-map-canvas]');
  if (canvas === null) return;
  try {
    const stage = new Stage(host, canvas, host.dataset.region === undefined ? null : Number(host.dataset.region));
    // Where the new map cannot be had either, the old one stays.
    const redraw = () => void draw(host, stage).then(() => pointer.clear(), () => undefined);
    const pointer = new Pointer(host, stage, redraw);
    await draw(host, stage);
    installGestures(stage, pointer);
    installControls(stage, pointer);
    watchItems((row) => pointer.pointFromList(row));
  } catch {
    showTrouble(host);
  }
}

/** What the page is about is brought: a region whole, or the passages of the list. */
function placesShown(landscape: Landscape, region: number | null): number[] {
  const points = region === null ? landscape.marks.map(({ point }) => point) : [...landscape.pointRegions.keys()].filter((point) => landscape.pointRegions[point] === region);
  return points.flatMap((point) => placeOfPoint(landscape, point));
}

/** Fetches the map and draws it, with the list made anew where that is of another generation. */
async function draw(host: HTMLElement, stage: Stage): Promise<void> {
  const points = await fetchPoints();
  if (listGeneration() !== points.generation) await renewList();
  const landscape = landscapeOf(points, readMarks());
  stage.onDrawn = () => { host.dataset.drawn = points.generation; };
  stage.landscape = landscape;
  stage.chosen = null;
  stage.moveTo(viewOf(placesShown(landscape, stage.region), stage.frame, NEAREST));
}
