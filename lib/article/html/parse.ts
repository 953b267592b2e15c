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
  const isPage = first?.tagName === 'HTML';
  const root = isPage ? first : document;
  const head = isPage ? root.children.find(({ tagName }) => tagName === 'HEAD') : undefined;
  const strayed = head === undefined ? [] : afterHead(head);
  const body = isPage ? root.children.find(({ tagName }) => tagName === 'BODY') : undefined;
  if (body !== undefined && strayed.length === 0) return;
  const whole = body ?? document.createElement('body');
  const own = body === undefined ? root.childNodes.filter((node) => node !== head) : body.childNodes;
  for (const node of [...strayed, ...own]) whole.appendChild(node);
  if (body === undefined) (isPage ? root : document.appendChild(document.createElement('html'))).appendChild(whole);
}

/** What the parser left in a head that had ended. */
function afterHead(head: Element): Node[] {
  const nodes = head.childNodes;
  const end = nodes.findIndex((node) => (isElement(node) ? !OF_HEAD.has(node.tagName) : node.textContent.trim() !== ''));
  return end < 0 ? [] : nodes.slice(end);
}
