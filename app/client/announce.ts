/** Says something to whoever listens to the page instead of seeing it: in the layout's `[data-said]`. */
export function announce(words: string): void {
  const region = document.querySelector('[data-said]');
  if (region === null) return;
  // The same words twice are news only when there was nothing between.
  region.textContent = '';
  requestAnimationFrame(() => { region.textContent = words; });
}
