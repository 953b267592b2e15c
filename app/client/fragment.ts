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
