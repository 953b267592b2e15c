import { statusHref } from '../links';
import { announce } from './announce';
import { watchPart } from './fragment';

const PART = 'build';
/** Milliseconds between two looks, while the index is being changed and while it is not. */
const LOOK_EVERY_MS = { busy: 2_000, idle: 10_000 };

/**
 * Keeps the status page's word on what is being done to the index up to date (components/status/status-build.tsx). Once
 * another generation answers, all of the page is out of date and is fetched again.
 */
export function installBuild(): void {
  const part = document.querySelector<HTMLElement>(`[data-part=${PART}]`);
  if (part === null) return;
  const pauseMs = () => (part.dataset.phase === undefined ? LOOK_EVERY_MS.idle : LOOK_EVERY_MS.busy);
  watchPart(statusHref, PART, pauseMs, (fresh) => { update(part, fresh); });
}

function update(part: HTMLElement, fresh: HTMLElement): void {
  if (fresh.dataset.generation !== part.dataset.generation) location.reload();
  else if (fresh.dataset.phase === part.dataset.phase) refresh(part, fresh);
  else replace(part, fresh);
}

/** Figures in their places: nothing that somebody reads or has selected is made anew. */
function refresh(part: HTMLElement, fresh: HTMLElement): void {
  for (const place of part.querySelectorAll('[data-live]')) {
    const text = fresh.querySelector(`[data-live=${place.getAttribute('data-live') ?? ''}]`)?.textContent;
    if (text != null && text !== place.textContent) place.textContent = text;
  }
  const [bar, now] = [part, fresh].map((one) => one.querySelector('progress'));
  if (bar && now) bar.value = now.value;
}

/** Another phase, which is worth a word to whoever does not see it; figures are not. */
function replace(part: HTMLElement, fresh: HTMLElement): void {
  const { phase } = fresh.dataset;
  announce(phase === undefined ? 'Nothing is being done to the index any longer' : `The index is being changed: ${phase}`);
  if (phase === undefined) delete part.dataset.phase;
  else part.dataset.phase = phase;
  part.replaceChildren(...fresh.childNodes);
}
