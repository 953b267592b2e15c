import { Document } from './dom';
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

/** Many pages leave out `html` or `body`, as they may. */
function complete(document: Document): void {
  const [first] = document.children;
  const isPage = first?.tagName === 'HTML';
  const root = isPage ? first : document;
  if (isPage && root.children.some(({ tagName }) => tagName === 'BODY')) return;
  const body = document.createElement('body');
  for (const node of root.childNodes) if (!(isPage && isElement(node) && node.tagName === 'HEAD')) body.appendChild(node);
  (isPage ? root : document.appendChild(document.createElement('html'))).appendChild(body);
}
