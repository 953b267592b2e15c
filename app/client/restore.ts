import { isOpen, openRelated } from './in-place';
import { keepVisit, readVisit, visitId, type Visit } from './visits';

/**
 * Back and forward find a page as it was left: what had been opened in place is fetched and opened again, and then
 * the page stands where it stood.
 */
export function installRestore(): void {
  let scroll = scrollY;
  // A skeleton in the page's place is shorter than the page, and so moves it: that is nobody's scrolling.
  addEventListener('scroll', () => { if (!isWaiting()) scroll = scrollY; }, { passive: true });
  const keep = () => { keepVisit(visitId(), { scroll, ...opened() }); };
  addEventListener('pagehide', keep);
  document.addEventListener('visibilitychange', () => { if (document.hidden) keep(); });
  // Following a fragment makes an entry of its own on the same page.
  addEventListener('hashchange', visitId);
  // Out of the browser's own memory nothing has to be opened.
  addEventListener('pageshow', ({ persisted }) => { if (persisted) scrollToPlace(scroll); });
  const visit = readVisit(visitId());
  if (visit !== null) void restore(visit);
}

function isWaiting(): boolean {
  return document.getElementById('main')?.getAttribute('aria-busy') === 'true';
}

function scrollToPlace(top: number): void {
  scrollTo({ top, behavior: 'instant' });
}

function opened(): Pick<Visit, 'related' | 'details'> {
  const open = [...document.querySelectorAll('a[data-related]')].filter(isOpen);
  const details = [...document.querySelectorAll<HTMLDetailsElement>('details[data-remember]')];
  return { related: open.map(pathTo), details: Object.fromEntries(details.map((element) => [element.dataset.remember ?? '', element.open])) };
}

async function restore({ scroll, related, details }: Visit): Promise<void> {
  // The browser would go where it thinks that the page was, and now, while the page may be short.
  history.scrollRestoration = 'manual';
  for (const element of document.querySelectorAll<HTMLDetailsElement>('details[data-remember]')) {
    element.open = details[element.dataset.remember ?? ''] ?? element.open;
  }
  scrollToPlace(scroll);
  const control = new AbortController();
  for (const type of ['wheel', 'touchstart', 'keydown', 'pointerdown']) addEventListener(type, () => { control.abort(); }, { once: true, passive: true, signal: control.signal });
  for (const path of related) {
    const link = linkAt(path);
    if (link !== undefined) await openRelated(link);
    // Whoever has begun to read or scroll is not pulled away.
    if (!control.signal.aborted) scrollToPlace(scroll);
  }
  if (document.readyState !== 'complete') await new Promise((resolve) => { addEventListener('load', resolve, { once: true }); });
  // Until its face is there text is set in another one, and what stands above is of another height.
  await document.fonts.ready;
  if (!control.signal.aborted) scrollToPlace(scroll);
  control.abort();
  // Chromium moves the page right after it has been told that it is loaded.
  requestAnimationFrame(() => { history.scrollRestoration = 'auto'; });
}

function pathTo(link: Element): string[] {
  const path: string[] = [];
  for (let item = link.closest<HTMLElement>('[data-item]'); item !== null; item = item.parentElement?.closest<HTMLElement>('[data-item]') ?? null) {
    path.unshift(item.dataset.item ?? '');
  }
  return path;
}

/** The link of the item that stands at the path now; the same passage may stand at several. */
function linkAt(path: readonly string[]): HTMLAnchorElement | undefined {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('a[data-related]')];
  return links.find((link) => String(pathTo(link)) === String(path));
}
