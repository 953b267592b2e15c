import { isUtf8 } from 'node:buffer';
import { PilcrowError } from '../../errors';
import { decodeText } from '../text/decode';
import type { ReadInput } from '../types';
import { syntaxErrorAt } from './json-syntax';

export type JsonRecord = Record<string, unknown>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The value in a JSON file.
 *
 * @throws PilcrowError `file-damaged` with line and column of what is no JSON, and as `decodeText`
 */
export function parseJson(input: ReadInput): unknown {
  const text = dataText(input);
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw notJson(text, input.name, cause);
  }
}

/** Text of a data file. It is not cleaned: a line end that is made of another character would be one too many inside of a string. */
export function dataText(input: ReadInput): string {
  const isPlain = isUtf8(input.bytes) && !input.bytes.includes(0);
  const text = isPlain ? new TextDecoder().decode(input.bytes) : decodeText(input);
  if (text.trim() === '') throw new PilcrowError('file-empty', `${input.name} has no text in it`, 'write something into it or leave it out');
  return text;
}

function notJson(text: string, name: string, cause: unknown): PilcrowError {
  const offset = syntaxErrorAt(text);
  if (offset === null) return new PilcrowError('file-damaged', `${name} cannot be read as JSON`, 'split it into smaller files', { cause });
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  const column = offset - before.lastIndexOf('\n');
  const what = offset >= text.length ? 'ends too early' : 'is not JSON';
  return new PilcrowError('file-damaged', `${name} ${what} (line ${line}, column ${column})`, 'export it again or correct it', { cause });
}
