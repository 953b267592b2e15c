import { type Citation, citationAs, COPY_FORMS } from '../citation';
import { announce } from './announce';

/** Milliseconds for which a button says what it has done. */
const SAID_MS = 1_600;

/** `button[data-copy-as=FORM]` within `[data-citation]` puts the passage on the clipboard in that form. */
export function installCopy(): void {
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-copy-as]') : null;
    const data = button?.closest<HTMLElement>('[data-citation]')?.dataset.citation;
    const form = COPY_FORMS.find((known) => known === button?.dataset.copyAs);
    if (button === null || data === undefined || form === undefined) return;
    const text = citationAs(form, JSON.parse(data) as Citation, location.origin);
    void write(text).then((done) => { say(button, done); });
  });
}

/** Off the loopback interface, without https, browsers have no clipboard but the old one. */
async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return writeByCommand(text);
  }
}

function writeByCommand(text: string): boolean {
  const focused = document.activeElement;
  const field = document.createElement('textarea');
  field.className = 'unseen';
  field.value = text;
  document.body.append(field);
  const putBack = selected();
  field.select();
  // Nothing else does it there.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const done = document.execCommand('copy');
  field.remove();
  putBack();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  return done;
}

/** @returns what selects again what is selected now */
function selected(): () => void {
  const selection = getSelection();
  if (selection === null) return () => {};
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  if (anchorNode === null || focusNode === null) return () => selection.removeAllRanges();
  return () => selection.setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset);
}

/** Gives the button that says something its own words back. */
let unsay = () => {};

/** On the button, for a moment, and aloud; on one at a time, since the clipboard has but one thing. */
function say(button: HTMLElement, done: boolean): void {
  const words = done ? 'Copied' : 'Could not be copied';
  announce(words);
  unsay();
  const own = [...button.childNodes];
  button.replaceChildren(done ? `✓ ${words}` : words);
  const timer = setTimeout(() => unsay(), SAID_MS);
  unsay = () => {
    clearTimeout(timer);
    button.replaceChildren(...own);
    unsay = () => {};
  };
}
