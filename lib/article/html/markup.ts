import { Parser } from 'htmlparser2';
import { PilcrowError } from '../../errors';
import { isElement, isText, type Document, type Element, type Node, type ParentNode } from './dom';

/** Elements within elements: browsers stop at the same number. */
const MAX_DEPTH = 512;
/** Elements and pieces of text: as many are read in 256 MiB. */
const MAX_NODES = 200_000;
/** Of one element. */
const MAX_ATTRIBUTES = 200;
/** Pictures within the page, and what no page has: Readability searches in addresses and styles in quadratic time. */
const MAX_ATTRIBUTE = 10_000;
/** Elements without an end. */
const VOID = new Set('AREA BASE BR COL EMBED HR IMG INPUT LINK META PARAM SOURCE TRACK WBR'.split(' '));
/** Elements in which htmlparser2 reads neither markup nor entities. */
const RAW = new Set(['SCRIPT', 'STYLE', 'TEXTAREA', 'XMP']);

interface Options {
  /** For messages. */
  name?: string;
  /** Whether elements may close themselves; in HTML the slash means nothing. */
  isXhtml?: boolean;
}

/**
 * Appends what HTML says to a node.
 *
 * @throws PilcrowError `limit-exceeded` for elements nested beyond what anything that walks them can take, or more
 *   than fit into memory
 */
export function build(root: ParentNode, document: Document, html: string, { name = 'HTML', isXhtml = false }: Options = {}): void {
  let at = root;
  let element: Element;
  let depth = 0;
  let nodes = 0;
  const append = (node: Node): void => {
    if (++nodes > MAX_NODES) throw new PilcrowError('limit-exceeded', `${name} has more than ${MAX_NODES} elements and pieces of text`, 'divide it');
    at.appendChild(node);
  };
  const parser = new Parser({
    onopentagname: (tag) => {
      if (++depth > MAX_DEPTH) throw new PilcrowError('limit-exceeded', `${name} has elements nested more than ${MAX_DEPTH} deep`);
      element = document.createElement(tag);
      append(element);
      at = element;
    },
    onattribute: (key, value) => {
      const isWanted = element.attributes.length < MAX_ATTRIBUTES && (value.length < MAX_ATTRIBUTE || key === 'content');
      if (isWanted && !element.hasAttribute(key)) element.setAttribute(key, value);
    },
    ontext: (text) => {
      const last = at.lastChild;
      if (last !== null && isText(last)) last.textContent += text;
      else append(document.createTextNode(text));
    },
    onclosetag: () => {
      depth--;
      at = at.parentNode ?? root;
    },
  }, { recognizeSelfClosing: isXhtml });
  parser.end(html);
}

/** The HTML of what is in an element, such that building it makes the same again. */
export function serialize(element: Element): string {
  let html = '';
  for (let child = element.firstChild; child !== null; child = child.nextSibling) {
    if (isElement(child)) html += outer(child);
    else html += RAW.has(element.tagName) ? child.textContent : escape(child.textContent);
  }
  return html;
}

function outer(element: Element): string {
  const name = element.tagName.toLowerCase();
  const attributes = element.attributes.map((attribute) => ` ${attribute.name}="${escape(attribute.value)}"`).join('');
  return VOID.has(element.tagName) ? `<${name}${attributes}>` : `<${name}${attributes}>${serialize(element)}</${name}>`;
}

function escape(text: string): string {
  return /[&<>"]/.test(text) ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;') : text;
}
