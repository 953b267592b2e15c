import { cleanLine, cleanLines, isBlank } from '../text/clean';
import { Sections } from '../text/sections';
import type { Paragraph, Setting } from '../types';

const DROPPED = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'SVG', 'IFRAME', 'NOSCRIPT', 'HEAD', 'TITLE', 'RT', 'RP']);
const BLOCKS = new Set('P DIV SECTION ARTICLE ASIDE HEADER FOOTER MAIN NAV UL OL DL DT DD TABLE CAPTION THEAD TBODY TFOOT TR TD TH DETAILS SUMMARY FIGURE FIGCAPTION HR ADDRESS FORM FIELDSET'.split(' '));

/**
 * The paragraphs in a part of a document: each block of text, list item, table row and piece of code is one, headings
 * become `section` of what stands below them.
 *
 * @param title of the article: a heading that says the same again is left out
 */
export function htmlParagraphs(root: Element, title: string | null): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  const sections = new Sections(title);
  let open = '';
  let setting: Setting = {};
  const flush = (): void => {
    const text = cleanLine(open);
    open = '';
    if (isBlank(text)) return;
    paragraphs.push({ text, section: sections.take(), page: null, ...setting });
    if (setting.mark !== undefined) setting = { kind: 'item' };
  };
  const within = (inner: Setting, element: Element): void => {
    flush();
    const outer = setting;
    setting = inner;
    visitAll(element);
    flush();
    setting = outer;
  };
  const visitAll = (element: Element): void => { for (const child of element.childNodes) visit(child); };
  const visit = (node: Node): void => {
    if (node.nodeType === 3) open += node.textContent ?? '';
    if (node.nodeType !== 1) return;
    const element = node as Element;
    const name = element.tagName.toUpperCase();
    if (DROPPED.has(name)) return;
    if (name === 'BR') open += '\n';
    else if (/^H[1-6]$/.test(name)) {
      flush();
      if (!sections.heading(Number(name[1]), element.textContent)) within(setting, element);
    } else if (name === 'PRE') {
      flush();
      const text = cleanLines(element.textContent);
      if (!isBlank(text)) paragraphs.push({ text, section: sections.take(), page: null, ...setting, kind: 'code' });
    } else if (name === 'LI') within({ kind: 'item', mark: '•' }, element);
    else if (name === 'BLOCKQUOTE') within({ kind: 'quote' }, element);
    else if (BLOCKS.has(name)) within(setting, element);
    else visitAll(element);
  };
  visit(root);
  flush();
  return paragraphs;
}
