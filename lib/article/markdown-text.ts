import type { Heading, List, Nodes, Paragraph, PhrasingContent, Table } from 'mdast';
import { cleanLine, isBlank } from './clean';
import { joinLines } from './lines';
import { htmlText } from './html-text';

/** A list whose items all have at most this many words reads as one line: ingredients, names, places. */
const SHORT_ITEM_WORDS = 6;
/** … unless it has more items than a line can hold. */
const SHORT_ITEMS = 16;

/** Text of a block, a line for each paragraph, list item, table row or code block. */
export function blockLines(node: Nodes): string[] {
  return rawLines(node)
    .map(cleanLine)
    .filter((line) => !isBlank(line));
}

/** A heading's or paragraph's text on one line. */
export function lineOf(node: Heading | Paragraph): string {
  return cleanLine(joinLines(inline(node.children).split('\n')));
}

function rawLines(node: Nodes): string[] {
  switch (node.type) {
    case 'paragraph':
    case 'heading':
      return [lineOf(node)];
    case 'code':
      return [node.value];
    case 'html':
      return htmlText(node.value);
    case 'table':
      return rows(node);
    case 'list':
      return items(node);
    case 'root':
    case 'blockquote':
    case 'listItem':
    case 'footnoteDefinition':
      return node.children.flatMap(rawLines);
    default:
      return [];
  }
}

function items(list: List): string[] {
  const each = list.children.map(blockLines);
  const lines = each.flat();
  const short = each.every((item) => item.length <= 1 && isShort(item[0] ?? ''));
  if (!short || lines.length < 2 || lines.length > SHORT_ITEMS) return lines;
  return [lines.map((line, index) => (index === lines.length - 1 || /\p{P}$/u.test(line) ? line : `${line};`)).join(' ')];
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
