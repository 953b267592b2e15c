import { Document, type Element, type Node } from './dom';
import { build, serialize } from './markup';
import { isElement } from './search';

/**
 * A document of HTML, however broken; nothing in it is run or fetched.
 *
 * @param name of what is read, for messages
 * @throws PilcrowError `limit-exceeded` as `build`
 */
export function parseHtml(html: string, name: string): Document {
  const document = new Document({ build, serialize });
  build(document, document, html, { name, isXhtml: /^\s*<\?xml\b/.test(html.slice(0, 1_000)) });
  complete(document);
  return document;
}

/** What may stand in a head; anything else ends it (HTML, 13.2.6.4.4). */
const OF_HEAD = new Set(['BASE', 'BASEFONT', 'BGSOUND', 'LINK', 'META', 'NOFRAMES', 'NOSCRIPT', 'SCRIPT', 'STYLE', 'TEMPLATE', 'TITLE']);

/** Many pages leave out `html` or `body`, or the end of `head`, as they may. */
function complete(document: Document): void {
  const [first] = document.children;
  const page = first?.tagName === 'HTML' ? first : null;
  const head = page?.children.find(({ tagName }) => tagName === 'HEAD') ?? null;
  const body = page?.children.find(({ tagName }) => tagName === 'BODY') ?? addBody(document, page, head);
  const start = body.firstChild;
  for (const node of head === null ? [] : afterHead(head)) body.insertBefore(node, start);
}

/** A body of all that stands outside of one. */
function addBody(document: Document, page: Element | null, head: Element | null): Element {
  const body = document.createElement('body');
  for (const node of (page ?? document).childNodes) if (node !== head) body.appendChild(node);
  return (page ?? document.appendChild(document.createElement('html'))).appendChild(body);
}

/** What the parser left in a head that had ended. */
function afterHead(head: Element): Node[] {
  const nodes = head.childNodes;
  const end = nodes.findIndex((node) => (isElement(node) ? !OF_HEAD.has(node.tagName) : node.textContent.trim() !== ''));
  return end < 0 ? [] : nodes.slice(end);
}
