import { isCredited } from './cues';
import type { Element } from './dom';
import { isAmongText } from './foreign';
import { isBlock, lineOf } from './inline';
import { amountOf, proseOf } from './measure';
import { closest, find, findAll, isFollowingParagraph, named, type Test } from './search';
import { CAPTION, CREDIT_NAME, namesOf } from './vocabulary';

/** Characters of a caption; what is longer tells something of its own. */
const MAX_CAPTION = 600;

/** So many are a gallery, unless there are so many characters of text for each. */
const SEVERAL = 3;
const MIN_TEXT = 1_000;

const isPicture = named('IMG PICTURE VIDEO IFRAME SVG');
const isFigureCaption = named('FIGCAPTION');
const isCell = named('TD TH');
const isParagraph = named('P LI DD TD');
const isSet = named('PRE TABLE BLOCKQUOTE UL OL');
const isText: Test = (element) => isSet(element) || isFollowingParagraph(element);
const isCredit: Test = (element) => CREDIT_NAME.test(namesOf(element));

/**
 * Takes out what is said below pictures of news: what they show and who took them. Where there is little else for each
 * of several, as in a gallery, the captions are the text.
 *
 * @returns whether they are
 */
export function removeCaptions(root: Element): boolean {
  const all = new Set(findAll(root, isCaption));
  const captions = [...all].filter(({ parentElement }) => parentElement === null || closest(parentElement, (around) => all.has(around)) === null);
  if (captions.length >= SEVERAL && proseOf(root) < captions.length * MIN_TEXT) return true;
  for (const caption of captions) caption.remove();
  return false;
}

/** A caption of a figure may say what the text does not, where nobody took it from an agency; others are called so. */
function isCaption(element: Element): boolean {
  if (element.tagName === 'TABLE') return isPictureTable(element);
  if (element.tagName === 'FIGURE' || isPicture(element)) return false;
  const isFigures = element.tagName === 'FIGCAPTION' || element.parentElement?.tagName === 'FIGURE';
  if (!isFigures && (closest(element, isFigureCaption) !== null || !CAPTION.test(namesOf(element)))) return false;
  if (!isBlock(element) && isAmongText(element)) return false;
  const { text } = amountOf(element, MAX_CAPTION);
  const paragraph = isBlock(element) ? null : closest(element, isParagraph);
  if (paragraph !== null && amountOf(paragraph).text > text) return false;
  if (text === 0 || text > MAX_CAPTION || find(element, isText) !== null) return false;
  if (!isFigures || (element.tagName !== 'FIGCAPTION' && hasPicture(element.parentElement))) return true;
  return isCredited(lineOf(element)) || find(element, isCredit) !== null;
}

/** A picture and a line below it, as they were set before there were figures. */
function isPictureTable(table: Element): boolean {
  const { text } = amountOf(table, MAX_CAPTION);
  if (text > MAX_CAPTION / 2 || find(table, isPicture) === null) return false;
  return findAll(table, isCell).filter((cell) => amountOf(cell).text > 0).length === 1;
}

/** By figure, since one may have thousands of elements in it. */
const pictured = new WeakMap<Element, boolean>();

function hasPicture(figure: Element | null): boolean {
  if (figure === null) return false;
  let has = pictured.get(figure);
  if (has === undefined) pictured.set(figure, (has = find(figure, isPicture) !== null));
  return has;
}
