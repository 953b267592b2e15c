import type { Document, Element } from './dom';
import { lineOf } from './inline';
import { keyOf, linesIn, plain } from './lines';
import { amountOf, linkDensity } from './measure';
import { ENDS_SENTENCE, FEW_LINKS, isProse, MIN_PROSE } from './prose';
import { closest, hasWord, isHeading, named, type Test } from './search';
import { namesOf, STANDFIRST } from './vocabulary';

/** Characters of a summary: what is shorter may be anything. */
const MIN_STANDFIRST = 30;
/** Characters between title and text; what is more is another article. */
const MAX_LEAD = 1_500;
/** Characters of lines around a title. */
const MAX_FRAME = 50;
/** Never a paragraph of the text itself. */
const isElsewhereByName = named('ASIDE NAV FOOTER FORM FIGURE FIGCAPTION LI TABLE A BUTTON');
const isElsewhere: Test = (element) =>
  isElsewhereByName(element) || /^(?:complementary|navigation)$/.test(element.getAttribute('role') ?? '') || element.hasAttribute('hidden') || element.getAttribute('aria-hidden') === 'true';
const isArticle: Test = (element) =>
  element.tagName === 'ARTICLE' || element.tagName === 'MAIN' || element.getAttribute('role') === 'main' || hasWord(element, 'itemprop', 'articleBody');

/**
 * Puts back what Readability loses when an article is in several containers: the summary between title and text,
 * paragraphs between those that it chose, and the rest in a container like theirs.
 *
 * @param page what Readability chose from
 * @param content what it chose; gets the lost paragraphs where they belong
 * @param summaries what the page says of itself in metadata: a line below the title that says the same is its summary
 */
export function putBack(page: Document, content: Element, title: string | null, summaries: readonly string[]): void {
  const chosen = new Map<string, Element>();
  for (const line of linesIn(content)) {
    const key = keyOf(line);
    if (key !== '' && !chosen.has(key)) chosen.set(key, line);
  }
  const lines = linesIn(page.body).map((line) => ({ line, key: keyOf(line) }));
  const first = lines.findIndex(({ line, key }) => key.length >= MIN_PROSE / 2 && !isHeading(line) && chosen.has(key));
  if (first < 0) return;
  removeFrame(lines, chosen, title);
  const places = new Set(lines.filter(({ key }) => key.length >= MIN_PROSE / 2 && chosen.has(key)).map(({ line }) => placeOf(line)));
  places.delete(null);
  for (const line of leads(lines.slice(0, first), lines[first]?.line ?? null, title, summaries)) {
    const there = chosen.get(keyOf(line));
    // A summary is no section of the text, though it is often set as a heading.
    if (there === undefined) content.insertBefore(paragraph(page, line), content.firstChild);
    else if (isHeading(there)) there.parentNode?.replaceChild(paragraph(page, there), there);
  }
  let last: Element | null = null;
  for (const { line, key } of lines.slice(first)) {
    const same: Element | undefined = chosen.get(key);
    if (same !== undefined) last = same;
    else if (last !== null && closest(line, isElsewhere) === null && isProse(line) && places.has(placeOf(line)) && key !== '') {
      const back = paragraph(page, line);
      last.parentNode?.insertBefore(back, last.nextSibling);
      chosen.set(key, back);
      last = back;
    }
  }
}

/** Lines above the title, and short ones below it that are no sentences: section, date, ways to share it. */
function removeFrame(lines: readonly { line: Element; key: string }[], chosen: Map<string, Element>, title: string | null): void {
  const own = plain(title ?? '');
  const heading = lines.findIndex(({ line, key }) => isHeading(line) && key !== '' && key === own);
  const text = lines.findIndex(({ line }, i) => i > heading && isProse(line));
  if (heading < 0 || text < 0) return;
  const later = new Set(lines.slice(text).map(({ key }) => key));
  for (const [i, { line, key }] of lines.slice(0, text).entries()) {
    const there = chosen.get(key);
    if (there === undefined || later.has(key) || !/^(?:P|DIV)$/.test(line.tagName)) continue;
    const written = lineOf(line);
    if (ENDS_SENTENCE.test(written) || (i > heading && (written.length > MAX_FRAME || isStandfirst(line, null)))) continue;
    chosen.delete(key);
    there.remove();
  }
}

/** The lines between title and text that belong to the text, the last one first. */
function leads(above: readonly { line: Element; key: string }[], begin: Element | null, title: string | null, summaries: readonly string[]): Element[] {
  const key = plain(title ?? '');
  const heading = above.findLastIndex((other) => other.line.tagName === 'H1' || (key !== '' && other.key.endsWith(key) && isHeading(other.line)));
  const said = summaries.map(plain).filter((summary) => summary.length >= MIN_STANDFIRST);
  const article = begin === null ? null : closest(begin, isArticle);
  const found = above.slice(heading + 1).filter(({ line, key: own }) => {
    const amount = amountOf(line);
    if (amount.text < MIN_STANDFIRST || linkDensity(amount) > FEW_LINKS) return false;
    if (closest(line, isElsewhere) !== null) return heading >= 0 && isPoint(line, article);
    if (said.some((summary) => own === summary || (own.length > MIN_PROSE && summary.startsWith(own)) || own.startsWith(summary))) return true;
    if (heading < 0) return false;
    if (isStandfirst(line, article)) return true;
    return article !== null && closest(line, (around) => around === article) !== null && line.tagName === 'P' && isProse(line);
  });
  const length = found.reduce((sum, { line }) => sum + amountOf(line).text, 0);
  return length > MAX_LEAD ? [] : found.map(({ line }) => line).reverse();
}

/** An item of a list in which agencies put what is most important. */
function isPoint(line: Element, article: Element | null): boolean {
  const list = line.tagName === 'LI' ? line.parentElement : null;
  return list !== null && list.parentElement !== null && closest(list.parentElement, isElsewhere) === null && amountOf(list).linked === 0 && isStandfirst(list, article);
}

/** Named as one, itself or what is around it alone. */
function isStandfirst(line: Element, article: Element | null): boolean {
  let element: Element | null = line;
  for (let i = 0; i < 3 && element !== null && element !== article; i++, element = element.parentElement) {
    if (/^(?:BODY|MAIN|ARTICLE)$/.test(element.tagName)) return false;
    if (STANDFIRST.test(namesOf(element))) return true;
  }
  return line.children.some((child) => STANDFIRST.test(namesOf(child)));
}

/** What a line's container is called; null where it has no name of its own. */
function placeOf(line: Element): string | null {
  const parent = line.parentElement;
  const names = parent === null ? '' : (parent.getAttribute('class') ?? '').trim();
  return parent === null || names === '' ? null : `${parent.tagName} ${names} ${line.getAttribute('class') ?? ''}`;
}

function paragraph(page: Document, line: Element): Element {
  const made = page.createElement('p');
  for (const child of line.childNodes) made.appendChild(child.cloneNode(true));
  return made;
}
