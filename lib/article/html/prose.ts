import type { Element } from './dom';
import { lineOf } from './inline';
import { amountOf, linkDensity } from './measure';

/** Characters of a paragraph: what is shorter may be anything. */
export const MIN_PROSE = 80;
/** Share of its text that is in links. */
export const FEW_LINKS = 0.25;
export const ENDS_SENTENCE = /[.!?…。！？।؟]["”’»)\]]*$/u;

/** Whether a line can be nothing but a paragraph of text: long enough, a sentence, and not there for its links. */
export function isProse(line: Element): boolean {
  if (!/^(?:P|DIV)$/.test(line.tagName)) return false;
  const amount = amountOf(line);
  return amount.text >= MIN_PROSE && linkDensity(amount) <= FEW_LINKS && ENDS_SENTENCE.test(lineOf(line));
}
