import { isBlank } from '../text/clean';
import { isAboutAuthor, isLabel, isNote, isOnlyPointer, isPointer, isRequest } from './cues';
import type { Element } from './dom';
import { isAmongText } from './foreign';
import { isBlock, lineOf } from './inline';
import { isLine } from './lines';
import { amountOf, linkDensity, proseOf, type Amount } from './measure';
import { ENDS_SENTENCE } from './prose';
import { closest, find, findAll, isElement, isFollowingParagraph, isHeading, named, type Test } from './search';
import { ABOUT_ARTICLE, CAPTION, namesOf } from './vocabulary';

/** Characters: pointers, labels and requests are lines; so is what is said about the article above it. */
const MAX_LINE = 300;
const MAX_ABOUT = 160;
const MAX_CAPTION = 600;
const MAX_TIME = 40;
/** Below a list of links. */
const MAX_NOTE = 150;
const MAX_BUTTON = 25;
/** Characters of lines after which the text has begun: more than a summary above the first picture has. */
const BEGINNING = 200;
/** Above this, a line is there for its link, a list for its links. */
const MANY_LINKS = 0.5;
const ALL_LINKS = 0.8;
/** Of a line, where what is set in it is all of it: dots may stand outside. */
const MOSTLY = 0.9;

/** Accounts, not what was posted there, and addresses to write to. */
const ACCOUNT = /^(?:mailto:|https?:\/\/(?:[\w-]+\.)*(facebook\.com|twitter\.com|x\.com|instagram\.com|youtube\.com|linkedin\.com|tiktok\.com|pinterest\.\w+|t\.me|wa\.me|whatsapp\.com|threads\.net|bsky\.app|vk\.com|ok\.ru)\/[^/?#]*\/?(?:$|[?#]))/i;
const MAX_FOLLOW = 250;

const isLink = named('A');
const isSlanted = named('I EM B STRONG');
const isEmphasis = named('A B STRONG I EM');
const isKept = named('PRE TABLE');
const isTitle = named('H1 H2');
const isTimeElement = named('TIME');
const isSet = named('PRE TABLE BLOCKQUOTE');
const isText: Test = (element) => isSet(element) || isFollowingParagraph(element);

/**
 * Takes out of what Readability chose the lines that are not the article's: `Read more: …`, labels, requests and
 * credits; above the text also captions and lines of metadata, which have their own place.
 *
 * @param isGallery whether captions are the text
 */
export function removeLeftovers(content: Element, isGallery: boolean): void {
  let seen = 0;
  const visit = (element: Element): void => {
    for (const child of element.children) {
      if (child.parentNode === null) continue;
      if (isTime(child) || (seen < BEGINNING && (isAboveText(child) || (!isGallery && isCaptionAbove(child))))) {
        child.remove();
        continue;
      }
      if (isLine(child)) {
        if (isForeignLine(child)) {
          removeList(child);
          child.remove();
        } else if (seen >= BEGINNING && isAboutAuthor(lineOf(child))) removeBox(child, MAX_CAPTION); else if (child.tagName !== 'FIGCAPTION') seen += amountOf(child).text;
        continue;
      }
      visit(child);
    }
  };
  visit(content);
}

function isForeignLine(line: Element): boolean {
  const amount = amountOf(line);
  if (amount.text === 0 || amount.text > MAX_LINE || closest(line, isKept) !== null) return false;
  const text = lineOf(line);
  if (isPointer(text) && (linkDensity(amount) > MANY_LINKS || closest(line, isLink) !== null)) return true;
  if ((isNote(text) || (isPointer(text) && amount.linked > 0)) && isSetApart(line, amount)) return true;
  if (linkDensity(amount) > ALL_LINKS && isMenu(line)) return true;
  if (!isLabel(text) && !isOnlyPointer(text) && !isRequest(text, find(line, isEmphasis) !== null) && !isFollow(line, amount)) return false;
  // A list of companies has `Facebook` in it, and a report a section `Analysis`.
  if (/^(?:LI|D[TD])$/.test(line.tagName)) return false;
  return !isHeading(line) || line.nextElementSibling === null || linkDensity(amountOf(line.nextElementSibling)) > MANY_LINKS;
}

/** Whether all of a line is in italics or bold. */
function isSetApart(line: Element, { text }: Amount): boolean {
  return line.tagName === 'P' && findAll(line, isSlanted).reduce((sum, element) => sum + (isSlanted(element.parentElement ?? line) ? 0 : amountOf(element).text), 0) >= text * MOSTLY;
}

/** `Print | Write to us`: links with nothing but bars between them. */
function isMenu(line: Element): boolean {
  const bars = lineOf(line).match(/\s[|·•]\s/g)?.length ?? 0;
  return bars > 0 && line.getElementsByTagName('a').length === bars + 1;
}

/** The rest of a box from its first line on, if that is little. */
function removeBox(line: Element, limit: number): void {
  const following: Element[] = [];
  let prose = 0;
  for (let next = line.nextElementSibling; next !== null; next = next.nextElementSibling) {
    if ((prose += proseOf(next, limit)) > limit) return;
    following.push(next);
  }
  for (const element of [line, ...following]) element.remove();
}

/** Ways to accounts on several networks, whatever language it asks in. */
function isFollow(line: Element, { text, linked }: Amount): boolean {
  if (text > MAX_FOLLOW || linked === 0) return false;
  const networks = new Set<string>();
  for (const link of line.getElementsByTagName('a')) {
    const account = ACCOUNT.exec(link.getAttribute('href') ?? '');
    if (account === null) return false;
    if (account[1] !== undefined) networks.add(account[1].toLowerCase());
  }
  return networks.size > 1;
}

/** Below `Related stories` there is a list of them. */
function removeList(line: Element): void {
  const next = line.nextElementSibling;
  if (next === null || !isOnlyPointer(lineOf(line))) return;
  if (linkDensity(amountOf(next)) <= MANY_LINKS) return;
  // In a box of its own, what is said below the list belongs to it.
  if (line.previousElementSibling === null) removeBox(line, MAX_NOTE);
  next.remove();
}

/** When something was posted, on a line of its own. */
function isTime(element: Element): boolean {
  const { text } = amountOf(element, MAX_TIME);
  if (text === 0 || text > MAX_TIME) return false;
  if (element.tagName === 'TIME') return !isAmongText(element);
  const time = isLine(element) ? find(element, isTimeElement) : null;
  return time !== null && amountOf(time).text === text;
}

function isAboveText(element: Element): boolean {
  const name = element.tagName;
  if (/^(?:FIGURE|T[DHR]|H[1-6])$/.test(name)) return false;
  const isInSentence = !isBlock(element) && isAmongText(element);
  if (isInSentence) return false;
  // Ways to elsewhere, side by side.
  if (isLine(element) && element.getElementsByTagName('a').length > 1 && linkDensity(amountOf(element)) > ALL_LINKS) return true;
  if (isToolbar(element)) return true;
  const names = namesOf(element);
  return ABOUT_ARTICLE.test(names) && amountOf(element).text <= MAX_ABOUT && find(element, isTitle) === null;
}

/** A caption in the text stays: there it can say what the text does not. */
function isCaptionAbove(element: Element): boolean {
  if (element.tagName !== 'FIGCAPTION' && !CAPTION.test(namesOf(element))) return false;
  return (isBlock(element) || !isAmongText(element)) && !/^(?:FIGURE|H[1-6])$/.test(element.tagName) && amountOf(element).text <= MAX_CAPTION && find(element, isText) === null;
}

/** Short words side by side, each in an element of its own, and none of them a sentence. */
function isToolbar(element: Element): boolean {
  const { children } = element;
  if (children.length < 3 || !/^(?:P|DIV|SPAN|SECTION)$/.test(element.tagName)) return false;
  if (element.childNodes.some((node) => !isElement(node) && !isBlank(node.textContent))) return false;
  return children.every((child) => amountOf(child).text <= MAX_BUTTON && !ENDS_SENTENCE.test(lineOf(child)) && child.firstElementChild === null);
}
