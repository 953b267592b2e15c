/** Fetches what draws the map where a page has one. */
export function installMap(): void {
  const host = document.querySelector<HTMLElement>('[data-map]');
  if (host !== null) void import('./show').then(({ showMap }) => showMap(host));
}
