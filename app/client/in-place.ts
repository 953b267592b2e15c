import { announce } from './announce';
import { isPlainClick } from './clicks';
import { fetchPart } from './fragment';

/** Milliseconds before it is said that something is on its way. */
const PATIENCE_MS = 150;

const underway = new WeakMap<Element, AbortController>();

/** `a[data-related]` opens what it leads to below its item, in the item's `[data-below]`, and closes it again. */
export function installInPlace(): void {
  prepare(document);
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || !isPlainClick(event)) return;
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-related]') : null;
    if (link === null || placeOf(link) === null) return;
    event.preventDefault();
    if (isOpen(link)) close(link);
    else void openRelated(link);
  });
}

/** Resolves when it is open, or it is said why it cannot be. */
export async function openRelated(link: HTMLAnchorElement): Promise<void> {
  const place = placeOf(link);
  if (place === null || isOpen(link)) return;
  const control = new AbortController();
  underway.set(link, control);
  link.setAttribute('aria-expanded', 'true');
  place.setAttribute('aria-busy', 'true');
  const waiting = setTimeout(() => { place.replaceChildren(skeleton()); }, PATIENCE_MS);
  try {
    const part = await fetchPart(link.href, 'related', control.signal);
    if (control.signal.aborted) return;
    prepare(part);
    place.replaceChildren(part);
    announce('Related passages are below');
  } catch (error) {
    if (control.signal.aborted) return;
    link.setAttribute('aria-expanded', 'false');
    place.replaceChildren(complaint(error));
  } finally {
    clearTimeout(waiting);
    if (!control.signal.aborted) place.removeAttribute('aria-busy');
  }
}

/** What opens says so, and that it is closed. */
function prepare(within: ParentNode): void {
  for (const link of within.querySelectorAll('a[data-related]')) if (placeOf(link) !== null) link.setAttribute('aria-expanded', 'false');
}

/** Where what is related to a link's item opens; null where the page has no place for it. */
export function placeOf(link: Element): Element | null {
  return link.closest('[data-item]')?.querySelector('[data-below]') ?? null;
}

export function isOpen(link: Element): boolean {
  return link.getAttribute('aria-expanded') === 'true';
}

function close(link: Element): void {
  underway.get(link)?.abort();
  link.setAttribute('aria-expanded', 'false');
  const place = placeOf(link);
  place?.replaceChildren();
  place?.removeAttribute('aria-busy');
}

function skeleton(): Node {
  const template = document.getElementById('skeleton');
  return template instanceof HTMLTemplateElement ? template.content.cloneNode(true) : document.createTextNode('…');
}

/** Said where it was asked for; the link is there to try again. */
function complaint(error: unknown): Element {
  const said = document.createElement('p');
  said.setAttribute('role', 'alert');
  said.className = 'note';
  // A request that fails on the way is a TypeError, with words for programmers.
  const reason = error instanceof TypeError || !(error instanceof Error) ? 'Pilcrow is not responding' : error.message;
  said.textContent = `Related passages could not be loaded: ${reason}. Try again.`;
  return said;
}
