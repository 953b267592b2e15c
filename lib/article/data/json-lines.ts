import { PilcrowError } from '../../errors';
import { decodeText } from '../text/decode';
import type { ReadInput } from '../types';
import { isRecord } from './json-text';
import { syntaxErrorAt } from './json-syntax';
import type { Row } from './records';

export const LINE_FEED = 0x0a;

/** The records of JSON Lines, one line in memory at a time; a line that is no object in JSON is a failure of its own. */
export function* jsonLines(input: ReadInput): Generator<Row, void, undefined> {
  const bytes = asUtf8(input);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let number = 0;
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found < 0 ? bytes.length : found;
    number++;
    const row = rowOf(bytes.subarray(start, end), decoder, number, input.name);
    if (row !== null) yield row;
    start = end + 1;
  }
}

/** Null for a blank line. */
function rowOf(line: Uint8Array, decoder: TextDecoder, number: number, name: string): Row | null {
  const path = `line ${number}`;
  const wrong = (what: string, cause?: unknown): Row => ({ path, error: new PilcrowError('file-damaged', `${name}: line ${number} ${what}`, 'correct it or leave it out', { cause }) });
  let text: string;
  try {
    text = decoder.decode(line);
  } catch (cause) {
    return wrong('is not UTF-8', cause);
  }
  if (text.trim() === '') return null;
  try {
    const record: unknown = JSON.parse(text);
    return isRecord(record) ? { path, record } : wrong('is no object');
  } catch (cause) {
    const offset = syntaxErrorAt(text);
    return wrong(offset === null ? 'cannot be read as JSON' : `is not JSON (column ${offset + 1})`, cause);
  }
}

/** JSON Lines are UTF-8; what says that it is not is taken at its word. */
function asUtf8(input: ReadInput): Uint8Array {
  const [first, second] = input.bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const isOther = input.charset !== undefined && !/^utf-?8$/i.test(input.charset.trim());
  return isUtf16 || isOther ? Buffer.from(decodeText(input)) : input.bytes;
}
