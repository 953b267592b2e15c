import type { Element } from './dom';
import { keyOf, linesIn } from './lines';
import { closest, type Test } from './search';
import { namesOf, PULL_QUOTE } from './vocabulary';

/** Letters and digits of what is set large beside a text: less may be said twice by chance, more is a paragraph. */
const MIN_QUOTE = 20;
const MAX_QUOTE = 300;
/** Lines that are looked for: each takes many searches through the text. */
const MAX_LINES = 30;
/** Letters: that many in a row that stand in the text, too, are words of it. */
const PIECE = 12;

const isPullQuote: Test = (element) => PULL_QUOTE.test(namesOf(element));

/** Takes out the sentences of a text that are set again, large, to be seen; a quote that stands nowhere else is text. */
export function removePullQuotes(root: Element): void {
  const lines = linesIn(root).map((line) => ({ line, key: keyOf(line) }));
  const all = `\n${lines.map(({ key }) => key).join('\n')}\n`;
  let at = 1;
  let count = 0;
  for (const { line, key } of lines) {
    const own = at;
    at += key.length + 1;
    if (key.length < MIN_QUOTE || key.length > MAX_QUOTE || closest(line, isPullQuote) === null || ++count > MAX_LINES) continue;
    if (isPieced(all, key, own)) line.remove();
  }
}

/** Whether most of a quote stands in the text, which may say who said it in the middle. */
function isPieced(all: string, key: string, own: number): boolean {
  let pieces = 0;
  let found = 0;
  for (let i = 0; i + PIECE <= key.length; i += PIECE, pieces++) {
    const piece = key.slice(i, i + PIECE);
    const first = all.indexOf(piece);
    if (first !== own + i || all.includes(piece, own + key.length)) found++;
  }
  return found * 3 >= pieces * 2;
}
