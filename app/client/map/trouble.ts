import { within } from '../elements';

/** Says in the map's place that there is none, as the server has worded it. */
export function showTrouble(host: HTMLElement): void {
  const notice = within(host, '[data-map-trouble]');
  const hadFocus = host.contains(document.activeElement);
  for (const part of host.querySelectorAll('[data-map-canvas], [data-map-keys], [data-map-buttons], [data-map-card]')) part.setAttribute('hidden', '');
  notice.hidden = false;
  if (hadFocus) within(notice, 'a').focus();
}
