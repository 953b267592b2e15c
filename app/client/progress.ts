import { homeHref } from '../links';
import { watchPart } from './fragment';

/** Milliseconds between two looks at how far the index is. */
const LOOK_EVERY_MS = 2_000;
const PART = 'index-notice';

/**
 * Keeps the word on an index that is being changed up to date (components/shell/index-notice.tsx), as long as it is and
 * somebody looks; says when there is a newer one than the page was made from. A page that has been waiting for the
 * first one is fetched again.
 */
export function installProgress(): void {
  const first = document.querySelector<HTMLElement>(`[data-part=${PART}][data-changing]`);
  if (first === null) return;
  let notice = first;
  const generation = first.dataset.generation ?? '';
  const newer = first.querySelector('template')?.content;

  watchPart(homeHref, PART, () => (notice.dataset.changing === undefined ? null : LOOK_EVERY_MS), (fresh) => {
    const now = fresh.dataset.generation ?? '';
    const isNewer = now !== '' && now !== generation;
    if (isNewer && generation === '') location.reload();
    if (isNewer && newer) fresh.replaceChildren(newer.cloneNode(true));
    if (isNewer) delete fresh.dataset.changing;
    notice.replaceWith(fresh);
    notice = fresh;
  });
}
