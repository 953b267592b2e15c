import { isBlank } from '../text/clean';
import type { Line } from '../text/lists';
import type { Element } from './dom';
import { lineOf } from './inline';
import { find, isFollowingParagraph, named, type Test } from './search';

/** A cell longer than this is text set in columns, where nothing says that its table is one of data; and it heads no column. */
const MAX_CELL = 200;
/** Wider than any table that is read; what spans claim beyond is not believed. */
const MAX_COLUMNS = 200;
/** What is longer is not said again in each row that it spans. */
const MAX_SPANNED = 100;

const isOwnBlock = named('TABLE PRE');
const isMark = named('TH THEAD CAPTION');
const isCaption = named('CAPTION');
const isBlockOfText = named('H1 H2 H3 H4 H5 H6 UL OL BLOCKQUOTE');
const isText: Test = (element) => isBlockOfText(element) || isFollowingParagraph(element);

interface Cell {
  text: string;
  isHeader: boolean;
  columns: number;
  rows: number;
}
interface Row {
  cells: Cell[];
  isHead: boolean;
}

/**
 * A table of data, a line a row: `Header: cell; Header: cell`, so that a row can be understood without the table.
 *
 * @returns null for a table that only arranges a page, the blocks of which are to be read in turn
 */
export function dataRows(table: Element): Line[] | null {
  if (/^(?:presentation|none)$/.test(table.getAttribute('role') ?? '') || find(table, isOwnBlock) !== null) return null;
  const marked = find(table, isMark) !== null;
  if (!marked && find(table, isText) !== null) return null;
  const rows = table.getElementsByTagName('tr').map(rowOf).filter(({ cells }) => cells.some(({ text }) => !isBlank(text)));
  if (!marked && !(rows.length > 1 && rows.every(({ cells }) => cells.every(({ text }) => text.length <= MAX_CELL)) && rows.some(({ cells }) => cells.length > 1))) return null;
  // A list under its header; else a header alone is a title within the table.
  const [first] = rows;
  if (first?.cells[0]?.isHeader === true && rows.every(({ cells }) => cells.length === 1)) first.isHead = true;
  const caption = find(table, isCaption);
  const texts = [caption === null ? '' : lineOf(caption), ...rowTexts(rows)];
  return texts.filter((text) => !isBlank(text)).map((text) => ({ text }));
}

function rowOf(element: Element): Row {
  const cells = element.children.filter((child) => /^T[HD]$/.test(child.tagName)).map((child): Cell => ({
    text: lineOf(child),
    isHeader: child.tagName === 'TH',
    columns: span(child, 'colspan', MAX_COLUMNS),
    rows: span(child, 'rowspan', 65_534),
  }));
  const inHead = element.parentElement?.tagName === 'THEAD';
  return { cells, isHead: (inHead || (cells.length > 1 && cells.every(({ isHeader }) => isHeader))) && cells.every(({ text }) => text.length <= MAX_CELL) };
}

function span(cell: Element, name: string, most: number): number {
  const written = Number(cell.getAttribute(name) ?? 1);
  return written >= 1 ? Math.min(Math.floor(written), most) : 1;
}

function* rowTexts(rows: readonly Row[]): Generator<string> {
  let heads: string[] = [];
  let aboveIsHead = false;
  let headsUnused = false;
  /** Cells of rows above that reach down here, by column. */
  const spanning = new Map<number, { text: string; rows: number }>();
  for (const { cells, isHead } of rows) {
    if (isHead && !aboveIsHead) heads = [];
    const parts: string[] = [];
    let label = '';
    let column = 0;
    const place = (text: string, columns: number, isLabel: boolean): void => {
      for (let i = 0; isHead && i < columns; i++) heads[column + i] = [heads[column + i] ?? '', text].filter((head, at, all) => head !== '' && all.indexOf(head) === at).join(' ');
      const head = heads[column] ?? '';
      if (isLabel && head === '' && label === '') label = text;
      else if (!isBlank(text)) parts.push(head === '' || isHead ? text : `${head}: ${text}`);
    };
    const placeSpanning = (): void => {
      for (let above = spanning.get(column); above !== undefined && column < MAX_COLUMNS; above = spanning.get(column)) {
        if (--above.rows === 0) spanning.delete(column);
        place(above.text, 1, false);
        column++;
      }
    };
    for (const cell of cells) {
      placeSpanning();
      // A header at the beginning of a row names the row.
      place(cell.text, cell.columns, cell.isHeader && !isHead && cells.length > 1 && parts.length === 0);
      if (cell.rows > 1) for (let i = 0; i < cell.columns && column + i < MAX_COLUMNS; i++) spanning.set(column + i, { text: i === 0 && cell.text.length <= MAX_SPANNED ? cell.text : '', rows: cell.rows - 1 });
      column += cell.columns;
    }
    placeSpanning();
    headsUnused = isHead;
    aboveIsHead = isHead;
    const line = parts.join('; ');
    if (!isHead) yield label === '' || line === '' ? label + line : `${label}: ${line}`;
  }
  // A table of nothing but headers.
  if (headsUnused) yield heads.filter((head) => !isBlank(head)).join('; ');
}
