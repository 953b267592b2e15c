/** How HTML becomes nodes, and nodes HTML. */
interface Markup {
  build: (root: ParentNode, document: Document, html: string) => void;
  serialize: (element: Element) => string;
}

const NO_STYLE = {};

/**
 * As much of the DOM as Readability asks for, and the readers beside it. With a whole one (linkedom) a page took three
 * times as long, for what no article needs: events, selectors, styles, collections that follow changes.
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

class Attribute {
  constructor(readonly name: string, public value: string) {}

  cloneNode(): Attribute {
    return new Attribute(this.name, this.value);
  }
}

export class Element extends ParentNode {
  readonly nodeType = 1;
  readonly attributes: Attribute[] = [];

  /** @param tagName in capitals */
  constructor(readonly ownerDocument: Document, readonly tagName: string) {
    super();
  }

  get nodeName(): string { return this.tagName; }
  get id(): string { return this.getAttribute('id') ?? ''; }
  set id(value: string) { this.setAttribute('id', value); }
  get className(): string { return this.getAttribute('class') ?? ''; }
  set className(value: string) { this.setAttribute('class', value); }
  get src(): string { return this.getAttribute('src') ?? ''; }
  get srcset(): string { return this.getAttribute('srcset') ?? ''; }

  /** No more of it than hides elements. */
  get style(): { display?: string; visibility?: string } {
    const written = this.getAttribute('style');
    if (written === null) return NO_STYLE;
    const style: { display?: string; visibility?: string } = {};
    for (const rule of written.split(';')) {
      const [name, value = ''] = rule.split(':', 2).map((part) => part.trim());
      if (name === 'display' || name === 'visibility') style[name] = value;
    }
    return style;
  }

  get nextElementSibling(): Element | null {
    return elementFrom(this.nextSibling);
  }

  get previousElementSibling(): Element | null {
    let node = this.previousSibling;
    while (node !== null && !isElement(node)) node = node.previousSibling;
    return node;
  }

  get innerHTML(): string {
    return this.ownerDocument.markup.serialize(this);
  }

  set innerHTML(html: string) {
    while (this.firstChild !== null) this.firstChild.remove();
    this.ownerDocument.markup.build(this, this.ownerDocument, html);
  }

  getAttribute(name: string): string | null {
    for (const attribute of this.attributes) if (attribute.name === name) return attribute.value;
    return null;
  }

  hasAttribute(name: string): boolean {
    return this.getAttribute(name) !== null;
  }

  setAttribute(name: string, value: string): void {
    const known = this.attributes.find((attribute) => attribute.name === name);
    if (known === undefined) this.attributes.push(new Attribute(name, value));
    else known.value = value;
  }

  setAttributeNode({ name, value }: Attribute): void {
    this.setAttribute(name, value);
  }

  removeAttribute(name: string): void {
    const at = this.attributes.findIndex((attribute) => attribute.name === name);
    if (at >= 0) this.attributes.splice(at, 1);
  }

  cloneNode(deep: boolean): Element {
    const clone = new Element(this.ownerDocument, this.tagName);
    for (const attribute of this.attributes) clone.attributes.push(attribute.cloneNode());
    return deep ? copyChildren(this, clone) : clone;
  }
}

export class Document extends ParentNode {
  readonly nodeType = 9;
  /** Addresses are left as they are written. */
  readonly baseURI = null;
  readonly documentURI = null;
  private readonly tagNames = new Map<string, string>();

  constructor(readonly markup: Markup) {
    super();
  }

  get documentElement(): Element {
    return this.firstElementChild ?? this.appendChild(this.createElement('html'));
  }

  get body(): Element {
    const { documentElement } = this;
    return documentElement.children.find(({ tagName }) => tagName === 'BODY') ?? documentElement.appendChild(this.createElement('body'));
  }

  get title(): string {
    const head = this.documentElement.children.find(({ tagName }) => tagName === 'HEAD');
    return head?.getElementsByTagName('title')[0]?.textContent ?? '';
  }

  createElement(name: string): Element {
    let tagName = this.tagNames.get(name);
    if (tagName === undefined) this.tagNames.set(name, (tagName = name.toUpperCase()));
    return new Element(this, tagName);
  }

  createTextNode(text: string): Text {
    return new Text(text);
  }

  cloneNode(): Document {
    return copyChildren(this, new Document(this.markup));
  }
}

export function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}

export function isText(node: Node): node is Text {
  return node.nodeType === 3;
}

/** What comes after a node in the order of the source, within `root`. */
export function following(node: Node, root: Node): Node | null {
  if (node.firstChild !== null) return node.firstChild;
  for (let at: Node | null = node; at !== null && at !== root; at = at.parentNode) if (at.nextSibling !== null) return at.nextSibling;
  return null;
}

function elementFrom(node: Node | null): Element | null {
  let at = node;
  while (at !== null && !isElement(at)) at = at.nextSibling;
  return at;
}

function copyChildren<T extends ParentNode>(from: ParentNode, copy: T): T {
  for (let child = from.firstChild; child !== null; child = child.nextSibling) copy.appendChild(child.cloneNode(true));
  return copy;
}
