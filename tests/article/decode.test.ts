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

  test('reads UTF-32 of either order by its byte order mark', () => {
    expect(decode(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0, 0x4d, 0xf4, 0x01, 0)).toBe('a👍');
    expect(decode(0, 0, 0xfe, 0xff, 0, 0, 0x4e, 0x2d)).toBe('中');
    expect(failure(() => decode(0, 0, 0xfe, 0xff, 0, 0, 0xd8, 0x00))).toBe('file-not-utf8: x.txt begins as UTF-32 but is not');
    expect(failure(() => decode(0, 0, 0xfe, 0xff, 0x61))).toBe('file-not-utf8: x.txt begins as UTF-32 but is not');
  });

  const cafe = (head: string, ...bytes: number[]): Uint8Array => Buffer.concat([Buffer.from(`${head}caf`, 'latin1'), Uint8Array.from(bytes)]);

  test.each([
    ['whoever delivered it', '', 'latin1', [0xe9, 0x20, 0x97, 0x80], 'café —€'],
    ['whoever delivered it, against the document', '<meta charset="koi8-r">', 'ISO-8859-2', [0xe8], 'cafč'],
    ['an XML declaration', '<?xml version="1.0" encoding=\'ISO-8859-15\'?><p>', undefined, [0xa4], 'caf€'],
    ['a meta element', '<!doctype html><META charset=windows-1251 />', undefined, [0xe9], 'cafй'],
    ['a meta element of the old kind', '<html><meta content="text/html; charset=shift_jis" http-equiv=Content-Type>', undefined, [0x82, 0xa0], 'cafあ'],
    ['a meta element after a comment and a description', '<!-- <meta charset=big5> --><meta name="description" content="on charset=big5"><meta charset="cp1252">', undefined, [0xe9], 'café'],
  ])('believes %s', (_, head, charset, bytes, end) => {
    expect(decodeText({ name: 'x.html', bytes: cafe(head, ...bytes), charset })).toBe(head + end);
  });

  test('does not take the text of an article for a declaration', () => {
    expect(failure(() => decodeText({ name: 'x.md', bytes: cafe('On <meta charset="latin1"> ', 0xe9) }))).toMatch(/^file-not-utf8/);
  });

  test.each(['latin1', 'gbk', 'us-ascii', 'no-such-charset', 'utf-16le'])('reads what is UTF-8 as UTF-8 though it is said to be %s', (charset) => {
    const text = 'Größenwahn für Anfänger: 今天天气很好';
    expect(decodeText({ name: 'x.html', bytes: Buffer.from(text), charset })).toBe(text);
    const page = `<html><meta charset="${charset}"><p>${text}`;
    expect(decodeText({ name: 'x.html', bytes: Buffer.from(page) })).toBe(page);
  });

  test('believes what is said of two characters that are UTF-8 by chance', () => {
    const bytes = Uint8Array.of(0xc1, 0xaa, 0xcd, 0xa8);
    expect(decodeText({ name: 'x.html', bytes: Uint8Array.of(0xcd, 0xa8), charset: 'gb2312' })).toBe('通');
    expect(decodeText({ name: 'x.html', bytes, charset: 'gb2312' })).toBe('联通');
  });

  test('replaces few damaged characters of declared text, and says so', () => {
    const remarks: string[] = [];
    const bytes = Buffer.concat([Buffer.from('Ein schöner Tag am Meer. '.repeat(100)), Uint8Array.of(0xff), Buffer.from(' Ende')]);
    const text = decodeText({ name: 'x.html', bytes, charset: 'utf-8' }, { warn: (message) => remarks.push(message) });
    expect(text.endsWith('Meer. \uFFFD Ende')).toBe(true);
    expect(remarks).toEqual(['x.html has 1 damaged character, shown as \uFFFD: it is not quite utf-8']);
    expect(failure(() => decodeText({ name: 'x.html', bytes, charset: 'utf-8' }))).toMatch(/^file-not-utf8/);
  });

  test('replaces few damaged characters of what is otherwise UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from('Ein schöner Tag am Meer. '.repeat(100)), Buffer.from('ü').subarray(0, 1)]);
    expect(decodeText({ name: 'x.txt', bytes }, { warn: () => undefined })).toMatch(/Meer\. \uFFFD$/);
    expect(failure(() => decodeText({ name: 'x.txt', bytes }))).toMatch(/^file-not-utf8/);
    // one character of many, but none beside it is UTF-8
    const latin1 = Buffer.concat([Buffer.from('A fine day at sea. '.repeat(100)), Uint8Array.of(0xe9)]);
    expect(decodeText({ name: 'x.txt', bytes: latin1 }, { warn: () => undefined })).toMatch(/sea\. é$/);
  });

  test('refuses declared text with many damaged characters', () => {
    const bytes = Buffer.concat([Buffer.from('Ein schöner Tag am Meer. '.repeat(10)), Uint8Array.of(0xff)]);
    expect(failure(() => decodeText({ name: 'x.html', bytes, charset: 'utf-8' }, { warn: () => undefined }))).toMatch(/^file-not-utf8/);
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
    expect(failure(() => decode(...bytes))).toBe(`file-not-utf8: x.txt is not UTF-8, first at byte ${offset} (0x${hex}), nor for certain in another encoding`);
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
    ['UTF-16 with a NUL', [0xff, 0xfe, 0x61, 0x00, 0x00, 0x00, 0x61, 0x00]],
    ['too little UTF-16 without a byte order mark', [0x61, 0x00, 0x62, 0x00]],
    ['many control characters in what is not UTF-8', [...Buffer.from('Caf\xe9 au lait et du pain\x01', 'latin1')]],
    ['text with zero bytes between its lines', [...Buffer.from('first line of it\0\nsecond one here\0\nand a third of them\0\nno more of it\0\n')]],
    ['many control characters', [0x01, 0x02, 0x61, 0x62]],
  ])('takes %s for binary', (_, bytes) => {
    expect(failure(() => decode(...bytes))).toBe('file-binary: x.txt is not text');
  });

  test.each([['nothing', ''], ['white space', ' \r\n\t\u00a0\u3000'], ['a byte order mark', '\ufeff'], ['invisible characters', '\u200b\u200d\u2060']])(
    'takes %s for empty',
    (_, text) => expect(failure(() => decodeString(text))).toBe('file-empty: x.txt has no text in it'),
  );

  test('repairs what was UTF-8 and stored as if it were not', () => {
    expect(decodeString('Le cafÃ© de la gare nâ\u0080\u0099ouvre pas')).toBe('Le café de la gare n’ouvre pas');
  });

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
