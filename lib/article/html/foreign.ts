import type { Document, Element, Node } from './dom';
import { isBlock } from './inline';
import { amountOf, linkDensity, proseOf } from './measure';
import { find, findAll, named, type Test } from './search';
import { FOREIGN_IF_FORM, FOREIGN_IF_LINKS, FOREIGN_PART, namesOf, READ_OUT_ONLY } from './vocabulary';

/** Characters outside of links: boxes have some hundreds; what has more is an article, whatever its class. */
const MAX_PROSE = 1_000;
/** Share of the page's prose: a short article may be in an element with a foreign name. */
const MAX_SHARE = 1 / 3;
/** Characters of what is only read out. */
const MAX_READ_OUT = 80;
/** Above this, what a box says are links. */
const MANY_LINKS = 0.4;

/** Characters of a box that asks for an address, and how many elements stand around its field. */
const MAX_BOX = 400;
const MAX_AROUND = 6;
/** More fields are a form. */
const MAX_FIELDS = 20;
/** Links that make a column. */
const MIN_LINKS = 3;

const isAddressField: Test = (element) => element.tagName === 'INPUT' && element.getAttribute('type') === 'email';
const isControl = named('BUTTON INPUT');
const isQuote = named('BLOCKQUOTE');
const isRow = named('TR');
const isTitle = named('H1 H2');
const NEVER = new Set('HTML BODY MAIN HEAD SCRIPT STYLE PRE CODE TR TD TH THEAD TBODY TABLE MATH'.split(' '));
const FOREIGN_ROLE = /^(?:navigation|search|menu|menubar|toolbar|dialog|alertdialog|tablist|complementary)$/;

/**
 * Takes out of a page what is surely not its article: related links, boxes for newsletters, sharing, advertisements.
 * Readability chooses from what remains, and chooses better.
 */
export function removeForeign(document: Document): void {
  const most = Math.min(MAX_PROSE, proseOf(document.body) * MAX_SHARE);
  const visit = (element: Element): void => {
    for (const child of element.children) {
      if (!NEVER.has(child.tagName) && isForeign(child, most)) child.remove();
      else visit(child);
    }
  };
  visit(document.body);
  for (const field of findAll(document.body, isAddressField).slice(0, MAX_FIELDS)) removeAround(field, most);
  for (const row of findAll(document.body, isRow)) removeColumns(row);
}

/** The box in which one leaves an address, as far as there is little said in it. */
function removeAround(field: Element, most: number): void {
  let box: Element | null = null;
  for (let at = field.parentElement, i = 0; at !== null && i < MAX_AROUND && !NEVER.has(at.tagName); at = at.parentElement, i++) {
    if (proseOf(at, MAX_BOX) > Math.min(MAX_BOX, most) || find(at, isTitle) !== null) break;
    box = at;
  }
  box?.remove();
}

/** Columns of links in a table that lays out the page: beside a cell with a text. */
function removeColumns(row: Element): void {
  const cells = row.children.filter(({ tagName }) => tagName === 'TD');
  if (cells.every((cell) => proseOf(cell, MAX_BOX) <= MAX_BOX)) return;
  for (const cell of cells) if (cell.getElementsByTagName('a').length >= MIN_LINKS && linkDensity(amountOf(cell)) > MANY_LINKS) cell.remove();
}

function isForeign(element: Element, most: number): boolean {
  const isSmall = (limit: number): boolean => proseOf(element, limit) <= Math.min(limit, most);
  if (element.tagName === 'NAV' || FOREIGN_ROLE.test(element.getAttribute('role') ?? '')) return isSmall(MAX_PROSE);
  const names = namesOf(element);
  if (names === '') return false;
  if (READ_OUT_ONLY.test(names)) return isSmall(MAX_READ_OUT);
  // A word in a sentence may be marked as anything.
  if (!isBlock(element) && isAmongText(element)) return false;
  if (FOREIGN_PART.test(names)) return isSmall(MAX_PROSE);
  if (FOREIGN_IF_FORM.test(names) && find(element, isControl) !== null && find(element, isQuote) === null) return isSmall(MAX_BOX);
  return FOREIGN_IF_LINKS.test(names) && linkDensity(amountOf(element)) > MANY_LINKS && isSmall(MAX_PROSE);
}

/** By parent, since a paragraph may have thousands of elements in it. */
const hasText = new WeakMap<Node, boolean>();

/** Whether there is text beside an element, in the same parent. */
export function isAmongText(element: Element): boolean {
  const parent = element.parentNode;
  if (parent === null) return false;
  let has = hasText.get(parent);
  if (has === undefined) {
    has = parent.childNodes.some((node) => node.nodeType === 3 && /[\p{L}\p{N}]/u.test(node.textContent));
    hasText.set(parent, has);
  }
  return has;
}
