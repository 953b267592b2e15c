import { OPENING } from './dialogs';

const STORE = 'pilcrow-single-keys';
const OFF = 'off';

/** What was chosen on this page, where it could not be kept. */
let unkept: boolean | null = null;

/** `[data-single-keys]` decides whether letters and signs are shortcuts: who speaks to the computer sets them off by chance. */
export function installSingleKeys(): void {
  const choice = document.querySelector<HTMLInputElement>('[data-single-keys]');
  if (choice === null) return;
  show(choice);
  choice.addEventListener('change', () => {
    keep(choice.checked);
    show(choice);
  });
  // It may have been chosen in another tab, or the browser has filled it in as it once was.
  document.addEventListener(OPENING, () => show(choice));
}

export function doSingleKeysWork(): boolean {
  if (unkept !== null) return unkept;
  try {
    return localStorage.getItem(STORE) !== OFF;
  } catch {
    return true;
  }
}

/** There, and where a key is named that does nothing then. */
function show(choice: HTMLInputElement): void {
  choice.checked = doSingleKeysWork();
  for (const name of document.querySelectorAll<HTMLElement>('kbd[data-single-key]')) name.hidden = !choice.checked;
}

function keep(work: boolean): void {
  try {
    if (work) localStorage.removeItem(STORE);
    else localStorage.setItem(STORE, OFF);
    unkept = null;
  } catch {
    // Then it holds for this page.
    unkept = work;
  }
}
