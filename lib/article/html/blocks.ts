import { cleanLines, isBlank } from '../text/clean';
import { itemLines, shortList, type Line } from '../text/lists';
import { Sections } from '../text/sections';
import type { Paragraph, Setting } from '../types';
import type { Element, Node } from './dom';
import { formula, isBlock, isLeftOut, LINE_BREAK, lineOf, oneLine } from './inline';
import { isElement } from './search';
import { dataRows } from './tables';

/** A paragraph or a heading, in order. */
type Block = Line | Heading;
interface Heading {
  depth: number;
  text: string;
}

/**
 * The paragraphs in a part of a document: each block of text, list item, table row and piece of code is one, headings
 * become `section` of what stands below them.
 *
 * @param title of the article: a heading that says the same again is left out
 */
export function htmlParagraphs(root: Element, title: string | null): Paragraph[] {
  const sections = new Sections(title);
  const paragraphs: Paragraph[] = [];
  for (const block of blocksOf([root])) {
    if ('depth' in block && sections.heading(block.depth, block.text)) continue;
    const { text, kind, mark } = 'depth' in block ? { text: block.text, kind: undefined, mark: undefined } : block;
    paragraphs.push({ text, section: sections.take(), page: null, ...(kind === undefined ? {} : { kind }), ...(mark === undefined ? {} : { mark }) });
  }
  return paragraphs;
}

function blocksOf(nodes: Iterable<Node>): Block[] {
  const blocks: Block[] = [];
  /** Lines that ended in `<br>`, and the one that has not ended: looking at all of them at each would take quadratic time. */
  let lines = '';
  let line = '';
  const flush = (): void => {
    const text = oneLine(lines + line);
    lines = line = '';
    if (!isBlank(text)) blocks.push({ text });
  };
  const add = (inner: readonly Block[]): void => {
    flush();
    for (const block of inner) blocks.push(block);
  };
  const visitAll = (element: Element): void => { for (const child of element.childNodes) visit(child); };
  const visit = (node: Node): void => {
    if (!isElement(node)) {
      line += node.textContent;
      return;
    }
    if (isLeftOut(node)) return;
    const special = specialBlocks(node);
    if (special !== null) return add(special);
    switch (node.tagName) {
      case 'BR':
        // Two in a row part paragraphs.
        if (lines !== '' && isBlank(line)) return flush();
        lines += line + LINE_BREAK;
        line = '';
        return;
      case 'MATH':
        line += formula(node);
        return;
      case 'Q':
        line += '“';
        visitAll(node);
        line += '”';
        return;
    }
    if (!isBlock(node)) return visitAll(node);
    flush();
    visitAll(node);
    flush();
  };
  for (const node of nodes) visit(node);
  flush();
  return blocks;
}

/** Of elements that are more than the blocks in them; null for others. */
function specialBlocks(element: Element): Block[] | null {
  const name = element.tagName;
  switch (name) {
    case 'UL':
    case 'OL':
    case 'MENU':
      return listBlocks(element, name === 'OL');
    case 'LI':
      return asItem(blocksOf(element.childNodes), '•');
    case 'DL':
      return definitions(element);
    case 'PRE':
      return code(element);
    case 'BLOCKQUOTE':
      return set(blocksOf(element.childNodes), { kind: 'quote' });
    case 'TABLE':
      return dataRows(element);
  }
  const depth = /^H[1-6]$/.test(name) ? Number(name[1]) : element.getAttribute('role') === 'heading' ? Number(element.getAttribute('aria-level') ?? 2) : 0;
  if (!(depth >= 1)) return null;
  const text = lineOf(element);
  return isBlank(text) ? [] : [{ depth, text }];
}

function set(blocks: readonly Block[], setting: Setting): Block[] {
  return blocks.map((block) => ('depth' in block ? block : { ...setting, ...block }));
}

function listBlocks(list: Element, ordered: boolean): Block[] {
  const items: { blocks: Block[]; mark: string | null }[] = [];
  let number = wholeNumber(list.getAttribute('start')) ?? (ordered && list.hasAttribute('reversed') ? list.children.length : 1);
  for (const child of list.childNodes) {
    if (!isElement(child) || child.tagName !== 'LI') {
      // Lists within lists without an item around them belong to the item above.
      items.push({ blocks: blocksOf([child]), mark: null });
      continue;
    }
    if (isLeftOut(child)) continue;
    number = wholeNumber(child.getAttribute('value')) ?? number;
    items.push({ blocks: blocksOf(child.childNodes), mark: ordered ? `${number}.` : '•' });
    number += list.hasAttribute('reversed') ? -1 : 1;
  }
  const lines = items.map(({ blocks }) => blocks.filter((block) => !('depth' in block)));
  const onlyItems = items.every(({ blocks, mark }, i) => blocks.length === lines[i]?.length && (mark !== null || blocks.length === 0));
  const short = onlyItems ? shortList(lines) : null;
  if (short !== null) return [{ text: short }];
  const all: Block[] = [];
  for (const { blocks, mark } of items) for (const block of mark === null ? blocks : asItem(blocks, mark)) all.push(block);
  return all;
}

/** Headings in an item are headings; the mark goes to its first line. */
function asItem(blocks: readonly Block[], mark: string): Block[] {
  const lines = itemLines(blocks.filter((block) => !('depth' in block)), mark);
  let next = 0;
  return blocks.flatMap((block) => ('depth' in block ? [block] : lines.slice(next, ++next)));
}

/** `Term: what it is`, where that is one paragraph. */
function definitions(list: Element): Block[] {
  const all: Block[] = [];
  let terms: string[] = [];
  const visit = (node: Node): void => {
    const name = isElement(node) ? node.tagName : '';
    if (name === 'DIV') return node.childNodes.forEach(visit);
    if (isElement(node) && name === 'DT') return void terms.push(lineOf(node));
    const blocks = name === 'DD' ? blocksOf(node.childNodes) : blocksOf([node]);
    const [first] = blocks;
    if (first === undefined) return;
    const term = terms.filter((text) => !isBlank(text)).join(', ');
    terms = [];
    const joined = term !== '' && !('depth' in first) && first.kind === undefined;
    if (joined) all.push({ text: /\p{Po}$/u.test(term) ? `${term} ${first.text}` : `${term}: ${first.text}` });
    else if (term !== '') all.push({ text: term });
    for (const block of joined ? blocks.slice(1) : blocks) all.push(block);
  };
  list.childNodes.forEach(visit);
  for (const text of terms) if (!isBlank(text)) all.push({ text });
  return all;
}

function code(pre: Element): Block[] {
  const parts: string[] = [];
  const visit = (node: Node): void => {
    if (!isElement(node)) return void parts.push(node.textContent);
    if (isLeftOut(node)) return;
    if (node.tagName === 'BR') parts.push('\n');
    node.childNodes.forEach(visit);
    if (isBlock(node) && parts.at(-1)?.endsWith('\n') === false) parts.push('\n');
  };
  pre.childNodes.forEach(visit);
  const text = cleanLines(parts.join(''));
  // Numbers of lines stand in a column of their own beside the code.
  const isGutter = pre.parentElement?.tagName === 'TD' && /^[\d\s]+$/.test(text);
  return isBlank(text) || isGutter ? [] : [{ text, kind: 'code' }];
}

function wholeNumber(written: string | null): number | null {
  return written !== null && /^\s*-?\d{1,9}\s*$/.test(written) ? Number(written) : null;
}
