import { Parser } from 'htmlparser2';
import { parseHTML } from 'linkedom';
import { PilcrowError } from '../../errors';

/** Elements within elements: browsers stop at the same number. */
const MAX_DEPTH = 512;
/** Elements and pieces of text: 200,000 are read in 256 MiB, 300,000 are not. */
const MAX_NODES = 200_000;

/** Elements of XHTML that close themselves; in HTML the slash means nothing, and what follows would be inside of them. */
const SELF_CLOSED = /<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)\b)([a-z][\w:-]{0,40})((?:\s[^<>]{0,2000})?)\/>/gi;
/** Pictures within the page, and what no page has: the libraries search styles and classes in quadratic time. */
const ENDLESS_ATTRIBUTE = /\s(?:class|style|id|src|srcset|sizes|data-[\w-]{1,60})\s*=\s*(?:"[^"]{10000,}"|'[^']{10000,}')/gi;

/**
 * A document of HTML, however broken; nothing in it is run or fetched.
 *
 * @throws PilcrowError `limit-exceeded` for elements nested beyond what anything that walks them can take, or more
 *   than fit into memory
 */
export function parseHtml(html: string, name: string): Document {
  checkSize(html, name);
  const isXhtml = /^\s*<\?xml\b/.test(html.slice(0, 1_000));
  const source = (isXhtml ? html.replace(SELF_CLOSED, '<$1$2></$1>') : html).replace(ENDLESS_ATTRIBUTE, ' ');
  if (/<html[\s>]/i.test(source)) {
    const { document } = parseHTML(source);
    // It may stand in a comment.
    if (/^html$/i.test((document.documentElement as Element | null)?.tagName ?? '')) return document;
  }
  return parseHTML(`<!doctype html><html><body>${source}</body></html>`).document;
}

function checkSize(html: string, name: string): void {
  let depth = 0;
  let nodes = 0;
  const count = (): void => {
    if (++nodes > MAX_NODES) throw new PilcrowError('limit-exceeded', `${name} has more than ${MAX_NODES} elements and pieces of text`, 'divide it');
  };
  const counter = new Parser({
    onopentag: () => {
      count();
      if (++depth > MAX_DEPTH) throw new PilcrowError('limit-exceeded', `${name} has elements nested more than ${MAX_DEPTH} deep`);
    },
    ontext: count,
    onclosetag: () => { depth--; },
  });
  counter.end(html);
}
