/** Bytes that are looked at. */
const SAMPLE_BYTES = 65_536;
/** Spaces, line ends, commas and full stops of any script are at least so many of the characters, and not fewer than a headline's. */
const SEPARATOR_SHARE = 0.01;
const FEWEST_SEPARATORS = 3;
/** And so much commoner than in the wrong byte order, where a space is U+2000. */
const MORE_OFTEN = 10;
/** Share of characters whose bytes are two letters of ASCII: of Chinese one in ten, of text with stray zero bytes nearly all. */
const ASCII_PAIRS = 0.4;

const SEPARATORS = new Set([0x000a, 0x0020, 0x3001, 0x3002, 0xff0c]);
const NO_TEXT = /[\u0000-\u0008\u000E-\u001F\u007F-\u009F\p{Cn}\p{Co}]/u;

/** Which UTF-16 text is that has no byte order mark, if it is; what separates words and sentences shows the order. */
export function unmarkedUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes.length % 2 !== 0) return null;
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const { little, big, ascii } = survey(sample);
  const most = Math.max(little, big);
  const units = sample.length / 2;
  if (most < Math.max(FEWEST_SEPARATORS, units * SEPARATOR_SHARE) || most < MORE_OFTEN * Math.min(little, big)) return null;
  if (ascii > units * ASCII_PAIRS) return null;
  const encoding = little > big ? 'utf-16le' : 'utf-16be';
  try {
    // the sample may end between two surrogates
    return NO_TEXT.test(new TextDecoder(encoding, { fatal: true }).decode(sample, { stream: true })) ? null : encoding;
  } catch {
    return null;
  }
}

/** Separators in either byte order, and pairs of letters. */
function survey(bytes: Uint8Array): { little: number; big: number; ascii: number } {
  const found = { little: 0, big: 0, ascii: 0 };
  for (let at = 0; at < bytes.length; at += 2) {
    const [first = 0, second = 0] = [bytes[at], bytes[at + 1]];
    if (SEPARATORS.has(first + second * 256)) found.little++;
    if (SEPARATORS.has(first * 256 + second)) found.big++;
    if (isAsciiLetter(first) && isAsciiLetter(second)) found.ascii++;
  }
  return found;
}

function isAsciiLetter(byte: number): boolean {
  return byte === 0x20 || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a);
}
