import type { Document, Element, Node } from './dom';
import { lineOf } from './inline';
import { amountOf, proseOf } from './measure';
import { closest, find, findAll, following, hasWord, isElement, isHeading, isText, named, type Test } from './search';

/** Characters beside the link: the beginning of another article. */
const MAX_PROSE = 300;
/** Characters of a link that is the title of something. */
const MIN_TITLE = 12;
/** Share of the page's prose: lists of other articles may be the article. */
const MAX_SHARE = 1 / 3;
/** Characters beside the title from which on a text is one, however much of others stands around it. */
const MIN_TEXT = 250;

/** A list in a text is small beside it, and its links are all that it says. */
const MIN_RATIO = 6;
const ALL_LINKS = 0.9;
/** Elements around such a list alone. */
const MAX_BOXES = 4;

const isCard = named('ARTICLE DIV SECTION LI FIGURE');
const isArticle = named('ARTICLE');
const isTitle = named('H1');
const isLink = named('A');
const isBody: Test = (element) => isArticle(element) || hasWord(element, 'itemprop', 'articleBody');
const isPartOfText = named('P TABLE PRE BLOCKQUOTE DL');

/**
 * Takes out of a page the beginnings of other articles, known by their form in any language: a title that is a link
 * within the site, and little text. Alone they are so within an article's own element, elsewhere in a row.
 */
export function removeTeasers(document: Document): void {
  const host = hostOf(document);
  const main = mainOf(document);
  const { text, linked } = amountOf(document.body);
  const most = (text - linked) * MAX_SHARE;
  const known = new Map<Element, Element[]>();
  for (const card of findAll(document.body, (element) => isCard(element) && isTeaser(element, host))) {
    const parent = card.parentElement;
    if (parent === null) continue;
    const cards = known.get(parent);
    if (cards === undefined) known.set(parent, [card]);
    else cards.push(card);
  }
  for (const [parent, cards] of known) {
    if (/^[UO]L$/.test(parent.tagName)) {
      if (cards.length === parent.children.length && isBetweenText(parent, text)) parent.remove();
      continue;
    }
    const kinds = new Map<string, number>();
    for (const card of cards) kinds.set(kindOf(card), (kinds.get(kindOf(card)) ?? 0) + 1);
    const alike = cards.filter((card) => isWithin(card) || (kinds.get(kindOf(card)) ?? 0) > 1);
    if (alike.length === 0) continue;
    const prose = alike.reduce((sum, card) => sum + proseOf(card), 0);
    if (prose <= most || (main !== null && closest(parent, (around) => around === main) === null)) for (const card of alike) card.remove();
  }
}

/** Whether a list of nothing but other articles stands in a text without being announced: as `the following:`, or by a heading. */
function isBetweenText(list: Element, page: number): boolean {
  const { text, linked } = amountOf(list);
  if (text * MIN_RATIO > page || linked < text * ALL_LINKS) return false;
  let box = list;
  for (let i = 0; i < MAX_BOXES && box.previousElementSibling === null && box.parentElement !== null; i++) box = box.parentElement;
  const before = box.previousElementSibling;
  return before !== null && /^(?:P|DIV|UL|OL|FIGURE)$/.test(before.tagName) && find(before, isHeading) === null && !/[:：]\s*$/.test(lineOf(before));
}

/** An article's card in another article. */
function isWithin(card: Element): boolean {
  return isArticle(card) && card.parentElement !== null && closest(card.parentElement, isBody) !== null;
}

function isTeaser(element: Element, host: string | null): boolean {
  const begin = beginning(element);
  const link = begin === null ? null : closest(begin, isLink);
  if (link === null || !isOwn(link.getAttribute('href') ?? '', host) || proseOf(element, MAX_PROSE) > MAX_PROSE) return false;
  if (findAll(element, isPartOfText).length > 1) return false;
  if (find(element, isTitle) !== null || closest(element, isHeading) !== null) return false;
  const line = closest(link, isHeading) ?? link;
  return lineOf(line).length >= MIN_TITLE && (line === link || proseOf(line) === 0 || isLink(line));
}

/** The first text in an element. */
function beginning(element: Element): Element | null {
  for (let node: Node | null = following(element, element); node !== null; node = following(node, element)) {
    if (isText(node) && /[\p{L}\p{N}]/u.test(node.textContent)) return node.parentNode !== null && isElement(node.parentNode) ? node.parentNode : null;
  }
  return null;
}

/** The innermost element that has a title and a text. */
function mainOf(document: Document): Element | null {
  const title = find(document.body, isTitle);
  return title === null ? null : closest(title, (around) => proseOf(around, MIN_TEXT) >= MIN_TEXT);
}

function kindOf(card: Element): string {
  return `${card.tagName} ${card.className}`;
}

/** Whether a link stays on the site; to the same page it is no other article. */
function isOwn(href: string, host: string | null): boolean {
  if (/^https?:/i.test(href)) return host !== null && URL.canParse(href) && new URL(href).host === host;
  return /^[^#:]+(?:$|[?#])/.test(href);
}

function hostOf(document: Document): string | null {
  for (const element of findAll(document, (each) => hasWord(each, 'rel', 'canonical') || each.getAttribute('property') === 'og:url')) {
    const address = element.getAttribute('href') ?? element.getAttribute('content') ?? '';
    if (/^https?:/i.test(address) && URL.canParse(address)) return new URL(address).host;
  }
  return null;
}
