import { PilcrowError } from '../../errors';
import { cleanText, isBlank } from './clean';
import type { ReadInput } from '../types';

/** Bytes looked at when guessing whether a file is text at all. */
const SAMPLE_BYTES = 8192;
/** Text has next to no control characters; images and archives have about one byte in ten. */
const BINARY_SHARE = 0.1;

/**
 * Text of a file: UTF-8, or UTF-16 that begins with its byte order mark. Other encodings are refused,
 * not guessed: a wrong guess would be indexed as nonsense.
 *
 * @throws PilcrowError `file-empty`, `file-binary`, or `file-not-utf8` with the offset of the first bad byte
 */
export function decodeText({ bytes, name }: ReadInput): string {
  const text = cleanText(decode(bytes, name));
  if (isBlank(text)) {
    throw new PilcrowError('file-empty', `${name} has no text in it`, 'write something into it or leave it out');
  }
  return text;
}

function decode(bytes: Uint8Array, name: string): string {
  const utf16 = utf16Label(bytes);
  if (utf16 !== null) return decodeUtf16(bytes, utf16, name);
  if (looksBinary(bytes)) throw binary(name);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    const offset = firstInvalidUtf8(bytes);
    const byte = (bytes[offset] ?? 0).toString(16).toUpperCase().padStart(2, '0');
    throw new PilcrowError(
      'file-not-utf8',
      `${name} is not UTF-8, first at byte ${offset} (0x${byte})`,
      'save it as UTF-8',
      { cause },
    );
  }
}

function decodeUtf16(bytes: Uint8Array, label: 'utf-16le' | 'utf-16be', name: string): string {
  let text: string;
  try {
    text = new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch (cause) {
    const offset = firstInvalidUtf16(bytes, label === 'utf-16le');
    throw new PilcrowError(
      'file-not-utf8',
      `${name} begins as UTF-16 but is not, first at byte ${offset}`,
      'save it as UTF-8',
      { cause },
    );
  }
  if (text.includes('\0')) throw binary(name);
  return text;
}

function binary(name: string): PilcrowError {
  return new PilcrowError('file-binary', `${name} is not text`, 'save it as UTF-8 text or leave it out');
}

function utf16Label(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
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

/** Offset of the first byte that no well-formed sequence (Unicode, table 3-7) explains. */
function firstInvalidUtf8(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return at;
}

function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  // overlong forms, surrogates and code points beyond U+10FFFF show in the second byte
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i] ?? 0;
    if (byte < (i === 1 ? low : 0x80) || byte > (i === 1 ? high : 0xbf)) return 0;
  }
  return length;
}

/** Offset of the first surrogate without its partner, or of half a code unit at the end. */
function firstInvalidUtf16(bytes: Uint8Array, littleEndian: boolean): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  for (; at + 1 < bytes.length; at += 2) {
    const unit = view.getUint16(at, littleEndian);
    if (unit < 0xd800 || unit > 0xdfff) continue;
    const next = at + 3 < bytes.length ? view.getUint16(at + 2, littleEndian) : 0;
    if (unit > 0xdbff || next < 0xdc00 || next > 0xdfff) return at;
    at += 2;
  }
  return at;
}
