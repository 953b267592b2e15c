/** Which part of the map is seen: its middle (0 to 1) and how many times larger than the whole. */
export interface View {
  x: number;
  y: number;
  zoom: number;
}

/** The drawing, in CSS pixels. */
export interface Frame {
  width: number;
  height: number;
}

export const WHOLE: View = { x: 0.5, y: 0.5, zoom: 1 };
export const MOST_ZOOM = 48;

/** Free around the whole map: no dot at its edge lies under the buttons. */
const EDGE_PX = 38;
/** The map is square and the screen is not: one axis is stretched by this much at most. */
const MOST_STRETCHED = 1.7;

/** Whether nothing of the map is out of sight. */
export function isWhole({ zoom }: View): boolean {
  return zoom === WHOLE.zoom;
}

/** CSS pixels that the map is wide and high in a view. */
export function extent({ width, height }: Frame, zoom: number): { width: number; height: number } {
  const [w, h] = [Math.max(1, width - 2 * EDGE_PX), Math.max(1, height - 2 * EDGE_PX)];
  return { width: zoom * Math.min(w, h * MOST_STRETCHED), height: zoom * Math.min(h, w * MOST_STRETCHED) };
}

/** Where a place of the map is drawn. */
export function toScreen(view: View, frame: Frame, x: number, y: number): [number, number] {
  const map = extent(frame, view.zoom);
  return [frame.width / 2 + (x - view.x) * map.width, frame.height / 2 + (y - view.y) * map.height];
}

/** Which place of the map is drawn there. */
export function toMap(view: View, frame: Frame, screenX: number, screenY: number): [number, number] {
  const map = extent(frame, view.zoom);
  return [view.x + (screenX - frame.width / 2) / map.width, view.y + (screenY - frame.height / 2) / map.height];
}

/** The view moved by so many pixels: what was under the pointer stays under it. */
export function panned(view: View, frame: Frame, byX: number, byY: number): View {
  const map = extent(frame, view.zoom);
  return kept({ ...view, x: view.x - byX / map.width, y: view.y - byY / map.height });
}

/** The view `factor` times larger, with what is drawn at a place staying there. */
export function zoomed(view: View, frame: Frame, factor: number, atX = frame.width / 2, atY = frame.height / 2): View {
  const [x, y] = toMap(view, frame, atX, atY);
  const zoom = Math.min(MOST_ZOOM, Math.max(WHOLE.zoom, view.zoom * factor));
  const map = extent(frame, zoom);
  return kept({ x: x - (atX - frame.width / 2) / map.width, y: y - (atY - frame.height / 2) / map.height, zoom });
}

/**
 * The view that holds these places with room around them.
 * @param places shape [places, 2] @param most times larger than the whole
 */
export function viewOf(places: readonly number[], frame: Frame, most: number): View {
  if (places.length === 0) return WHOLE;
  let [left, right, top, bottom] = [1, 0, 1, 0];
  for (let i = 0; i < places.length; i += 2) {
    const [x = 0, y = 0] = [places[i], places[i + 1]];
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  }
  const map = extent(frame, 1);
  const room = 2 * EDGE_PX;
  const zoom = Math.min((frame.width - room) / (map.width * (right - left)), (frame.height - room) / (map.height * (bottom - top)), most);
  return kept({ x: (left + right) / 2, y: (top + bottom) / 2, zoom: Math.max(WHOLE.zoom, zoom) });
}

/** The view moved no farther than needed for a place to stand clear of the edge. */
export function holding(view: View, frame: Frame, x: number, y: number): View {
  const [screenX, screenY] = toScreen(view, frame, x, y);
  const off = (at: number, length: number) => (at < 2 * EDGE_PX ? 2 * EDGE_PX - at : Math.min(0, length - 2 * EDGE_PX - at));
  return panned(view, frame, off(screenX, frame.width), off(screenY, frame.height));
}

/** On the way from one view to another. @param t 0 to 1 */
export function between(from: View, to: View, t: number): View {
  // Zoom by equal factors in equal times.
  return { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t, zoom: from.zoom * (to.zoom / from.zoom) ** t };
}

/** The middle never leaves the map; the whole map is never out of the middle. */
function kept({ x, y, zoom }: View): View {
  const play = 0.5 * (1 - 1 / zoom) + 0.04;
  const clamp = (value: number) => Math.min(0.5 + play, Math.max(0.5 - play, value));
  return { x: clamp(x), y: clamp(y), zoom };
}
