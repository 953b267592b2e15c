import type { Element } from './dom';
import { isBlock, writtenIn } from './inline';

const NO_WORD = /[^\p{L}\p{N}]+/gu;

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

/** What two lines have in common that say the same, but for case, punctuation and white space. */
export function keyOf(line: Element): string {
  return plain(writtenIn(line));
}

/** Its letters and digits, in lower case. */
export function plain(text: string): string {
  return text.toLowerCase().replace(NO_WORD, '');
}

function hasBlock(element: Element): boolean {
  for (let child = element.firstElementChild; child !== null; child = child.nextElementSibling) if (isBlock(child) || hasBlock(child)) return true;
  return false;
}
