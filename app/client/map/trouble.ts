import { within } from '../elements';

/** Says in the map's place that there is none, or none any longer, as the server has worded it. */
export function showTrouble(host: HTMLElement, which: 'undrawn' | 'outdated'): void {
  const notice = within(host, `[data-map-trouble=${which}]`);
  const hadFocus = host.contains(document.activeElement);
  for (const part of host.querySelectorAll('[data-map-canvas], [data-map-keys], [data-map-buttons], [data-map-card]')) part.setAttribute('hidden', '');
  notice.hidden = false;
  if (hadFocus) within(notice, 'a').focus();
}
