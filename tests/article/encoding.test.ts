import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText } from '../../lib/article/text/decode';
import { detectEncoding } from '../../lib/article/text/encoding-detect';
import { PilcrowError } from '../../lib/errors';
import { LegacyEncoder } from './legacy-encoder';
import { PROSE, type ProseLanguage } from './prose';

/** Where each encoding was used. */
const WRITTEN: Record<string, readonly ProseLanguage[]> = {
  'windows-1252': ['de', 'fr', 'es', 'pt', 'it', 'nl', 'sv', 'da', 'no', 'fi', 'et', 'ca'],
  'iso-8859-15': ['de', 'fr', 'es', 'pt', 'it', 'nl', 'sv', 'da', 'no', 'fi', 'et', 'ca'],
  'macintosh': ['de', 'fr', 'es', 'pt', 'it', 'sv'],
  'windows-1250': ['pl', 'cs', 'sk', 'hu', 'ro', 'hr', 'sl', 'de'],
  'iso-8859-2': ['pl', 'cs', 'sk', 'hu', 'ro', 'hr', 'sl', 'de'],
  'windows-1257': ['lt', 'lv', 'et'],
  'iso-8859-4': ['lt', 'lv'],
  'windows-1254': ['tr'],
  'windows-1258': ['vi'],
  'windows-1251': ['ru', 'uk', 'bg', 'sr'],
  'iso-8859-5': ['ru', 'uk', 'bg', 'sr'],
  'koi8-r': ['ru', 'bg'],
  'koi8-u': ['uk'],
  'ibm866': ['ru', 'bg'],
  'windows-1253': ['el'],
  'iso-8859-7': ['el'],
  'windows-1255': ['he'],
  'iso-8859-8': ['he'],
  'windows-1256': ['ar'],
  'iso-8859-6': ['ar'],
  'windows-874': ['th'],
  'shift_jis': ['ja'],
  'euc-jp': ['ja'],
  'euc-kr': ['ko'],
  'gbk': ['zh-Hans'],
  'gb18030': ['zh-Hans', 'zh-Hant'],
  'big5': ['zh-Hant'],
};

const encoders = new Map(Object.keys(WRITTEN).map((encoding) => [encoding, new LegacyEncoder(encoding)]));

function encode(text: string, encoding: string): { bytes: Uint8Array; text: string } {
  const encoded = encoders.get(encoding)?.encode(text);
  if (encoded === undefined || encoded === null) throw new Error(`${encoding} lacks letters of ${text}`);
  return encoded;
}

const read = (bytes: Uint8Array): string => decodeText({ name: 'x.txt', bytes });

function code(bytes: Uint8Array): string {
  try {
    read(bytes);
    return 'read';
  } catch (error) {
    if (error instanceof PilcrowError) return error.code;
    throw error;
  }
}

describe('encodings that nothing names', () => {
  test.each(Object.entries(WRITTEN))('%s', (encoding, languages) => {
    for (const language of languages) {
      for (const text of [PROSE[language].short, PROSE[language].long]) {
        const encoded = encode(text, encoding);
        expect(read(encoded.bytes), language).toBe(encoded.text);
      }
    }
  });

  test('ISO-2022-JP, by its escapes', () => {
    // 日本 in JIS X 0208
    expect(read(Buffer.from('\x1b$BF|K\\\x1b(B, Japan', 'latin1'))).toBe('日本, Japan');
  });

  test.each(['utf-16le', 'utf-16be'] as const)('%s without a byte order mark', (encoding) => {
    for (const [language, { short, long }] of Object.entries(PROSE)) {
      for (const text of [short, long]) {
        const bytes = Buffer.from(text, 'utf16le');
        if (encoding === 'utf-16be') bytes.swap16();
        expect(read(bytes), language).toBe(text.normalize('NFC'));
      }
    }
  });

  test('an English article with nothing but its quotation marks', () => {
    const text = 'The mayor said: “We’ll open the bridge in May – if the weather lets us.” Nobody believed it.';
    expect(read(encode(text, 'windows-1252').bytes)).toBe(text);
  });

  test('a single character late in a long text', () => {
    const text = `${'There is nothing to be seen in this part of the town. '.repeat(2_000)}We met at the café.`;
    expect(read(Buffer.from(text, 'latin1'))).toBe(text);
  });
});

describe('what is in no encoding for certain', () => {
  test.each([
    ['too little text', Buffer.from('Caf\xe9!', 'latin1')],
    ['a list of names', Buffer.from('M\xfcller\nGr\xfcner\nSch\xf6n\nK\xf6hler\nJ\xe4ger\nB\xe4r\nFr\xf6hlich\nVogt\nWei\xdf\n', 'latin1')],
    ['DOS French', Buffer.from('La biblioth\x8aque municipale accueille de nouveau ses lecteurs apr\x8as deux ans de travaux, et les \x82l\x8aves sont arriv\x82s', 'latin1')],
    ['a legacy encoding stored as another', Buffer.from('\xc3\xa4\xe9\xc3\xb6 und der \xfc\xc3\xbc\xc3 \xe9 mit den \xc3\xa4\xc3 f\xfcr \xc3\xb6\xe9 von', 'latin1')],
  ])('%s is refused', (_, bytes) => expect(code(bytes)).toBe('file-not-utf8'));

  test('an encoding is right or refused, never another', () => {
    // a headline or a sentence alone does not always decide
    let decided = 0;
    for (const [encoding, languages] of Object.entries(WRITTEN)) {
      for (const language of languages) {
        for (const line of [...PROSE[language].short.split('\n'), ...PROSE[language].long.split(/(?<=[.!?。])/)]) {
          const encoded = encode(line.trim(), encoding);
          const found = detectEncoding(encoded.bytes);
          if (found === null || /^[\0-\x7f]*$/.test(encoded.text)) continue;
          decided++;
          expect(decodeText({ name: 'x', bytes: encoded.bytes, charset: found }), `${language} in ${encoding}`).toBe(encoded.text);
        }
      }
    }
    expect(decided).toBeGreaterThan(250);
  });
});

describe('what is no text', () => {
  const signatures = {
    'a JPEG': [0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x4a, 0x46, 0x49, 0x46, 0x00],
    'a PNG': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    'an ELF': [0x7f, 0x45, 0x4c, 0x46, 0x02, 0x01, 0x01, 0x00],
    'a gzip': [0x1f, 0x8b, 0x08],
    'nothing known': [],
  };

  test.each(Object.entries(signatures))('%s and random bytes are never read', (_, signature) => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 40, maxLength: 4_000 }), (rest) => {
        expect(code(Uint8Array.from([...signature, ...rest]))).toMatch(/^file-(?:binary|not-utf8)$/);
      }),
      { numRuns: 100 },
    );
  });

  test('random bytes are binary where there are enough of them', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 400, maxLength: 4_000 }), (bytes) => { expect(code(bytes)).toBe('file-binary'); }), { numRuns: 100 });
  });

  test('random bytes without control characters are refused', () => {
    const byte = fc.oneof(fc.constant(0x20), fc.integer({ min: 0x20, max: 0x7e }), fc.integer({ min: 0x80, max: 0xff }), fc.integer({ min: 0xa0, max: 0xff }));
    fc.assert(fc.property(fc.array(byte, { minLength: 60, maxLength: 2_000 }), (bytes) => { expect(code(Uint8Array.from(bytes))).toBe('file-not-utf8'); }), { numRuns: 300 });
  });
});
