import type { Heading, List, Nodes, Paragraph, PhrasingContent, Table } from 'mdast';
import { cleanLine, cleanLines, isBlank } from '../text/clean';
import { joinLines } from '../text/lines';
import { htmlText } from './html-text';
import type { Setting } from '../types';

/** A list whose items all have at most this many words reads as one line: ingredients, names, places. */
const SHORT_ITEM_WORDS = 6;
/** … unless it has more items than a line can hold. */
const SHORT_ITEMS = 16;

/** A line of a block, and how it is set. */
export interface Line extends Setting {
  text: string;
}

/** Text of a block, a line for each paragraph, list item, table row or code block. */
export function blockLines(node: Nodes): Line[] {
  return rawLines(node)
    .map(({ text, ...setting }) => ({ text: setting.kind === 'code' ? cleanLines(text) : cleanLine(text), ...setting }))
    .filter(({ text }) => !isBlank(text));
}

/** A heading's or paragraph's text on one line. */
export function lineOf(node: Heading | Paragraph): string {
  return cleanLine(joinLines(inline(node.children).split('\n')));
}

function rawLines(node: Nodes): Line[] {
  switch (node.type) {
    case 'paragraph':
    case 'heading':
      return [{ text: lineOf(node) }];
    case 'code':
      return [{ text: node.value, kind: 'code' }];
    case 'html':
      return htmlText(node.value).map((text) => ({ text }));
    case 'table':
      return rows(node).map((text) => ({ text }));
    case 'list':
      return items(node);
    case 'blockquote':
      return node.children.flatMap(rawLines).map((line) => ({ kind: 'quote', ...line }));
    case 'root':
    case 'listItem':
    case 'footnoteDefinition':
      return node.children.flatMap(rawLines);
    default:
      return [];
  }
}

function items(list: List): Line[] {
  const each = list.children.map(blockLines);
  const texts = each.flat().map(({ text }) => text);
  const short = each.every((item) => item.length <= 1 && item.every(({ text, kind }) => kind === undefined && isShort(text)));
  if (short && texts.length > 1 && texts.length <= SHORT_ITEMS) {
    return [{ text: texts.map((text, i) => (i === texts.length - 1 || /\p{P}$/u.test(text) ? text : `${text};`)).join(' ') }];
  }
  const first = list.start ?? 1;
  return each.flatMap((item, i) => item.map((line, j): Line => ({ kind: 'item', ...(j === 0 ? { mark: list.ordered ? `${first + i}.` : '•' } : {}), ...line })));
}

/** `Header: cell; Header: cell`, so that a row can be understood without the table. */
function rows(table: Table): string[] {
  const [head = [], ...body] = table.children.map((row) => row.children.map((cell) => cleanLine(inline(cell.children))));
  if (body.length === 0) return [head.filter((cell) => cell !== '').join('; ')];
  return body.map((cells) =>
    cells
      .map((cell, column) => (cell === '' || !head[column] ? cell : `${head[column]}: ${cell}`))
      .filter((cell) => cell !== '')
      .join('; '),
  );
}

function isShort(line: string): boolean {
  return line.split(' ').length <= SHORT_ITEM_WORDS && line.length <= SHORT_ITEM_WORDS * 12 && !/[.!?。！？]$/.test(line);
}

function inline(nodes: readonly PhrasingContent[]): string {
  return nodes.map(inlineText).join('');
}

function inlineText(node: PhrasingContent): string {
  switch (node.type) {
    case 'text':
      // what is left of a footnote call whose definition is missing, or in another piece of a long text
      return node.value.replace(/\[\^\d{1,4}\]/g, '');
    case 'inlineCode':
      return node.value;
    case 'break':
      return '\n';
    case 'html':
      return /^<br\b/i.test(node.value) ? '\n' : '';
    case 'image':
    case 'imageReference':
    case 'footnoteReference':
      return '';
    default:
      return 'children' in node ? inline(node.children) : '';
  }
}
