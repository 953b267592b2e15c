import { QUESTION_ID } from '../components/shell/question-id';
import { isComposing } from './composing';
import { isDialogOpen, openDialog } from './dialogs';
import { currentItem, focusNextItem, focusPreviousItem, isItemFocused } from './items';
import { togglePalette } from './palette';
import { doSingleKeysWork } from './single-keys';

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

/** What does more the longer it is held. Escape does nothing twice, but would empty the question box if it were let go on. */
const MAY_REPEAT = ['j', 'k', 'Escape'];

/** Pages can be read by keyboard alone; what there is stands in components/shell/keys-help.tsx. */
export function installKeys(): void {
  /** The key, by its place, that has done something when it was last pressed. */
  let taken: string | null = null;
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || isComposing(event)) return;
    const key = keyOf(event);
    if (event.repeat && !MAY_REPEAT.includes(key)) {
      // Nor may it do where it has led to what it would do there: `/` would write over the question.
      if (event.code === taken) event.preventDefault();
      return;
    }
    const isTaken = act(key, event);
    taken = isTaken ? event.code : null;
    if (isTaken) event.preventDefault();
  });
}

function act(key: string, event: KeyboardEvent): boolean {
  // Held, it would open and close the palette in turns.
  if (key === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) return event.repeat || togglePalette();
  if (isDialogOpen()) return false;
  if (key === 'Escape') return leaveQuestion(event.target);
  if (isTyping(event.target) || isChord(key, event) || (key.length === 1 && !doSingleKeysWork())) return false;
  return KEYS[key]?.() ?? false;
}

/** The letter on the key where the layout writes another script: `j` is where `о` is. */
function keyOf(event: KeyboardEvent): string {
  const [, letter] = /^Key([A-Z])$/.exec(event.code) ?? [];
  // What AltGr or ⌥ writes is no letter of another script: ó for Poles, ˚ on a Mac.
  const isForeign = !event.altKey && !event.getModifierState('AltGraph') && /^(?!\p{Script=Latin})\P{ASCII}$/u.test(event.key);
  const key = isForeign ? letter ?? event.key : event.key;
  // Caps Lock turns letters large without Shift.
  return key.length === 1 && !event.shiftKey ? key.toLowerCase() : key;
}

/** Whether it is a shortcut of somebody else's. Signs may need AltGr or ⌥ to be typed, as `[` on German keyboards. */
function isChord(key: string, event: KeyboardEvent): boolean {
  const isSign = /^\W$/.test(key);
  // Windows says of AltGr that it is Ctrl and Alt as well.
  if (event.getModifierState('AltGraph')) return event.metaKey || !isSign;
  return event.ctrlKey || event.metaKey || (event.altKey && !isSign);
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
