import { QUESTION_ID } from '../components/question-id';
import { isDialogOpen, openDialog } from './dialogs';

/** What a key does where nobody is typing; true when it did it. */
const KEYS: Record<string, () => boolean> = {
  '/': focusQuestion,
  '?': () => openDialog('keys-help') !== null,
};

export function installKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target) || isDialogOpen()) return;
    if (KEYS[event.key]?.() === true) event.preventDefault();
  });
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]') !== null;
}

function focusQuestion(): boolean {
  const box = document.getElementById(QUESTION_ID);
  if (!(box instanceof HTMLInputElement)) return false;
  box.focus();
  box.select();
  return true;
}
