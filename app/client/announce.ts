let region: HTMLElement | null = null;

/** Says something to whoever listens to the page instead of seeing it. */
export function announce(words: string): void {
  region ??= regionOfPage();
  // The same words twice are news only when there was nothing between.
  region.textContent = '';
  requestAnimationFrame(() => { if (region !== null) region.textContent = words; });
}

function regionOfPage(): HTMLElement {
  const made = document.createElement('div');
  made.className = 'unseen';
  made.setAttribute('role', 'status');
  document.body.append(made);
  return made;
}
