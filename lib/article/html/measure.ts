import type { Node } from './dom';
import { isElement } from './search';

/** How much an element says: characters of text without white space at lines' ends, and how many of them are in links. */
export interface Amount {
  text: number;
  linked: number;
}

/** @param limit of text outside of links: what is above it is not counted to its end, since many elements are asked */
export function amountOf(root: Node, limit = Infinity): Amount {
  const amount: Amount = { text: 0, linked: 0 };
  const count = (node: Node, inLink: boolean): void => {
    if (amount.text - amount.linked > limit) return;
    if (node.nodeType === 3) {
      const length = node.textContent.trim().length;
      amount.text += length;
      if (inLink) amount.linked += length;
      return;
    }
    const name = isElement(node) ? node.tagName : '';
    if (name === 'SCRIPT' || name === 'STYLE' || name === 'NOSCRIPT' || name === 'TEMPLATE') return;
    for (let child = node.firstChild; child !== null; child = child.nextSibling) count(child, inLink || name === 'A');
  };
  count(root, false);
  return amount;
}

/** Characters of text outside of links. @param limit as of {@link amountOf} */
export function proseOf(root: Node, limit = Infinity): number {
  const { text, linked } = amountOf(root, limit);
  return text - linked;
}

/** Share of the text that is in links, 0 where there is none. */
export function linkDensity({ text, linked }: Amount): number {
  return text === 0 ? 0 : linked / text;
}
