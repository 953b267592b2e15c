import { homeHref } from '../links';
import { announce } from './announce';
import { watchPart } from './fragment';

/** Milliseconds between two looks at the index, while it is being changed and while it is not. */
const LOOK_EVERY_MS = { busy: 2_000, idle: 15_000 };
const PART = 'index-notice';

/**
 * Keeps the word on an index that is being changed up to date (components/shell/index-notice.tsx) while somebody looks,
 * until there is a newer one than the page was made from, which is said. A page that has been waiting for the first
 * one is fetched again.
 */
export function installProgress(): void {
  const first = document.querySelector<HTMLElement>(`[data-part=${PART}]`);
  if (first === null) return;
  let notice = first;
  let isOver = false;
  const generation = first.dataset.generation ?? '';
  const newer = first.querySelector('template')?.content;

  const pauseMs = () => (isOver ? null : notice.dataset.changing === undefined ? LOOK_EVERY_MS.idle : LOOK_EVERY_MS.busy);
  watchPart(homeHref, PART, pauseMs, (fresh) => {
    const now = fresh.dataset.generation ?? '';
    isOver = now !== '' && now !== generation;
    if (isOver && generation === '') location.reload();
    if (isOver && newer) fresh.replaceChildren(newer.cloneNode(true));
    notice.replaceWith(fresh);
    notice = fresh;
    if (isOver) announce(fresh.textContent);
  });
}
