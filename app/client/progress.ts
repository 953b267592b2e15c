import { homeHref } from '../links';
import { fetchPart } from './fragment';

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

  const look = async () => {
    if (document.hidden) await shown();
    const fresh = await fetchPart(homeHref, PART).catch(() => null);
    // No answer is no news: the server may be starting anew.
    if (!(fresh instanceof HTMLElement)) return;
    const now = fresh.dataset.generation ?? '';
    const isNewer = now !== '' && now !== generation;
    if (isNewer && generation === '') location.reload();
    if (isNewer && newer) fresh.replaceChildren(newer.cloneNode(true));
    if (isNewer) delete fresh.dataset.changing;
    notice.replaceWith(fresh);
    notice = fresh;
  };
  const lookAgain = () => setTimeout(() => void look().then(() => { if (notice.dataset.changing !== undefined) lookAgain(); }), LOOK_EVERY_MS);
  lookAgain();
}

/** Resolves when the page is shown that was hidden. */
function shown(): Promise<void> {
  return new Promise((resolve) => { document.addEventListener('visibilitychange', () => { resolve(); }, { once: true }); });
}
