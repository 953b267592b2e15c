import { PilcrowError } from '../../errors';
import { joinTables } from '../data/joined-tables';
import { jsonLines, LINE_FEED } from '../data/json-lines';
import { findRecords } from '../data/json-records';
import { isRecord, parseJson } from '../data/json-text';
import { readRecords, shown, type Row } from '../data/records';
import type { ReadContext, Reader, ReadInput } from '../types';

/**
 * JSON: a list of records, an object that holds one, an object of records, or one record. What their fields mean is
 * guessed from their names, or said by `input.map`.
 */
export const jsonReader = {
  read: (input: ReadInput, context: ReadContext) => (isLines(input) ? jsonLinesReader.read(input, context) : readRecords(rowsIn(input), input, context)),
} satisfies Reader;

/** A JSON value a line; lines that are none are told of one by one. */
export const jsonLinesReader = {
  read: (input: ReadInput, context: ReadContext) => readRecords(jsonLines(input), input, context),
} satisfies Reader;

/** Data sets call their files .json, too, when each of their lines is a value. */
function isLines(input: ReadInput): boolean {
  if (input.bytes.indexOf(LINE_FEED) < 0) return false;
  const [first, second] = jsonLines(input);
  return first !== undefined && second !== undefined && 'record' in first;
}

function* rowsIn(input: ReadInput): Generator<Row, void, undefined> {
  const value = parseJson(input);
  joinTables(value);
  const lists = findRecords(value, input.map);
  if (lists.length === 0) throw noArticles(value, input.name);
  let number = 0;
  for (const { items } of lists) {
    for (const item of items) {
      const path = `record ${++number}`;
      if (isRecord(item.value)) yield { path, record: item.value, key: item.key };
      else yield { path, error: new PilcrowError('not-articles', `${input.name}: ${path} is no object`) };
    }
  }
}

function noArticles(value: unknown, name: string): PilcrowError {
  const first: unknown = Array.isArray(value) ? value.find(isRecord) : value;
  const what = isRecord(first) ? `${Array.isArray(value) ? 'its records have' : 'it has'} the fields ${shown(Object.keys(first))}` : `it is ${Array.isArray(value) ? 'a list of no objects' : 'a single value'}`;
  return new PilcrowError('not-articles', `${name} holds no articles: ${what}`, 'name the field that is the text, if one is: --map text=FIELD');
}
