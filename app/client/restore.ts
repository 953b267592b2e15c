import { isOpen, openRelated } from './in-place';
import { keepVisit, readVisit, visitId, type Visit } from './visits';

/**
 * Back and forward find a page as it was left: what had been opened in place is fetched and opened again, and then
 * the page stands where it stood. A page out of the browser's own memory needs nothing of that.
 */
export function installRestore(): void {
  const keep = () => { keepVisit(visitId(), present()); };
  addEventListener('pagehide', keep);
  // Following a fragment makes an entry of its own on the same page.
  addEventListener('hashchange', visitId);
  document.addEventListener('visibilitychange', () => { if (document.hidden) keep(); });
  const visit = readVisit(visitId());
  if (visit !== null) void restore(visit);
}

function present(): Visit {
  const open = [...document.querySelectorAll('a[data-related]')].filter(isOpen);
  const details = [...document.querySelectorAll<HTMLDetailsElement>('details[data-remember]')];
  return {
    scroll: scrollY,
    related: open.map(pathTo),
    details: Object.fromEntries(details.map((element) => [element.dataset.remember ?? '', element.open])),
  };
}

async function restore({ scroll, related, details }: Visit): Promise<void> {
  const folded = [...document.querySelectorAll<HTMLDetailsElement>('details[data-remember]')].filter((element) => element.open !== (details[element.dataset.remember ?? ''] ?? element.open));
  for (const element of folded) element.open = !element.open;
  if (related.length === 0 && folded.length === 0) return;
  // The browser would go where the page, still short, cannot.
  history.scrollRestoration = 'manual';
  scrollTo({ top: scroll, behavior: 'instant' });
  const control = new AbortController();
  for (const type of ['wheel', 'touchstart', 'keydown', 'pointerdown']) addEventListener(type, () => { control.abort(); }, { once: true, passive: true, signal: control.signal });
  for (const path of related) {
    const link = linkAt(path);
    if (link !== undefined) await openRelated(link);
    // Whoever has begun to read or scroll is not pulled away.
    if (!control.signal.aborted) scrollTo({ top: scroll, behavior: 'instant' });
  }
  control.abort();
  history.scrollRestoration = 'auto';
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
