import { fetchPart } from '../fragment';

const LIST = '[data-map-list]';
const FOCUSABLE = 'a[href], button, [tabindex]';

/** The list beside the map. */
export function shownList(): Element | null {
  return document.querySelector(LIST);
}

/**
 * The list of this page as it is made from the generation that is current now.
 * @throws Error where the page has none any longer, as that of a region that is gone; TypeError where nobody answers
 */
export function fetchList(): Promise<Element> {
  return fetchPart(location.href, 'map-list');
}

/** The generation that a list was made from. */
export function generationOf(list: Element | null): string | null {
  return list?.getAttribute('data-generation') ?? null;
}

/**
 * Puts a list in the place of the one that is shown, as far down as that has been read.
 * @returns gives the focus to what had it: the same item, the link to the same place, or else the list
 */
export function putList(fresh: Element | null): () => void {
  const old = shownList();
  if (fresh === null || old === null || fresh === old) return () => undefined;
  const { scrollTop } = old;
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  old.replaceWith(fresh);
  fresh.scrollTop = scrollTop;
  return () => {
    if (focused !== null) focus(sameAs(focused, fresh) ?? fresh);
  };
}

/** The counterpart of an element in another list. */
function sameAs(element: Element, list: Element): Element | null {
  const item = element.closest('[data-item]');
  const counterpart = item === null ? null : list.querySelector(`[data-item="${CSS.escape(item.getAttribute('data-item') ?? '')}"]`);
  if (item === null || counterpart === null) {
    const href = element.getAttribute('href');
    return href === null ? null : list.querySelector(`[href="${CSS.escape(href)}"]`);
  }
  const place = [...item.querySelectorAll(FOCUSABLE)].indexOf(element);
  return counterpart.querySelectorAll(FOCUSABLE)[place] ?? counterpart;
}

function focus(element: Element): void {
  if (!(element instanceof HTMLElement)) return;
  // Only for this once: a list that takes the focus by itself would take it from whoever clicks beside a link.
  if (element.matches(LIST)) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}
