import { Parser } from 'htmlparser2';
import { parseHTML } from 'linkedom';
import { PilcrowError } from '../../errors';

/** Elements within elements: pages have some thirty, and what is made by machines with unclosed tags some hundreds. */
const MAX_DEPTH = 1_000;
/** A page of 250,000 elements takes about as much memory as readers have. */
const MAX_ELEMENTS = 250_000;

/** Elements of XHTML that close themselves; in HTML the slash means nothing, and what follows would be inside of them. */
const SELF_CLOSED = /<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)\b)([a-z][\w:-]{0,40})((?:\s[^<>]{0,2000})?)\/>/gi;

/**
 * A document of HTML, however broken; nothing in it is run or fetched.
 *
 * @throws PilcrowError `limit-exceeded` for elements nested beyond what anything that walks them can take, or more
 *   than fit into memory
 */
export function parseHtml(html: string, name: string): Document {
  checkSize(html, name);
  const isXhtml = /^\s*<\?xml\b/.test(html.slice(0, 1_000));
  const source = isXhtml ? html.replace(SELF_CLOSED, '<$1$2></$1>') : html;
  return parseHTML(/<html[\s>]/i.test(source) ? source : `<!doctype html><html><body>${source}</body></html>`).document;
}

function checkSize(html: string, name: string): void {
  let depth = 0;
  let elements = 0;
  const counter = new Parser({
    onopentag: () => {
      if (++depth > MAX_DEPTH) throw new PilcrowError('limit-exceeded', `${name} has elements nested more than ${MAX_DEPTH} deep`);
      if (++elements > MAX_ELEMENTS) throw new PilcrowError('limit-exceeded', `${name} has more than ${MAX_ELEMENTS} elements`, 'divide it');
    },
    onclosetag: () => { depth--; },
  });
  counter.end(html);
}
