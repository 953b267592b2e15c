import { isPlainClick } from './clicks';

const STORE = 'pilcrow-open';

/**
 * `details[data-stays-open]` that a reader has opened is open on the page that a link or a form in it leads to: whoever
 * narrows a list down mostly goes on doing so.
 */
export function installKeepOpen(): void {
  const door = document.querySelector<HTMLDetailsElement>('details[data-stays-open]');
  if (door === null) return;
  if (take()) door.open = true;
  door.addEventListener('click', (event) => { if (isPlainClick(event) && event.target instanceof Element && event.target.closest('a') !== null) note(door.open); });
  door.addEventListener('submit', () => { note(door.open); });
}

function note(isOpen: boolean): void {
  try {
    if (isOpen) sessionStorage.setItem(STORE, '1');
  } catch {
    // Storage that is full or forbidden: it is closed, as it would be without scripts.
  }
}

/** Whether the page before said so; it is said once. */
function take(): boolean {
  try {
    const isOpen = sessionStorage.getItem(STORE) !== null;
    sessionStorage.removeItem(STORE);
    return isOpen;
  } catch {
    return false;
  }
}
