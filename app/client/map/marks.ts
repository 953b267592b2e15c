import type { MapPoint } from '../../../lib/index';

/** A passage of the list that lies on the map. */
export interface Mark extends MapPoint {
  /** Its number among the answers, or null. */
  rank: number | null;
}

/** The passages of a list, as the server placed them. */
export function readMarks(list: Element | null): Mark[] {
  return [...(list?.querySelectorAll('[data-map-row]') ?? [])].map((item) => {
    const number = (name: string) => Number(item.getAttribute(`data-map-${name}`));
    return { row: number('row'), x: number('x'), y: number('y'), region: number('region'), rank: item.hasAttribute('data-map-rank') ? number('rank') : null };
  });
}

/** Lights the item of a passage and brings it into sight within its list; null lights none. */
export function lightItem(row: number | null): void {
  for (const lit of document.querySelectorAll('[data-map-list] [data-on-map]')) lit.removeAttribute('data-on-map');
  const item = row === null ? null : document.querySelector<HTMLElement>(`[data-map-list] [data-map-row="${row}"]`);
  const list = item?.closest('[data-map-list]');
  if (item == null || list == null) return;
  item.setAttribute('data-on-map', '');
  // Only a list that scrolls by itself: the page stays where the reader has it.
  if (list.scrollHeight <= list.clientHeight) return;
  const [inner, outer] = [item.getBoundingClientRect(), list.getBoundingClientRect()];
  list.scrollTop += Math.max(0, inner.bottom - outer.bottom) || Math.min(0, inner.top - outer.top);
}

/** Calls with the row of the item that is pointed at or has the focus, and with null when it no longer is. */
export function watchItems(changed: (row: number | null) => void): void {
  const rowOf = (target: EventTarget | null) => {
    const item = target instanceof Element ? target.closest('[data-map-list] [data-map-row]') : null;
    return item === null ? null : Number(item.getAttribute('data-map-row'));
  };
  for (const [enter, leave] of [['pointerover', 'pointerout'], ['focusin', 'focusout']] as const) {
    document.addEventListener(enter, ({ target }) => {
      const row = rowOf(target);
      if (row !== null) changed(row);
    });
    document.addEventListener(leave, ({ target, relatedTarget }) => {
      const row = rowOf(target);
      if (row !== null && rowOf(relatedTarget) !== row) changed(null);
    });
  }
}
