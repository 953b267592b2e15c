import { PilcrowError } from '../../errors';
import type { ReadContext, ReadInput } from '../types';
import { cleanText, isBlank } from './clean';
import { byteOrderMark, declaredEncoding, decodeAs, decodeLeniently, encodingOf } from './encoding';
import { detectEncoding } from './encoding-detect';
import { unmarkedUtf16 } from './encoding-utf16';
import { firstInvalidUtf16, firstInvalidUtf8 } from './invalid';
import { repairMojibake } from './mojibake';

/** Bytes looked at when guessing whether a file is text at all. */
const SAMPLE_BYTES = 8192;
/** Text has next to no control characters; images and archives have about one byte in ten. */
const BINARY_SHARE = 0.1;
/** What is not UTF-8 has to look like text more than that to be guessed at. */
const LEGACY_CONTROL_SHARE = 0.002;
/** Share of characters that may be damaged in text that says what it is in; a wrong encoding damages every other one. */
const DAMAGED_SHARE = 0.001;
/** And share of those that are beyond ASCII: one é of a long English text in Latin-1 is no damage to UTF-8. */
const DAMAGED_SHARE_OF_OTHERS = 0.1;
/** Two bytes a character may be UTF-8 by chance, as the two characters 联通 of GBK are; not many times over. */
const UTF8_BY_CHANCE = 8;
/** Where ISO-2022-JP goes over to JIS X 0208. */
const TO_KANJI = '\u001B$B';

const MULTI_BYTE = new Set(['gbk', 'gb18030', 'big5', 'euc-jp', 'euc-kr', 'shift_jis', 'iso-2022-jp', 'utf-16le', 'utf-16be']);

/**
 * Text of a file, in the encoding that the first of these names: its byte order mark, whoever delivered it
 * (`input.charset`), the document itself where it is markup. What is UTF-8 in truth is read as that, whatever it says: pages
 * that were converted and still name their old encoding are common. Where nothing names one it is UTF-8, UTF-16, or the
 * legacy encoding in which it reads like a language, and refused where that is not certain: a wrong guess would be indexed
 * as nonsense.
 *
 * @param context is told of damaged characters; without it text that has them is refused
 * @throws PilcrowError `file-empty`, `file-binary`, or `file-not-utf8` with the offset of the first bad byte
 */
export function decodeText(input: ReadInput, context?: Pick<ReadContext, 'warn'>): string {
  const text = cleanText(repairMojibake(decode(input, context)));
  if (isBlank(text)) {
    throw new PilcrowError('file-empty', `${input.name} has no text in it`, 'write something into it or leave it out');
  }
  return text;
}

function decode({ bytes, name, charset }: ReadInput, context: Pick<ReadContext, 'warn'> | undefined): string {
  const mark = byteOrderMark(bytes);
  if (mark !== null && mark.encoding !== 'utf-8') return decodeMarked(bytes, mark.encoding, name);
  const declared = mark?.encoding ?? (charset === undefined ? null : encodingOf(charset)) ?? declaredEncoding(bytes);
  if (bytes.includes(0)) return decodeWide(bytes, declared, name);
  if (controlShare(bytes.subarray(0, SAMPLE_BYTES)) > BINARY_SHARE) throw binary(name);
  const utf8 = decodeOrNull(bytes, 'utf-8');
  if (utf8 !== null) {
    const other = declared ?? (utf8.includes(TO_KANJI) ? 'iso-2022-jp' : 'utf-8');
    return (isUtf8ByChance(bytes, utf8, other) ? decodeOrNull(bytes, other) : null) ?? utf8;
  }
  if (controlShare(bytes) > LEGACY_CONTROL_SHARE) throw binary(name);
  const named = declared === null ? null : decodeTolerantly(bytes, declared, name, context);
  const text = named ?? decodeTolerantly(bytes, 'utf-8', name, context) ?? decodeGuessed(bytes);
  if (text !== null) return text;
  const offset = firstInvalidUtf8(bytes);
  const byte = (bytes[offset] ?? 0).toString(16).toUpperCase().padStart(2, '0');
  throw new PilcrowError('file-not-utf8', `${name} is not UTF-8, first at byte ${offset} (0x${byte}), nor for certain in another encoding`, 'save it as UTF-8');
}

function decodeOrNull(bytes: Uint8Array, encoding: string): string | null {
  try {
    return decodeAs(bytes, encoding);
  } catch {
    return null;
  }
}

/** Whether text in another encoding may be valid UTF-8 all the same. What takes more bytes in UTF-8 than units in UTF-16 is not ASCII. */
function isUtf8ByChance(bytes: Uint8Array, utf8: string, other: string): boolean {
  return MULTI_BYTE.has(other) && bytes.length - utf8.length < UTF8_BY_CHANCE;
}

/** Text with zero bytes: UTF-16 that lacks its mark, or none. */
function decodeWide(bytes: Uint8Array, declared: string | null, name: string): string {
  const encoding = unmarkedUtf16(bytes) ?? (declared?.startsWith('utf-16') === true ? declared : null);
  const text = encoding === null ? null : decodeOrNull(bytes, encoding);
  if (text === null || text.includes('\0')) throw binary(name);
  return text;
}

/** Null where more than a few characters are not in the encoding. */
function decodeTolerantly(bytes: Uint8Array, encoding: string, name: string, context: Pick<ReadContext, 'warn'> | undefined): string | null {
  const strictly = decodeOrNull(bytes, encoding);
  if (strictly !== null || context === undefined) return strictly;
  const text = decodeLeniently(bytes, encoding);
  const damaged = count(text, /\uFFFD/g);
  if (damaged > text.length * DAMAGED_SHARE || damaged > count(text, /[^\u0000-\u007F\uFFFD]+/g) * DAMAGED_SHARE_OF_OTHERS) return null;
  context.warn(`${name} has ${damaged} damaged ${damaged === 1 ? 'character' : 'characters'}, shown as \uFFFD: it is not quite ${encoding}`);
  return text;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function decodeGuessed(bytes: Uint8Array): string | null {
  const encoding = unmarkedUtf16(bytes) ?? detectEncoding(bytes);
  return encoding === null ? null : decodeOrNull(bytes, encoding);
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

/** Share of control characters that no text has: all but tabs, line ends and the escapes of ISO 2022 and terminals. */
function controlShare(bytes: Uint8Array): number {
  let controls = 0;
  for (const byte of bytes) {
    const isControl = byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b;
    if (isControl || byte === 0x7f) controls++;
  }
  return controls / bytes.length;
}
