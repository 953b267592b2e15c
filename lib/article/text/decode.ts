import { PilcrowError } from '../../errors';
import type { ReadContext, ReadInput } from '../types';
import { cleanText, isBlank } from './clean';
import { byteOrderMark, declaredEncoding, decodeAs, decodeLeniently, encodingOf } from './encoding';
import { firstInvalidUtf16, firstInvalidUtf8 } from './invalid';

/** Bytes looked at when guessing whether a file is text at all. */
const SAMPLE_BYTES = 8192;
/** Text has next to no control characters; images and archives have about one byte in ten. */
const BINARY_SHARE = 0.1;
/** Share of characters that may be damaged in text that says what it is in; a wrong encoding damages every other one. */
const DAMAGED_SHARE = 0.001;
/** Two bytes a character may be UTF-8 by chance, as the two characters 联通 of GBK are; not many times over. */
const UTF8_BY_CHANCE = 8;

const MULTI_BYTE = new Set(['gbk', 'gb18030', 'big5', 'euc-jp', 'euc-kr', 'shift_jis', 'iso-2022-jp', 'utf-16le', 'utf-16be']);

/**
 * Text of a file, in the encoding that the first of these names: its byte order mark, whoever delivered it
 * (`input.charset`), the document itself where it is markup; else UTF-8. What is UTF-8 in truth is read as that, whatever it
 * says: pages that were converted and still name their old encoding are common.
 *
 * @param context is told of damaged characters; without it text that has them is refused
 * @throws PilcrowError `file-empty`, `file-binary`, or `file-not-utf8` with the offset of the first bad byte
 */
export function decodeText(input: ReadInput, context?: Pick<ReadContext, 'warn'>): string {
  const text = cleanText(decode(input, context));
  if (isBlank(text)) {
    throw new PilcrowError('file-empty', `${input.name} has no text in it`, 'write something into it or leave it out');
  }
  return text;
}

function decode({ bytes, name, charset }: ReadInput, context: Pick<ReadContext, 'warn'> | undefined): string {
  const mark = byteOrderMark(bytes);
  if (mark !== null && mark.encoding !== 'utf-8') return decodeMarked(bytes, mark.encoding, name);
  const declared = mark?.encoding ?? (charset === undefined ? null : encodingOf(charset)) ?? declaredEncoding(bytes);
  if (declared?.startsWith('utf-16') !== true && looksBinary(bytes)) throw binary(name);
  const utf8 = decodeUtf8(bytes);
  if (utf8 !== null && (declared === null || declared === 'utf-8' || !isUtf8ByChance(bytes, utf8, declared))) return utf8;
  const text = declared === null ? null : decodeDeclared(bytes, declared, name, context);
  if (text?.includes('\0') === true) throw binary(name);
  if (text !== null) return text;
  if (utf8 !== null) return utf8;
  const offset = firstInvalidUtf8(bytes);
  const byte = (bytes[offset] ?? 0).toString(16).toUpperCase().padStart(2, '0');
  throw new PilcrowError('file-not-utf8', `${name} is not UTF-8, first at byte ${offset} (0x${byte})`, 'save it as UTF-8');
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Whether text in another encoding may be valid UTF-8 all the same. What UTF-8 takes more bytes than UTF-16 units for is not ASCII. */
function isUtf8ByChance(bytes: Uint8Array, utf8: string, declared: string): boolean {
  return MULTI_BYTE.has(declared) && bytes.length - utf8.length < UTF8_BY_CHANCE;
}

/** Null where nearly nothing is in the encoding that it says it is in. */
function decodeDeclared(bytes: Uint8Array, encoding: string, name: string, context: Pick<ReadContext, 'warn'> | undefined): string | null {
  try {
    return decodeAs(bytes, encoding);
  } catch {
    if (context === undefined) return null;
  }
  const text = decodeLeniently(bytes, encoding);
  const damaged = text.split('\uFFFD').length - 1;
  if (damaged > text.length * DAMAGED_SHARE) return null;
  context.warn(`${name} has ${damaged} damaged ${damaged === 1 ? 'character' : 'characters'}, shown as \uFFFD: it is not quite ${encoding}`);
  return text;
}

function decodeMarked(bytes: Uint8Array, encoding: string, name: string): string {
  let text: string;
  try {
    text = decodeAs(bytes, encoding);
  } catch (cause) {
    const where = encoding.startsWith('utf-16') ? `, first at byte ${firstInvalidUtf16(bytes, encoding === 'utf-16le')}` : '';
    throw new PilcrowError('file-not-utf8', `${name} begins as ${encoding.slice(0, 6).toUpperCase()} but is not${where}`, 'save it as UTF-8', { cause });
  }
  if (text.includes('\0')) throw binary(name);
  return text;
}

function binary(name: string): PilcrowError {
  return new PilcrowError('file-binary', `${name} is not text`, 'save it as UTF-8 text or leave it out');
}

function looksBinary(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return true;
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  let controls = 0;
  for (const byte of sample) {
    const isControl = byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b;
    if (isControl || byte === 0x7f) controls++;
  }
  return controls > sample.length * BINARY_SHARE;
}
