import { isComposing } from '../composing';
import { isDialogOpen } from '../dialogs';
import type { Direction } from './nearest';
import type { Stage } from './stage';
import { WHOLE, zoomed } from './view';

/** One step of a key or a button. */
const STEP = 1.6;

const ARROWS: Record<string, Direction> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };
const ZOOMS: Record<string, keyof typeof MOVES> = { '+': 'in', '=': 'in', '-': 'out', '_': 'out', '0': 'whole' };

const MOVES = {
  in: (stage: Stage) => zoomed(stage.destination, stage.frame, STEP),
  out: (stage: Stage) => zoomed(stage.destination, stage.frame, 1 / STEP),
  whole: () => WHOLE,
};

export interface Choosing {
  go: (direction: Direction) => void;
  open: () => void;
  /** @returns whether there was anything to let go */
  clear: () => boolean;
  /** Hides the card, where there is one. */
  dismiss: () => void;
}

/** Keys while the map has the focus, the buttons on it, and Escape wherever the focus is. */
export function installControls(stage: Stage, { go, open, clear, dismiss }: Choosing): void {
  stage.canvas.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    const arrow = ARROWS[key];
    const zoom = ZOOMS[key];
    if (arrow !== undefined) go(arrow);
    else if (zoom !== undefined) stage.moveTo(MOVES[zoom](stage));
    else if (key === 'Enter') open();
    else if (key !== 'Escape' || !clear()) return;
    // Done here: to the page the same keys may mean something else.
    event.preventDefault();
    event.stopPropagation();
  });
  // What a pointer brings up covers something: it goes without the pointer's going (WCAG 1.4.13). Whatever else the
  // key means where the focus is it means as well, but first of all it closes a dialog.
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !isComposing(event) && !isDialogOpen()) dismiss();
  });
  stage.canvas.parentElement?.addEventListener('click', ({ target }) => {
    const move = target instanceof Element ? target.closest('[data-map-zoom]')?.getAttribute('data-map-zoom') : null;
    if (move === 'in' || move === 'out' || move === 'whole') stage.moveTo(MOVES[move](stage));
  });
}
