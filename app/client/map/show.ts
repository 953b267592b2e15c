import { mapName } from '../../map/name';
import { announce } from '../announce';
import { installControls } from './controls';
import { type Current, fetchCurrent } from './fetch';
import { installGestures } from './gestures';
import { keep, layAsKept } from './kept';
import { putList } from './list';
import { readMarks, watchItems } from './marks';
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
    const redraw = oneAtATime(host, (current) => draw(host, stage, pointer, current));
    const pointer = new Pointer(host, stage, () => void redraw());
    draw(host, stage, pointer, await fetchCurrent());
    installGestures(stage, pointer);
    installControls(stage, pointer);
    watchItems((row) => pointer.pointFromList(row));
  } catch {
    showTrouble(host, 'undrawn');
  }
}

/** Draws anew what the index has by now; whoever asks for it meanwhile gets what is on its way. */
function oneAtATime(host: HTMLElement, drawAnew: (current: Current) => void): () => Promise<void> {
  let isBusy = false;
  return async () => {
    if (isBusy) return;
    isBusy = true;
    try {
      drawAnew(await fetchCurrent());
      announce('The index has changed, and the map with it.');
      isBusy = false;
    } catch (thrown) {
      // Where nobody answers the old map stays, and the next passage that is looked at tries again. Any other answer
      // would be the same again: this has been the last question.
      isBusy = !(thrown instanceof TypeError);
      if (isBusy) showTrouble(host, 'outdated');
      else announce('The index has changed, but its map cannot be fetched just now.');
    }
  };
}

/** What the page is about is brought: a region whole, or the passages of the list. */
function placesShown(landscape: Landscape, region: number | null): number[] {
  const points = region === null ? landscape.marks.map(({ point }) => point) : [...landscape.pointRegions.keys()].filter((point) => landscape.pointRegions[point] === region);
  return points.flatMap((point) => placeOfPoint(landscape, point));
}

/** All at once, so that what is drawn and what is listed are of one generation at any time. */
function draw(host: HTMLElement, stage: Stage, pointer: Pointer, { points, list }: Current): void {
  const landscape = landscapeOf(points, readMarks(list));
  const giveFocusBack = putList(list);
  stage.onDrawn = () => {
    host.dataset.drawn = points.generation;
    keep(stage);
  };
  stage.landscape = landscape;
  stage.canvas.setAttribute('aria-label', mapName(points.passages));
  pointer.clear();
  const kept = layAsKept(stage);
  if (kept != null) pointer.resume(kept);
  if (kept === undefined) stage.moveTo(viewOf(placesShown(landscape, stage.region), stage.frame, NEAREST));
  giveFocusBack();
}
