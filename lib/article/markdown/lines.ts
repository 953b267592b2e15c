import type { Heading, List, Nodes, Paragraph, PhrasingContent, Table } from 'mdast';
import { cleanLine, cleanLines, isBlank } from '../text/clean';
import { joinLines } from '../text/lines';
import { itemLines, shortList, type Line } from '../text/lists';
import { htmlText } from './html-text';
import { isQuery, withoutBlockName, withoutCallout, withoutNoteSigns } from './obsidian';

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
      return [{ text: withoutBlockName(lineOf(node)) }];
    case 'heading':
      return [{ text: lineOf(node) }];
    case 'code':
      return isQuery(node.lang) ? [] : [{ text: node.value, kind: 'code' }];
    case 'html':
      return htmlText(node.value).map((text) => ({ text }));
    case 'table':
      return rows(node).map((text) => ({ text }));
    case 'list':
      return items(node);
    case 'blockquote':
      return node.children.flatMap(rawLines).map(({ text, ...line }, i) => ({ kind: 'quote', ...line, text: i === 0 ? withoutCallout(text) : text }));
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
  const short = shortList(each);
  if (short !== null) return [{ text: short }];
  const first = list.start ?? 1;
  return each.flatMap((item, i) => itemLines(item, list.ordered ? `${first + i}.` : '•'));
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

function inline(nodes: readonly PhrasingContent[]): string {
  return nodes.map(inlineText).join('');
}

function inlineText(node: PhrasingContent): string {
  switch (node.type) {
    case 'text':
      // what is left of a footnote call whose definition is missing, or in another piece of a long text
      return withoutNoteSigns(node.value.replace(/\[\^\d{1,4}\]/g, ''));
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
