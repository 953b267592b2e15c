import type { Element } from './dom';
import { isBlock } from './inline';

/** A block without blocks in it. */
export function isLine(element: Element): boolean {
  return isBlock(element) && !hasBlock(element);
}

/** In the order of the source. */
export function linesIn(root: Element): Element[] {
  const lines: Element[] = [];
  const visit = (element: Element): void => {
    for (const child of element.children) {
      if (isLine(child)) lines.push(child);
      else visit(child);
    }
  };
  visit(root);
  return lines;
}

function hasBlock(element: Element): boolean {
  for (let child = element.firstElementChild; child !== null; child = child.nextElementSibling) if (isBlock(child) || hasBlock(child)) return true;
  return false;
}
