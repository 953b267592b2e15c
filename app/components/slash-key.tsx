'use client';

import { useEffect } from 'react';
import { QUESTION_ID } from './question-id';

/** `/` puts the cursor into the question box, unless one is typing already. */
export function SlashKey() {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.target instanceof Element && event.target.closest('input:not([type=radio]), textarea, select, [contenteditable]')) return;
      const box = document.getElementById(QUESTION_ID);
      if (!(box instanceof HTMLInputElement)) return;
      event.preventDefault();
      box.focus();
      box.select();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  return null;
}
