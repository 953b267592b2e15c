import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { parse, type CsvError, type Info } from 'csv-parse';
import { PilcrowError } from '../../errors';
import { delimiterOf } from '../data/delimiter';
import { readRecords, type Row } from '../data/records';
import { decodeText } from '../text/decode';
import type { ReadContext, Reader, ReadInput } from '../types';

/** Of the parser's work at a time, in bytes. */
const PIECE = 64 * 1024;
/** A name of a column is no longer: what is, is an article in a table without names. */
const MAX_COLUMN_NAME = 100;

/**
 * Tables of text: comma, tab, semicolon or bar between cells (RFC 4180 and what programs make of it), names of the
 * columns in the first row. A row with more or fewer cells is told of, and the others are read.
 */
export const csvReader = {
  read: (input: ReadInput, context: ReadContext) => readRecords(csvRows(input, context), input, context),
} satisfies Reader;

interface Parsed {
  record: string[];
  info: Info;
}

/** Its rows, one at a time, and what is wrong with those that cannot be read. */
export async function* csvRows(input: ReadInput, context: Pick<ReadContext, 'warn' | 'alive'>): AsyncGenerator<Row, void, undefined> {
  const { name } = input;
  const bytes = asUtf8(input, context);
  const delimiter = delimiterOf(Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, PIECE)).toString(), name);
  // quotes in the middle of a cell are text
  const parser = parse({ bom: true, delimiter, info: true, relax_column_count: true, relax_quotes: true, skip_records_with_error: true });
  let broken: CsvError | undefined;
  parser.on('skip', (error: CsvError) => { broken ??= error; });
  Readable.from(pieces(bytes)).pipe(parser);
  let columns: string[] | null = null;
  let read = 0;
  for await (const parsed of parser) {
    const { record: cells, info } = parsed as Parsed;
    context.alive();
    const line = read + 1;
    read = info.lines;
    if (cells.every((cell) => cell.trim() === '')) continue;
    if (columns === null) {
      columns = columnNames(cells);
      if (hasNames(cells)) continue;
      context.warn(`${name} has no names of columns: its first row is taken for an article`);
    }
    yield rowOf(cells, columns, line, name);
  }
  if (broken !== undefined) yield { path: `line ${read + 1}`, error: neverClosed(name, read + 1, broken) };
}

function rowOf(cells: readonly string[], columns: readonly string[], line: number, name: string): Row {
  const path = `line ${line}`;
  const surplus = cells.slice(columns.length).some((cell) => cell.trim() !== '');
  if (cells.length >= columns.length && !surplus) return { path, record: Object.fromEntries(columns.map((column, i) => [column, cells[i]])) };
  const what = `${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}, and its columns are ${columns.length}`;
  return { path, error: new PilcrowError('file-damaged', `${name}: line ${line} has ${what}`, 'put text with delimiters or line ends in it into quotes') };
}

function hasNames(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.length <= MAX_COLUMN_NAME);
}

/** One for each cell; those without a name of their own are numbered. */
function columnNames(cells: readonly string[]): string[] {
  const taken = new Set(hasNames(cells) ? [''] : cells.map((cell) => cell.trim()));
  return cells.map((cell, i) => {
    const name = taken.has(cell.trim()) ? `column ${i + 1}` : cell.trim();
    taken.add(name);
    return name;
  });
}

function neverClosed(name: string, line: number, cause: CsvError): PilcrowError {
  return new PilcrowError('file-damaged', `${name} cannot be read from line ${line} on: a quote that opens there is never closed`, 'close it, or double it where it is text', { cause });
}

/** Bytes in UTF-8, as they are where they are that already: of large files no copy is made. */
function asUtf8(input: ReadInput, context: Pick<ReadContext, 'warn'>): Uint8Array {
  return isUtf8(input.bytes) && !input.bytes.includes(0) ? input.bytes : Buffer.from(decodeText(input, context));
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}
