/** An element of a feed or sitemap. */
export interface XmlElement {
  /** Lower case, with the usual prefix of its vocabulary, whatever the file's own: `content:encoded`, `dc:creator`; none for that of feeds. */
  name: string;
  /** By name as written, in lower case: `href`, `xml:lang`. */
  attributes: Readonly<Record<string, string>>;
  /** Text with its entities and CDATA resolved. Entities that a DOCTYPE declares stay as written. */
  children: (XmlElement | string)[];
  parent: XmlElement | null;
  /** 1-based. */
  line: number;
}

/** The first child of one of these names, the earlier name first. */
export function childOf(element: XmlElement, ...names: readonly string[]): XmlElement | null {
  for (const name of names) for (const child of childrenOf(element, name)) return child;
  return null;
}

/** Its children of one of these names, in order. */
export function childrenOf(element: XmlElement, ...names: readonly string[]): XmlElement[] {
  return element.children.filter((child): child is XmlElement => typeof child !== 'string' && names.includes(child.name));
}

/** All text in it. */
export function textOf(element: XmlElement | null): string {
  return element?.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('') ?? '';
}

const VOID = new Set(['br', 'hr', 'img', 'wbr', 'input', 'col', 'embed', 'source', 'track', 'area', 'base', 'link', 'meta']);

/** What is in it as HTML. @param escaped whether its text is text, as in XHTML; else it is HTML that was escaped */
export function markupIn(element: XmlElement, escaped: boolean): string {
  return element.children.map((child) => (typeof child === 'string' ? (escaped ? escape(child) : child) : markupOf(child, escaped))).join('');
}

function markupOf(element: XmlElement, escaped: boolean): string {
  const attributes = Object.entries(element.attributes).map(([name, value]) => ` ${name}="${escape(value)}"`).join('');
  const start = `<${element.name}${attributes}>`;
  return VOID.has(element.name) ? start : `${start}${markupIn(element, escaped)}</${element.name}>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
