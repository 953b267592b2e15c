/**
 * A part of another page of the app: pages make their markup on the server, and what is opened in place is
 * that very markup.
 * @param part value of the `data-part` that marks it there
 * @throws Error with a line for the reader when the page cannot be had
 */
export async function fetchPart(href: string, part: string, signal?: AbortSignal): Promise<Element> {
  const response = await fetch(href, { headers: { Accept: 'text/html' }, signal: signal ?? null });
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const found = page.querySelector(`[data-part="${part}"]`);
  if (found === null) throw new Error(page.querySelector('main h1')?.textContent ?? 'This could not be fetched');
  return document.adoptNode(found);
}

/**
 * Fetches a part again and again while somebody looks at the page.
 * @param pauseMs asked before each time; null ends it
 * @param take given the part as it is now; when it cannot be had it is not: the server may be starting anew
 */
export function watchPart(href: string, part: string, pauseMs: () => number | null, take: (fresh: HTMLElement) => void): void {
  const pause = pauseMs();
  if (pause === null) return;
  const look = async () => {
    if (document.hidden) await shown();
    const fresh = await fetchPart(href, part).catch(() => null);
    if (fresh instanceof HTMLElement) take(fresh);
    watchPart(href, part, pauseMs, take);
  };
  setTimeout(() => void look(), pause);
}

/** Resolves when the page is shown that was hidden. */
function shown(): Promise<void> {
  return new Promise((resolve) => { document.addEventListener('visibilitychange', () => { resolve(); }, { once: true }); });
}
