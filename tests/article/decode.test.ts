import { describe, expect, test } from 'vitest';
import { decodeText } from '../../lib/article/text/decode';
import { PilcrowError } from '../../lib/errors';

const decode = (...bytes: number[]): string => decodeText({ name: 'x.txt', bytes: Uint8Array.from(bytes) });
const decodeString = (text: string, encoding: BufferEncoding = 'utf8'): string => decodeText({ name: 'x.txt', bytes: Buffer.from(text, encoding) });

function failure(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof PilcrowError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'none';
}

describe('decodeText', () => {
  test('reads UTF-8 with and without a byte order mark', () => {
    expect(decodeString('naïve 今天 👍')).toBe('naïve 今天 👍');
    expect(decode(0xef, 0xbb, 0xbf, 0x61)).toBe('a');
  });

  test('reads UTF-16 of either order by its byte order mark', () => {
    expect(decodeString('\ufeffnaïve 👍', 'utf16le')).toBe('naïve 👍');
    expect(decode(0xfe, 0xff, 0x00, 0x61, 0x4e, 0x2d)).toBe('a中');
  });

  test.each([
    ['Latin-1', [0x63, 0x61, 0x66, 0xe9, 0x21], 3, 'E9'],
    ['a stray continuation byte', [0x61, 0x80], 1, '80'],
    ['an overlong form', [0x61, 0x62, 0xc0, 0xaf], 2, 'C0'],
    ['an overlong form of three bytes', [0xe0, 0x9f, 0xbf], 0, 'E0'],
    ['a surrogate', [0x61, 0xed, 0xa0, 0x80], 1, 'ED'],
    ['a code point beyond Unicode', [0xf4, 0x90, 0x80, 0x80], 0, 'F4'],
    ['a character cut short at the end', [0x61, 0xe4, 0xbb], 1, 'E4'],
    ['an error after characters of every length', [...Buffer.from('aé中👍'), 0xff], 10, 'FF'],
  ])('refuses %s, naming the byte', (_, bytes, offset, hex) => {
    expect(failure(() => decode(...bytes))).toBe(`file-not-utf8: x.txt is not UTF-8, first at byte ${offset} (0x${hex})`);
  });

  test.each([
    ['a lone surrogate', [0xff, 0xfe, 0x61, 0x00, 0x00, 0xd8, 0x61, 0x00], 4],
    ['half a code unit', [0xff, 0xfe, 0x61, 0x00, 0x61], 4],
  ])('refuses UTF-16 with %s', (_, bytes, offset) => {
    expect(failure(() => decode(...bytes))).toBe(`file-not-utf8: x.txt begins as UTF-16 but is not, first at byte ${offset}`);
  });

  test.each([
    ['NUL bytes', [0x61, 0x00, 0x62]],
    ['a PNG', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]],
    ['UTF-16 without a byte order mark', [0x61, 0x00, 0x62, 0x00]],
    ['UTF-32', [0xff, 0xfe, 0x00, 0x00, 0x61, 0x00, 0x00, 0x00]],
    ['many control characters', [0x01, 0x02, 0x61, 0x62]],
  ])('takes %s for binary', (_, bytes) => {
    expect(failure(() => decode(...bytes))).toBe('file-binary: x.txt is not text');
  });

  test.each([['nothing', ''], ['white space', ' \r\n\t\u00a0\u3000'], ['a byte order mark', '\ufeff'], ['invisible characters', '\u200b\u200d\u2060']])(
    'takes %s for empty',
    (_, text) => expect(failure(() => decodeString(text))).toBe('file-empty: x.txt has no text in it'),
  );

  test('makes every line end the same', () => {
    expect(decodeString('a\r\nb\rc\u0085d\u2028e\u2029f\fg\n')).toBe('a\nb\nc\nd\ne\n\nf\ng\n');
  });

  test('removes control characters and soft hyphens', () => {
    expect(decodeString('one\u0007 \u001b[1mtwo\u009f hy\u00adphen and so on and on')).toBe('one [1mtwo hyphen and so on and on');
  });

  test('composes', () => {
    expect(decodeString('e\u0301')).toBe('é');
  });

  test('a million combining marks take no minutes', () => {
    // What takes minutes is ended by the test's limit.
    expect(decodeString(`a${'\u0301\u0323'.repeat(500_000)}`)).toMatch(/^\u1EA1/);
  });
});
