/** Bytes looked at for what a document says of its own encoding. */
const DECLARATION_BYTES = 4096;
/** What 0x80 to 0x9F are in windows-1252 (WHATWG Encoding Standard, index windows-1252). */
export const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';
/** Code points decoded at a time: as arguments of one call they take stack. */
const UTF_32_AT_ONCE = 4096;

export interface ByteOrderMark {
  encoding: string;
  /** Bytes that the mark itself takes. */
  length: number;
}

/** The Unicode encoding whose byte order mark stands first. */
export function byteOrderMark(bytes: Uint8Array): ByteOrderMark | null {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', length: 3 };
  // UTF-32's mark begins with that of UTF-16; text has no U+0000 after its mark
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return { encoding: 'utf-32le', length: 4 };
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { encoding: 'utf-32be', length: 4 };
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', length: 2 };
  return null;
}

/** The encoding that a label names (WHATWG Encoding Standard: `latin1` is windows-1252), or null where none that is known here. */
export function encodingOf(label: string): string | null {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}

/**
 * The encoding that markup names in its first bytes: `<?xml encoding="…">`, `<meta charset>` or the older
 * `<meta http-equiv>`. As that was read in ASCII, a document that says UTF-16 there is not.
 */
export function declaredEncoding(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, DECLARATION_BYTES)).toString('latin1');
  if (!/^\s*</.test(head)) return null;
  const label = xmlEncoding(head) ?? metaCharset(head);
  const encoding = label === null ? null : encodingOf(label);
  return encoding?.startsWith('utf-16') === true ? 'utf-8' : encoding;
}

function xmlEncoding(head: string): string | null {
  const declaration = /^\s*<\?xml\s[^>]*>/.exec(head)?.[0];
  return /\sencoding\s*=\s*["']\s*([^\s"']+)/.exec(declaration ?? '')?.[1] ?? null;
}

function metaCharset(head: string): string | null {
  for (const [tag] of head.replace(/<!--[^]*?-->/g, '').matchAll(/<meta[\s/][^>]*>/gi)) {
    const isType = /http-equiv\s*=\s*["']?\s*content-type/i.test(tag);
    // a description may be about charsets
    const own = isType ? tag : tag.replace(/\scontent\s*=\s*(?:"[^"]*"|'[^']*')/i, '');
    const label = /charset\s*=\s*["']?\s*([^\s"'/>;]+)/i.exec(own)?.[1];
    if (label !== undefined) return label;
  }
  return null;
}

/**
 * Text in an encoding that `encodingOf` or `byteOrderMark` named, without its byte order mark.
 *
 * @throws TypeError for bytes that are not in it
 */
export function decodeAs(bytes: Uint8Array, encoding: string): string {
  if (encoding === 'windows-1252') return decodeWindows1252(bytes);
  if (encoding.startsWith('utf-32')) return decodeUtf32(bytes, encoding === 'utf-32le');
  return new TextDecoder(encoding, { fatal: true }).decode(bytes);
}

/** The same with U+FFFD for each byte or sequence that is not in it. */
export function decodeLeniently(bytes: Uint8Array, encoding: string): string {
  return encoding === 'windows-1252' ? decodeWindows1252(bytes) : new TextDecoder(encoding).decode(bytes);
}

/** Node 20 takes windows-1252 for ISO 8859-1, and curly quotes for control characters. */
function decodeWindows1252(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return text.replace(/[\u0080-\u009F]/g, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? control);
}

/** No decoder of Node's has it. */
function decodeUtf32(bytes: Uint8Array, littleEndian: boolean): string {
  if (bytes.length % 4 !== 0) throw new TypeError('UTF-32 has four bytes a character');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  let points: number[] = [];
  for (let at = 0; at < bytes.length; at += 4) {
    const point = view.getUint32(at, littleEndian);
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) throw new TypeError('beyond Unicode');
    points.push(point);
    if (points.length < UTF_32_AT_ONCE) continue;
    parts.push(String.fromCodePoint(...points));
    points = [];
  }
  return parts.join('') + String.fromCodePoint(...points);
}
