/** @throws Error where an element has no such part: the server made it otherwise */
export function within(element: Element, selector: string): HTMLElement {
  const found = element.querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(`there is no ${selector} in ${element.id || element.localName}`);
  return found;
}
