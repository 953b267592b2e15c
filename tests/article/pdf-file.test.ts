import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lines, matrix, text, writePdf } from './pdf/write-pdf';
import { readPdf } from './pdf/read';

const HAS_QPDF = spawnSync('qpdf', ['--version']).status === 0;
if (!HAS_QPDF) console.log('qpdf is not installed: tests of encrypted files are skipped');

const SCAN = 'q 400 0 0 600 90 120 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q';
const RAIN = lines(72, 700, [
  'The rain had been falling on the valley since the early morning, and nobody in the',
  'village remembered a spring as wet as this one.',
]);

/** What qpdf makes of a file. */
function qpdf(bytes: Uint8Array, ...options: string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'pilcrow-pdf-'));
  try {
    writeFileSync(join(folder, 'in.pdf'), bytes);
    execFileSync('qpdf', [...options, join(folder, 'in.pdf'), join(folder, 'out.pdf')]);
    return readFileSync(join(folder, 'out.pdf'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('files that cannot be read', () => {
  test('a scan has no text layer', async () => {
    await expect(readPdf(writePdf({ pages: [{ content: SCAN }, { content: SCAN }] }))).rejects.toMatchObject({
      code: 'article-without-text', message: 'my-file.pdf has no text layer', hint: expect.stringContaining('ocrmypdf') as string,
    });
  });

  test('pages with a picture alone are told of, white ones are not', async () => {
    const { texts, warnings } = await readPdf(writePdf({ pages: [{ content: RAIN }, { content: SCAN }, { content: '' }] }));
    expect(texts).toHaveLength(1);
    expect(warnings).toEqual([expect.stringContaining('my-file.pdf has pictures and no text on page 2') as string]);
  });

  test('an empty file, something else, and a file cut short before its first object', async () => {
    await expect(readPdf(new Uint8Array())).rejects.toMatchObject({ code: 'file-empty' });
    await expect(readPdf(Buffer.from('%PDF-1.7\nnothing of the kind'))).rejects.toMatchObject({ code: 'file-damaged', message: expect.stringMatching(/^my-file\.pdf /) as string });
    await expect(readPdf(writePdf({ pages: [{ content: RAIN }] }).subarray(0, 60))).rejects.toMatchObject({ code: 'file-damaged' });
  });

  test('with its table of objects out of order a file is read all the same', async () => {
    const whole = writePdf({ pages: [{ content: RAIN }] });
    const { texts } = await readPdf(Buffer.concat([Buffer.from('%PDF-1.7\n%a line that moves everything\n'), whole.subarray(9, whole.indexOf('startxref'))]));
    expect(texts).toEqual(['The rain had been falling on the valley since the early morning, and nobody in the village remembered a spring as wet as this one.']);
  });

  test('glyphs whose letters nobody knows are not indexed as nonsense', async () => {
    const font = '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 500] /FontMatrix [.001 0 0 .001 0 0] /FirstChar 1 /LastChar 9 /Widths [500 500 500 500 500 500 500 500 500] /CharProcs << >> /Encoding << /Type /Encoding /Differences [] >> >>';
    const garbled = { content: lines(72, 700, ['<010203040506070809>', '<090807060504030201>', '<010101020202030303>'], 10, 14, 'F3') };
    await expect(readPdf(writePdf({ pages: [garbled], fonts: { F3: font } }))).rejects.toMatchObject({
      code: 'article-without-text', message: expect.stringMatching(/^my-file\.pdf .*which letters/) as string, hint: expect.stringContaining('--force-ocr') as string,
    });
    const { texts, failed } = await readPdf(writePdf({ pages: [{ content: RAIN }, garbled], fonts: { F3: font } }));
    expect(texts).toHaveLength(1);
    expect(failed).toMatchObject([{ path: 'page 2', error: { code: 'article-without-text' } }]);
  });

  test('more pages, or more on a page, than any book has', async () => {
    await expect(readPdf(writePdf({ pages: Array.from({ length: 5_001 }, () => ({ content: '' })) }))).rejects.toMatchObject({ code: 'limit-exceeded', message: expect.stringContaining('5001 pages') as string });
    const dense = Array.from({ length: 101_000 }, (_, at) => `1 0 0 1 ${(at * 37) % 500} ${(at * 53) % 800} Tm (x) Tj`).join('\n');
    const { texts, failed } = await readPdf(writePdf({ pages: [{ content: RAIN }, { content: `BT /F1 8 Tf ${dense} ET` }] }));
    expect(texts).toHaveLength(1);
    expect(failed).toMatchObject([{ path: 'page 2', error: { code: 'limit-exceeded' } }]);
  });

  test.skipIf(!HAS_QPDF)('a password', async () => {
    const plain = writePdf({ pages: [{ content: RAIN }] });
    await expect(readPdf(qpdf(plain, '--encrypt', 'secret', 'owner', '256', '--'))).rejects.toMatchObject({ code: 'file-encrypted' });
    const { texts } = await readPdf(qpdf(plain, '--encrypt', '', 'owner', '256', '--'));
    expect(texts).toHaveLength(1);
  });
});

describe('what a file says of itself', () => {
  const info = (entries: string, catalog = '') => readPdf(writePdf({ pages: [{ content: text(72, 760, 'A heading in large type', 20) + RAIN }], info: entries, catalog }), 'some_file-name.pdf');

  test('title, author, dates, keywords and language', async () => {
    const { draft } = await info("/Title (On Rain) /Author (Ada Field; Ben Ford) /CreationDate (D:20210304101500+01'00') /ModDate (D:20220101120000Z) /Keywords (weather, rain; valley, rain)", '/Lang (en-gb)');
    expect(draft).toMatchObject({
      title: 'On Rain', author: 'Ada Field; Ben Ford', published: '2021-03-04T10:15:00+01:00', updated: '2022-01-01T12:00:00Z',
      language: 'en-GB', tags: ['weather', 'rain', 'valley'], url: null,
    });
  });

  test.each(['/Title (Microsoft Word - draft 3.doc)', '/Title (untitled)', '/Title (scan_001.pdf)', '/Title ()', ''])('%s is no title: the largest type on the first page is', async (entries) => {
    const { draft } = await info(entries);
    expect(draft.title).toBe('A heading in large type');
    expect(draft.paragraphs).toMatchObject([{ section: null, page: 1 }]);
  });

  test('where nothing stands out the file gives its name', async () => {
    const { draft } = await readPdf(writePdf({ pages: [{ content: RAIN }] }), 'some_file-name.pdf');
    expect(draft.title).toBe('some file name');
  });

  test.each(['D:19040101000000', 'D:20211340', 'yesterday'])('%s is no date', async (date) => {
    expect((await info(`/CreationDate (${date})`)).draft.published).toBeNull();
  });

  test('a change at the time of its creation is none; a title in UTF-16 is read', async () => {
    const { draft } = await info('/CreationDate (D:20210304) /ModDate (D:20210304) /Title <FEFF0434043E04360434044C>');
    expect(draft).toMatchObject({ published: '2021-03-04', updated: null, title: 'дождь' });
  });
});

describe('directions', () => {
  test('a stamp on the margin stands after the text of its page', async () => {
    const stamp = matrix([0, 1, -1, 0, 30, 300], 'arXive:2101.00001 [rain.en] 4 Mar 2021', 16);
    const { texts } = await readPdf(writePdf({ pages: [{ content: stamp + RAIN }] }));
    expect(texts).toEqual([expect.stringMatching(/^The rain/) as string, 'arXive:2101.00001 [rain.en] 4 Mar 2021']);
  });

  test('a stamp on the margin of every page is left out', async () => {
    const stamp = matrix([0, 1, -1, 0, 30, 300], 'Lent by the library of the valley', 8);
    const { texts } = await readPdf(writePdf({ pages: [{ content: stamp + RAIN }, { content: stamp + RAIN }] }));
    expect(texts).toEqual([expect.stringMatching(/^The rain/) as string, expect.stringMatching(/^The rain/) as string]);
  });

  test('a watermark is left out, and told of', async () => {
    const { texts, warnings } = await readPdf(writePdf({ pages: [{ content: matrix([0.7, 0.7, -0.7, 0.7, 150, 300], 'DRAFT', 80) + RAIN }] }));
    expect(texts).toHaveLength(1);
    expect(warnings).toEqual(['my-file.pdf has text at an angle on page 1, which was left out']);
  });

  test('a page turned in the scanner, a page turned by its entry, and both', async () => {
    const across = [0, 1, 2].map((at) => matrix([0, 1, -1, 0, 100 + 14 * at, 72], ['Every line of this page runs from the bottom of the sheet', 'to its top, as tables do that are too wide for it, and is', 'read in its order.'][at] ?? '')).join('');
    const expected = ['Every line of this page runs from the bottom of the sheet to its top, as tables do that are too wide for it, and is read in its order.'];
    expect((await readPdf(writePdf({ pages: [{ content: across }] }))).texts).toEqual(expected);
    expect((await readPdf(writePdf({ pages: [{ content: across, entries: '/Rotate 90' }] }))).texts).toEqual(expected);
    expect((await readPdf(writePdf({ pages: [{ content: RAIN, entries: '/Rotate 270' }] }))).texts).toHaveLength(1);
  });

  test('Japanese in a predefined encoding, across and down', async () => {
    const font = (encoding: string) => `<< /Type /Font /Subtype /Type0 /BaseFont /Ryumin-Light /Encoding /${encoding} /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Ryumin-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> /DW 1000 /FontDescriptor << /Type /FontDescriptor /FontName /Ryumin-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >> >>] >>`;
    // "rain falls in the valley." in three lines of Shift JIS
    const codes = ['<924a82c9894a82aa>', '<8d7e82c18374>'.replace('8374', '82c4'), '<82a282e98142>'];
    const fonts = { F3: font('90ms-RKSJ-H'), F4: font('90ms-RKSJ-V') };
    const across = lines(72, 700, codes, 12, 18, 'F3');
    const down = codes.map((code, at) => text(300 - 20 * at, 700, code, 12, 'F4')).join('');
    expect((await readPdf(writePdf({ pages: [{ content: across }], fonts }))).texts.join('')).toBe('谷に雨が降っている。');
    expect((await readPdf(writePdf({ pages: [{ content: down }], fonts }))).texts.join('')).toBe('谷に雨が降っている。');
  });
});

describe('characters', () => {
  const fonts = { F3: '<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>' };
  const one = async (content: string) => (await readPdf(writePdf({ pages: [{ content }], fonts }))).texts;

  test('type set twice for a shadow is read once', async () => {
    expect(await one(text(72, 700, 'Doubled for weight') + text(72.4, 700, 'Doubled for weight'))).toEqual(['Doubled for weight']);
  });

  test('glyphs that each have their place make words, in whatever order the file has them', async () => {
    const glyphs = [...'rain in May'].flatMap((glyph, at) => (glyph === ' ' ? [] : [text(72 + 6 * at, 700, glyph, 10, 'F3')]));
    expect(await one(glyphs.join(''))).toEqual(['rain in May']);
    expect(await one(glyphs.reverse().join(''))).toEqual(['rain in May']);
  });

  test('marks of notes are left out, exponents stay', async () => {
    const words = text(72, 700, 'The measured levels') + text(164.8, 704, '12', 6) + text(175, 700, 'rose by 10') + text(221.7, 704, '3', 6) + text(228, 700, 'in a year');
    expect(await one(words)).toEqual(['The measured levels rose by 10³ in a year']);
  });

  test('accents that old fonts set over a letter', async () => {
    expect(await one(text(72, 700, 'voil\xe0, f\xa8ur M\xb4etro na\xa8ive'))).toEqual(['voilà, für Métro naïve']);
  });

});

test('nothing is written anywhere, no code for drawing is loaded, and nothing stays behind in the process', async () => {
  const before = Object.getOwnPropertyNames(globalThis);
  const written: unknown[] = [];
  const { log, warn, error } = console;
  Object.assign(console, { log: (line: unknown) => written.push(line), warn: (line: unknown) => written.push(line), error: (line: unknown) => written.push(line) });
  try {
    await readPdf(writePdf({ pages: [{ content: SCAN + RAIN }], fonts: { F3: '<< /Type /Font /Subtype /TrueType /BaseFont /Nowhere >>' } }));
  } finally {
    Object.assign(console, { log, warn, error });
  }
  expect(written).toEqual([]);
  const { sharedObjects } = process.report.getReport() as unknown as { sharedObjects: string[] };
  expect(sharedObjects.filter((file) => /skia|canvas/.test(file))).toEqual([]);
  expect(Object.getOwnPropertyNames(globalThis).filter((name) => !before.includes(name))).toEqual([]);
  expect('DOMMatrix' in globalThis).toBe(false);
});

test('documents asked for at the same time are read one after the other', async () => {
  const pages = (count: number) => writePdf({ pages: Array.from({ length: count }, () => ({ content: RAIN })) });
  const all = await Promise.all([readPdf(pages(6)), readPdf(pages(1)), readPdf(pages(3))]);
  expect(all.map(({ draft }) => draft.paragraphs.at(-1)?.page)).toEqual([6, 1, 3]);
});
