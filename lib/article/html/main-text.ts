import { Readability } from '@mozilla/readability';
import { removeCaptions } from './captions';
import type { Document, Element } from './dom';
import { removeAfterBody } from './ends';
import { removeForeign } from './foreign';
import { removeLeftovers } from './leftovers';
import { putBack } from './lost';
import { amountOf } from './measure';
import { isProse } from './prose';
import { removePullQuotes } from './repeated';
import { findAll, hasWord, named, type Test } from './search';
import { removeTeasers } from './teasers';
import { HIDDEN_NAMES } from './vocabulary';

/** Characters of text: with less, something else may be the article. */
const LITTLE = 250;
/** Something else is, where it has this many times the text. */
const MUCH_MORE = 2;
/** Where articles are, best first. */
const PLACES: readonly Test[] = [
  (element) => hasWord(element, 'itemprop', 'articleBody'),
  ({ tagName }) => tagName === 'ARTICLE',
  (element) => element.getAttribute('role') === 'article',
  ({ tagName }) => tagName === 'MAIN',
  (element) => element.getAttribute('role') === 'main',
  ({ tagName }) => tagName === 'BODY',
];

const NAMES = ['class', 'id'];
const isHeading = named('H2 H3 H4 H5 H6');
const isParagraph: Test = (element) => element.tagName === 'P' && isProse(element);

/** What Readability makes of a page, cleaned. */
export interface MainText {
  content: Element;
  title: string | null;
  byline: string | null;
  published: string | null;
}

/** What data for machines says of the text. */
export interface Hints {
  summaries: readonly string[];
  body: string | null;
}

/**
 * The part of a page that is its article, without what is not, and its title by Readability's rules.
 *
 * Readability chooses from the page without its foreign parts; what it loses is put back, what remains of menus and
 * boxes is removed. Where it finds little, the page is taken as it is marked: article, main, body.
 *
 * @param document is changed
 */
export function mainText(document: Document, hints: Hints): MainText {
  removeForeign(document);
  const isGallery = removeCaptions(document.body);
  removePullQuotes(document.body);
  removeTeasers(document);
  // It asks for no more of a document than ours has.
  const copy = document.cloneNode();
  hideNames(copy);
  const found = new Readability<unknown>(copy as unknown as globalThis.Document, { serializer: (node) => node, keepClasses: true }).parse();
  const title = found?.title ?? null;
  return { content: contentOf(document, (found?.content ?? null) as Element | null, title, hints, isGallery), title, byline: found?.byline ?? null, published: found?.publishedTime ?? null };
}

/**
 * Readability leaves out whatever is called `header`, `legend` or `extra`, words within a sentence, too. What is text by
 * its form loses its names for it; ours stay readable for what comes after.
 */
function hideNames(document: Document): void {
  const hide = (element: Element): void => {
    const names = NAMES.map((name) => element.getAttribute(name) ?? '').join(' ').trim();
    if (names === '') return;
    for (const name of NAMES) element.removeAttribute(name);
    element.setAttribute(HIDDEN_NAMES, names);
  };
  for (const heading of findAll(document, isHeading)) hide(heading);
  for (const paragraph of findAll(document, isParagraph)) [paragraph, ...findAll(paragraph, () => true)].forEach(hide);
}

function contentOf(document: Document, found: Element | null, title: string | null, { summaries, body }: Hints, isGallery: boolean): Element {
  const content = found ?? document.createElement('div');
  putBack(document, content, title, summaries);
  removeAfterBody(content);
  removeLeftovers(content, isGallery);
  const length = amountOf(content).text;
  // Behind a paywall, the text may be in the data alone.
  if (body !== null && body.length > MUCH_MORE * Math.max(length, LITTLE)) return fromText(document, body);
  if (length >= LITTLE) return content;
  for (const place of PLACES) {
    const [marked] = findAll(document, place).sort((a, b) => amountOf(b).text - amountOf(a).text);
    if (marked === undefined || amountOf(marked).text <= MUCH_MORE * length) continue;
    removeLeftovers(marked, isGallery);
    if (amountOf(marked).text > MUCH_MORE * length) return marked;
  }
  return content;
}

function fromText(document: Document, text: string): Element {
  const content = document.createElement('div');
  if (/<p[\s>]/i.test(text)) content.innerHTML = text;
  else for (const line of text.split(/\n+/)) content.appendChild(document.createElement('p')).appendChild(document.createTextNode(line));
  return content;
}
