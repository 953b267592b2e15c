import { cleanLine } from '../text/clean';
import { joinLines } from '../text/lines';
import type { Element, Node } from './dom';
import { find, isElement, named } from './search';

/** Elements whose content is no text that anybody reads, or only where something cannot be shown. */
const DROPPED = new Set(
  'SCRIPT STYLE TEMPLATE SVG IFRAME NOSCRIPT NOEMBED NOFRAMES HEAD TITLE RT RP RTC AUDIO VIDEO CANVAS OBJECT EMBED APPLET MAP BUTTON SELECT TEXTAREA INPUT DATALIST PROGRESS METER'.split(' '),
);
const BLOCKS = new Set(
  'P DIV SECTION ARTICLE ASIDE HEADER FOOTER MAIN NAV UL OL MENU LI DL DT DD TABLE CAPTION THEAD TBODY TFOOT TR TD TH DETAILS SUMMARY FIGURE FIGCAPTION HR ADDRESS FORM FIELDSET LEGEND BLOCKQUOTE PRE CENTER DIALOG HGROUP SEARCH BODY HTML H1 H2 H3 H4 H5 H6'.split(' '),
);

/** Styles are looked at as far as anyone writes them. */
const MAX_STYLE = 1_000;
const HIDDEN_STYLE = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)/i;
const BLOCK_STYLE = /(?:^|;)\s*display\s*:\s*(?:block|flex|grid|list-item)/i;

const isFormula = named('MATH');

/** What a call of a footnote, or the way back from one, reads as: `1`, `[12]`, `*`, `a`, `↩`. */
const MAX_MARK = 6;
const NOTE_CALL = /^[[(]?(?:\p{N}{1,4}|\p{L}|[*†‡§¶#]+)[\])]?$/u;
const NOTE_ROLE = /(?:^|[\s-])(?:doc-noteref|noteref|doc-backlink|backlink|footnote-?ref|footnote-?backref|footnote-?back|reversefootnote)(?:$|\s)/i;

/** What stands for `<br>` until lines are joined: white space that joins no two words, in Chinese either. A control character, so that no text has it. */
export const LINE_BREAK = ' \u0001\n';

/** Whether an element begins a paragraph of its own. */
export function isBlock(element: Element): boolean {
  return BLOCKS.has(element.tagName) || BLOCK_STYLE.test(styleOf(element));
}

/** Whether an element's content is left out: it is not text, it cannot be seen, or it is the call of a footnote. */
export function isLeftOut(element: Element): boolean {
  const name = element.tagName;
  if (DROPPED.has(name)) return true;
  return isHidden(element) || ((name === 'A' || name === 'SUP') && isNoteCall(element, name));
}

/** On one line: a heading, a cell of a table. */
export function lineOf(element: Element): string {
  return oneLine(writtenIn(element));
}

/** What can be read in an element, as its source is set. */
export function writtenIn(element: Element): string {
  const parts: string[] = [];
  const visit = (node: Node): void => {
    if (!isElement(node)) return void parts.push(node.textContent);
    if (isLeftOut(node)) return;
    if (node.tagName === 'MATH') parts.push(formula(node));
    else if (node.tagName === 'BR') parts.push(LINE_BREAK);
    else {
      const apart = isBlock(node);
      if (apart) parts.push(LINE_BREAK);
      node.childNodes.forEach(visit);
      if (apart) parts.push(LINE_BREAK);
    }
  };
  element.childNodes.forEach(visit);
  return parts.join('');
}

/** Text as it stands in the source on one line; where that is wrapped, Chinese gets no space. */
export function oneLine(text: string): string {
  return cleanLine(joinLines(text.split('\n')));
}

/** A formula as its author wrote it (TeX), else its symbols in a row. */
export function formula(math: Element): string {
  const written = find(math, (element) => element.tagName === 'ANNOTATION' && /tex/i.test(element.getAttribute('encoding') ?? ''))?.textContent;
  const tex = cleanLine(written ?? math.getAttribute('alttext') ?? '');
  if (tex === '') return cleanLine(math.textContent).replace(/ /g, '');
  return /^\{\\(?:display|text)style\s+(.*)\}$/.exec(tex)?.[1] ?? tex;
}

/** The text of an element as far as it has no more than `limit` characters, white space at its ends aside; else null. */
export function shortText(element: Element, limit: number): string | null {
  let text = '';
  const visit = (node: Node): boolean => {
    if (node.nodeType === 3) text = (text + node.textContent).trimStart();
    if (text.length > limit && text.trimEnd().length > limit) return false;
    for (let child = node.firstChild; child !== null; child = child.nextSibling) if (!visit(child)) return false;
    return true;
  };
  return visit(element) ? text.trimEnd() : null;
}

function isHidden(element: Element): boolean {
  if (element.hasAttribute('hidden') && element.getAttribute('hidden') !== 'until-found') return true;
  if (HIDDEN_STYLE.test(styleOf(element))) return find(element, isFormula) === null;
  if (element.getAttribute('aria-hidden') !== 'true') return false;
  // Text that is only shown, not read out, is text; signs without a letter are ornaments, and KaTeX sets its formula twice.
  if (/(?:^|\s)katex-html(?:\s|$)/.test(element.getAttribute('class') ?? '')) return true;
  const text = shortText(element, MAX_MARK);
  return text !== null && !/[\p{L}\p{N}]/u.test(text);
}

function isNoteCall(element: Element, name: string): boolean {
  const roles = `${element.getAttribute('role') ?? ''} ${element.getAttribute('epub:type') ?? ''} ${(element.getAttribute('class') ?? '').slice(0, 200)}`;
  if (name === 'A' && NOTE_ROLE.test(roles)) return true;
  const text = shortText(element, MAX_MARK);
  if (text === null || text === '') return false;
  if (name === 'SUP') return NOTE_CALL.test(text) && find(element, (link) => link.tagName === 'A' && (link.getAttribute('href') ?? '').includes('#')) !== null;
  const target = element.getAttribute('href') ?? '';
  if (!target.includes('#')) return false;
  // Signs alone lead to the heading they stand at, or back from a note.
  if (target.startsWith('#') && !/[\p{L}\p{N}]/u.test(text)) return true;
  if (element.firstElementChild?.tagName === 'SUP') return NOTE_CALL.test(text);
  return target.startsWith('#') && /^\[\p{N}{1,4}\]$/u.test(text);
}

function styleOf(element: Element): string {
  return (element.getAttribute('style') ?? '').slice(0, MAX_STYLE);
}
