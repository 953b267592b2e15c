import type { Element } from './dom';
import { following, isElement } from './search';

/**
 * As much of the DOM as Readability asks for, and the readers beside it. With a whole one (linkedom) a page took three to
 * four times as long, for what no article needs: events, selectors, styles, collections that follow changes.
 */
export abstract class Node {
  abstract readonly nodeType: number;
  abstract readonly textContent: string;
  parentNode: ParentNode | null = null;
  previousSibling: Node | null = null;
  nextSibling: Node | null = null;
  firstChild: Node | null = null;
  lastChild: Node | null = null;

  abstract cloneNode(deep: boolean): Node;

  get parentElement(): Element | null {
    return this.parentNode !== null && isElement(this.parentNode) ? this.parentNode : null;
  }

  get childNodes(): Node[] {
    const nodes: Node[] = [];
    for (let child = this.firstChild; child !== null; child = child.nextSibling) nodes.push(child);
    return nodes;
  }

  remove(): void {
    const { parentNode, previousSibling, nextSibling } = this;
    if (parentNode === null) return;
    if (previousSibling === null) parentNode.firstChild = nextSibling;
    else previousSibling.nextSibling = nextSibling;
    if (nextSibling === null) parentNode.lastChild = previousSibling;
    else nextSibling.previousSibling = previousSibling;
    this.parentNode = this.previousSibling = this.nextSibling = null;
  }
}

export class Text extends Node {
  readonly nodeType = 3;

  constructor(public textContent: string) {
    super();
  }

  cloneNode(): Text {
    return new Text(this.textContent);
  }
}

export abstract class ParentNode extends Node {
  get children(): Element[] {
    const elements: Element[] = [];
    for (let child = this.firstElementChild; child !== null; child = child.nextElementSibling) elements.push(child);
    return elements;
  }

  get firstElementChild(): Element | null {
    return elementFrom(this.firstChild);
  }

  get textContent(): string {
    let text = '';
    for (let node = following(this, this); node !== null; node = following(node, this)) if (node.nodeType === 3) text += node.textContent;
    return text;
  }

  getElementsByTagName(name: string): Element[] {
    const tagName = name.toUpperCase();
    const elements: Element[] = [];
    for (let node = following(this, this); node !== null; node = following(node, this)) {
      if (isElement(node) && node.tagName === tagName) elements.push(node);
    }
    return elements;
  }

  /** @param before null for the end */
  insertBefore<T extends Node>(node: T, before: Node | null): T {
    node.remove();
    const after = before === null ? this.lastChild : before.previousSibling;
    node.parentNode = this;
    node.previousSibling = after;
    node.nextSibling = before;
    if (after === null) this.firstChild = node;
    else after.nextSibling = node;
    if (before === null) this.lastChild = node;
    else before.previousSibling = node;
    return node;
  }

  appendChild<T extends Node>(node: T): T {
    return this.insertBefore(node, null);
  }

  removeChild<T extends Node>(node: T): T {
    node.remove();
    return node;
  }

  replaceChild<T extends Node>(node: Node, replaced: T): T {
    this.insertBefore(node, replaced);
    return this.removeChild(replaced);
  }
}

export function elementFrom(node: Node | null): Element | null {
  let at = node;
  while (at !== null && !isElement(at)) at = at.nextSibling;
  return at;
}

export function copyChildren<T extends ParentNode>(from: ParentNode, copy: T): T {
  for (let child = from.firstChild; child !== null; child = child.nextSibling) copy.appendChild(child.cloneNode(true));
  return copy;
}
