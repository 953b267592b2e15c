import { Parser } from 'htmlparser2';
import { PilcrowError } from '../../errors';

/** What describes a book or a document is flat; tables of contents have a dozen levels. */
const MAX_DEPTH = 200;
/** A book of ten thousand documents has fewer; each takes some 300 bytes of memory. */
const MAX_ELEMENTS = 200_000;

/** An element of XML, without namespaces. */
export interface XmlElement {
  /** Without prefix. */
  name: string;
  /** Without prefix, and as it is written. */
  attributes: ReadonlyMap<string, string>;
  children: (XmlElement | string)[];
}

/**
 * The small parts in which containers say what they hold. Entities that a document declares are not expanded, so that
 * none can grow.
 *
 * @param name for messages
 * @throws PilcrowError `limit-exceeded` for too many elements, or too deep
 */
export function parseXml(xml: string, name: string): XmlElement {
  const root: XmlElement = { name: '', attributes: new Map(), children: [] };
  const open = [root];
  let count = 0;
  const parser = new Parser(
    {
      onopentag: (tag, attributes) => {
        const element = { name: localName(tag), attributes: attributesOf(attributes), children: [] };
        open.at(-1)?.children.push(element);
        open.push(element);
        if (++count > MAX_ELEMENTS) throw new PilcrowError('limit-exceeded', `${name} has more than ${MAX_ELEMENTS} elements`);
        if (open.length > MAX_DEPTH) throw new PilcrowError('limit-exceeded', `${name} has elements nested more than ${MAX_DEPTH} deep`);
      },
      ontext: (text) => void open.at(-1)?.children.push(text),
      onclosetag: () => void open.pop(),
    },
    { xmlMode: true },
  );
  parser.end(xml);
  return root;
}

/** All elements of a name below an element, in order. */
export function elementsOf(element: XmlElement, name: string): XmlElement[] {
  return childElements(element).flatMap((child) => [...(child.name === name ? [child] : []), ...elementsOf(child, name)]);
}

export function childElements(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => typeof child !== 'string');
}

export function textOf(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

/**
 * Refuses XML that is too large for {@link parseXml} and too much for those who read it, as soon as that is certain: the
 * time to parse grows with the square of the depth.
 *
 * @throws PilcrowError `limit-exceeded`
 */
export function assertWithin(xml: string, limits: { elements: number; depth: number }, name: string): void {
  let elements = 0;
  let depth = 0;
  const parser = new Parser(
    {
      onopentagname: () => {
        if (++elements > limits.elements) throw new PilcrowError('limit-exceeded', `${name} has more than ${limits.elements} elements`, 'split it into several documents');
        if (++depth > limits.depth) throw new PilcrowError('limit-exceeded', `${name} has elements nested more than ${limits.depth} deep`);
      },
      onclosetag: () => void (depth -= 1),
    },
    { xmlMode: true, decodeEntities: false },
  );
  parser.end(xml);
}

function attributesOf(written: Readonly<Record<string, string>>): Map<string, string> {
  const attributes = new Map(Object.entries(written).map(([name, value]) => [localName(name), value]));
  // `type` beside `epub:type`: what has no prefix keeps its name
  for (const [name, value] of Object.entries(written)) attributes.set(name, value);
  return attributes;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
