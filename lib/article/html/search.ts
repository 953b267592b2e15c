import { following, isElement, type Element, type Node } from './dom';

export { following, isElement, isText } from './dom';

/** Elements as a search asks for them: by functions, since selectors would have to be read anew each time. */
export type Test = (element: Element) => boolean;

/** The elements in a node, in the order of the source. */
export function findAll(root: Node, test: Test): Element[] {
  const found: Element[] = [];
  for (let node = following(root, root); node !== null; node = following(node, root)) if (isElement(node) && test(node)) found.push(node);
  return found;
}

/** The first of them. */
export function find(root: Node, test: Test): Element | null {
  for (let node = following(root, root); node !== null; node = following(node, root)) if (isElement(node) && test(node)) return node;
  return null;
}

/** The nearest of an element and those around it. */
export function closest(element: Element, test: Test): Element | null {
  for (let at: Node | null = element; at !== null && isElement(at); at = at.parentNode) if (test(at)) return at;
  return null;
}

/** @param names in capitals, with spaces between */
export function named(names: string): Test {
  const all = new Set(names.split(' '));
  return ({ tagName }) => all.has(tagName);
}

export const isHeading = named('H1 H2 H3 H4 H5 H6');

/** Whether an attribute that is a list of words has this one. */
export function hasWord(element: Element, attribute: string, word: string): boolean {
  const value = element.getAttribute(attribute);
  return value !== null && (value === word || value.split(/\s+/).includes(word));
}

/** A paragraph right after another. */
export function isFollowingParagraph(element: Element): boolean {
  return element.tagName === 'P' && element.previousElementSibling?.tagName === 'P';
}
