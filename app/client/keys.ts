import { QUESTION_ID } from '../components/shell/question-id';
import { isDialogOpen, openDialog } from './dialogs';
import { currentItem, focusNextItem, focusPreviousItem, isItemFocused } from './items';
import { togglePalette } from './palette';

/** What a key does where nobody is typing; true when it did it. */
const KEYS: Record<string, () => boolean> = {
  '/': focusQuestion,
  'j': focusNextItem,
  'k': focusPreviousItem,
  'Enter': () => isItemFocused() && click(currentItem(), 'a[data-open]'),
  'o': () => click(currentItem(), 'a[data-open]'),
  'r': () => click(currentItem(), 'a[data-related]'),
  'c': () => click(currentItem(), 'button[data-copy]'),
  '[': () => click(document, 'a[data-previous]'),
  ']': () => click(document, 'a[data-next]'),
  '?': () => openDialog('keys-help') !== null,
};

/** Pages can be read by keyboard alone; what there is stands in components/shell/keys-help.tsx. */
export function installKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (act(event)) event.preventDefault();
  });
}

function act(event: KeyboardEvent): boolean {
  const key = keyOf(event);
  if (key === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) return togglePalette();
  if (isDialogOpen()) return false;
  if (key === 'Escape') return leaveQuestion(event.target);
  return !isTyping(event.target) && !isChord(event) && (KEYS[key]?.() ?? false);
}

/** The letter on the key where the layout writes another script: `j` is where `о` is. */
function keyOf({ key, code }: KeyboardEvent): string {
  const [, letter] = /^Key([A-Z])$/.exec(code) ?? [];
  return letter !== undefined && /^\P{ASCII}$/u.test(key) ? letter.toLowerCase() : key;
}

/** Whether it is a shortcut of somebody else's. Signs may need AltGr or ⌥ to be typed, as `[` on German keyboards. */
function isChord(event: KeyboardEvent): boolean {
  if (event.getModifierState('AltGraph')) return false;
  return event.ctrlKey || event.metaKey || (event.altKey && /^(\w|Enter)/.test(event.key));
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]') !== null;
}

function click(within: ParentNode | null, selector: string): boolean {
  const element = within?.querySelector<HTMLElement>(selector);
  element?.click();
  return element != null;
}

function focusQuestion(): boolean {
  const box = questionBox();
  box?.focus();
  box?.select();
  return box !== null;
}

/** Escape would else empty the box. */
function leaveQuestion(target: EventTarget | null): boolean {
  const box = questionBox();
  if (box === null || target !== box) return false;
  box.blur();
  return true;
}

function questionBox(): HTMLInputElement | null {
  const box = document.getElementById(QUESTION_ID);
  return box instanceof HTMLInputElement ? box : null;
}
