import type { Stage } from './stage';
import { isWhole, panned, zoomed } from './view';

/** What a pointer may do, besides moving the map. */
export interface Pointing {
  /** The pointer is there, with no button down; null when it is gone. */
  hover: (at: readonly [number, number] | null) => void;
  /** It was pressed and let go in one place. */
  press: (at: readonly [number, number], event: PointerEvent) => void;
}

/** CSS pixels that a pointer may stray and still press. */
const STRAY = 4;
/** How much larger for each pixel of the wheel; a pinch on a touchpad comes as a wheel with the Ctrl key. */
const WHEEL = 0.0016;
const PINCH = 0.01;
/** Pixels of a line and of a page, where a wheel counts in them. */
const WHEEL_UNITS = [1, 16, 400];

/** Drag to move, wheel or two fingers to zoom. */
export function installGestures(stage: Stage, { hover, press }: Pointing): void {
  const { canvas } = stage;
  const down = new Map<number, { x: number; y: number }>();
  /** Whether this touch has moved the map. */
  let hasMoved = false;
  let began = { x: 0, y: 0 };

  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    down.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    if (down.size > 1) hasMoved = true;
    else [hasMoved, began] = [false, { x: event.offsetX, y: event.offsetY }];
  });

  canvas.addEventListener('pointermove', (event) => {
    const to = { x: event.offsetX, y: event.offsetY };
    const from = down.get(event.pointerId);
    if (from === undefined) {
      if (event.pointerType !== 'touch') hover([to.x, to.y]);
      return;
    }
    if (!hasMoved && Math.hypot(to.x - began.x, to.y - began.y) <= STRAY) return;
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
    // One finger on the whole map is the page's, which the browser scrolls once it has gone a few pixels up or down.
    const isPages = event.pointerType === 'touch' && other === undefined && isWhole(stage.view);
    if (!hasMoved && !isPages) hover(null);
    hasMoved = true;
    if (isPages) return void down.set(event.pointerId, to);
    canvas.toggleAttribute('data-dragging', true);
    let view = panned(stage.view, stage.frame, (to.x - from.x) / down.size, (to.y - from.y) / down.size);
    if (other !== undefined) {
      const factor = Math.hypot(to.x - other.x, to.y - other.y) / Math.max(1, Math.hypot(from.x - other.x, from.y - other.y));
      view = zoomed(view, stage.frame, factor, (to.x + other.x) / 2, (to.y + other.y) / 2);
    }
    stage.view = view;
    down.set(event.pointerId, to);
  });

  const up = (event: PointerEvent) => {
    if (!down.delete(event.pointerId)) return;
    if (down.size > 0) return;
    canvas.removeAttribute('data-dragging');
    if (event.type === 'pointerup' && !hasMoved) press([event.offsetX, event.offsetY], event);
  };
  canvas.addEventListener('pointerup', up);
  canvas.addEventListener('pointercancel', up);
  // A finger leaves whenever it is lifted.
  canvas.addEventListener('pointerleave', ({ pointerType }) => {
    if (pointerType !== 'touch') hover(null);
  });

  canvas.addEventListener('wheel', (event) => {
    const pixels = event.deltaY * (WHEEL_UNITS[event.deltaMode] ?? 1);
    const view = zoomed(stage.view, stage.frame, Math.exp(-pixels * (event.ctrlKey ? PINCH : WHEEL)), event.offsetX, event.offsetY);
    // The whole map is there already: the wheel is the page's.
    if (!event.ctrlKey && view.zoom === stage.view.zoom) return;
    event.preventDefault();
    stage.view = view;
  }, { passive: false });
}
