import { build, serialize } from './markup';
import { copyChildren, elementFrom, ParentNode, Text } from './nodes';
import { isElement } from './search';

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
    return serialize(this);
  }

  set innerHTML(html: string) {
    while (this.firstChild !== null) this.firstChild.remove();
    build(this, this.ownerDocument, html);
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
    return copyChildren(this, new Document());
  }
}

const NO_STYLE = {};
