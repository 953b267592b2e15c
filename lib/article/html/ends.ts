import type { Element } from './dom';
import { linesIn } from './lines';
import { proseOf } from './measure';
import { isProse } from './prose';
import { closest, findAll, hasWord, type Test } from './search';
import { BODY, namesOf } from './vocabulary';

/** Share of the text that an element has which is marked as the text: what stands after it comes after the text. */
const MOST = 0.6;
/** Such elements that are looked at: more are no help. */
const MAX_BODIES = 20;
/** Characters after the text, of which a paragraph may be: about the author. More is text. */
const MAX_TAIL = 600;

const isBody: Test = (element) => hasWord(element, 'itemprop', 'articleBody') || element.getAttribute('name') === 'articleBody' || element.tagName === 'ARTICLE' || BODY.test(namesOf(element));

/** Takes out what follows the innermost element that is marked as the text and has most of it. */
export function removeAfterBody(content: Element): void {
  const enough = proseOf(content) * MOST;
  const body = findAll(content, isBody).slice(0, MAX_BODIES).findLast((element) => proseOf(element) >= enough);
  if (body === undefined) return;
  const lines = linesIn(content);
  const last = lines.findLastIndex((line) => closest(line, (around) => around === body) !== null);
  const tail = lines.slice(last + 1);
  const prose = tail.reduce((sum, line) => sum + proseOf(line), 0);
  if (last < 0 || prose > MAX_TAIL || tail.filter(isProse).length > 1) return;
  for (const line of tail) line.remove();
}
