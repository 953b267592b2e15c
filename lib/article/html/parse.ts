import { Parser } from 'htmlparser2';
import { parseHTML } from 'linkedom';
import { PilcrowError } from '../../errors';

/** Elements within elements: pages have some thirty, and what is made by machines with unclosed tags some hundreds. */
const MAX_DEPTH = 2_000;

/**
 * A document of HTML, however broken; nothing in it is run or fetched.
 *
 * @throws PilcrowError `limit-exceeded` for elements nested beyond what anything that walks them can take
 */
export function parseHtml(html: string, name: string): Document {
  let depth = 0;
  let deepest = 0;
  const counter = new Parser({
    onopentag: () => void (deepest = Math.max(deepest, ++depth)),
    onclosetag: () => { depth--; },
  });
  counter.end(html);
  if (deepest > MAX_DEPTH) throw new PilcrowError('limit-exceeded', `${name} has elements nested ${deepest} deep, more than ${MAX_DEPTH}`);
  return parseHTML(/<html[\s>]/i.test(html) ? html : `<!doctype html><html><body>${html}</body></html>`).document;
}
