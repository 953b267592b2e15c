import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../app/served/browser';
import { readPdf, startingWith, type Read } from './pdf/read';

/** What is read here was set by a browser: its lines, columns and pages are where it broke them. */
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  page = await browser.newPage();
});
afterAll(async () => browser.close());

const STYLE = 'body { font: 10pt/1.35 "DejaVu Serif", serif; margin: 0 } p { margin: 0; text-indent: 1.5em; text-align: justify } h1 { font-size: 20pt; column-span: all } h2 { font-size: 12pt }';

async function print(body: string, { style = STYLE, head = '', foot = '', lang = 'en', title = '' } = {}): Promise<Read> {
  await page.setContent(`<!doctype html><html lang="${lang}"><meta charset="utf-8">${title === '' ? '' : `<title>${title}</title>`}<style>${style}</style><body>${body}`);
  const small = (written: string): string => `<div style="font-size: 8pt; width: 100%; padding: 0 2cm">${written}</div>`;
  return readPdf(await page.pdf({
    format: 'A5', tagged: true, margin: { top: '2cm', bottom: '2cm', left: '2cm', right: '2cm' },
    displayHeaderFooter: head + foot !== '', headerTemplate: small(head), footerTemplate: small(foot),
  }));
}

function hasFont(language: string): boolean {
  try {
    return execFileSync('fc-list', [`:lang=${language}`, 'family'], { encoding: 'utf8' }).trim() !== '';
  } catch {
    return false;
  }
}

/** Paragraphs of many words, each its own, so that no line is like another. */
function story(count: number, sentences = 5): string[] {
  const who = ['The keeper', 'A sailor', 'The widow', 'Her cousin', 'The miller', 'A stranger', 'The priest', 'Nobody'];
  const did = ['carried the lantern', 'counted the barrels', 'forgot the letters', 'mended the nets', 'followed the cart', 'sold the orchard', 'heard the bells'];
  const where = ['along the harbour', 'behind the old mill', 'before the first snow', 'under a leaking roof', 'during the long night', 'across the frozen lake', 'in spite of the storm', 'with great patience', 'without saying a word'];
  return Array.from({ length: count }, (_, at) => Array.from({ length: sentences + (at % 3) }, (_, in_) => {
    const number = at * 11 + in_;
    return `${who[number % 8]} ${did[number % 7]} ${where[number % 9]}, and number ${number} of the witnesses wrote it down${number % 2 === 0 ? ' for the records of the town' : ''}.`;
  }).join(' '));
}
const paragraphs = (texts: readonly string[]): string => texts.map((text) => `<p>${text}</p>`).join('');

describe('columns', () => {
  test.each([1, 2, 3])('%i of them over several pages: each paragraph whole, in its order, with the page it begins on', async (columns) => {
    const texts = story(14);
    const { draft } = await print(`<h1>Annals of the Harbour</h1>${paragraphs(texts)}`, { style: `${STYLE} body { columns: ${columns}; font-size: ${columns === 3 ? 7 : 10}pt }` });
    expect(draft.title).toBe('Annals of the Harbour');
    expect(draft.paragraphs.map(({ text }) => text)).toEqual(texts);
    const pages = draft.paragraphs.map(({ page: number }) => number ?? 0);
    expect(pages[0]).toBe(1);
    expect(pages.at(-1)).toBeGreaterThan(1);
    expect(pages).toEqual([...pages].sort((a, b) => a - b));
  });

  test('a summary above two columns, headings across and within them', async () => {
    const [summary = '', ...texts] = story(9);
    const body = `<h1>Annals</h1><p>${summary}</p><div style="columns: 2"><h2>First part</h2>${paragraphs(texts.slice(0, 4))}</div><h2>Second part, across the page</h2><div style="columns: 2">${paragraphs(texts.slice(4))}</div>`;
    const { draft } = await print(body);
    expect(draft.paragraphs.map(({ text }) => text)).toEqual([summary, ...texts]);
    expect(draft.paragraphs.map(({ section }) => section)).toEqual([null, ...Array<string>(4).fill('First part'), ...Array<string>(4).fill('Second part, across the page')]);
  });

  test('lines that are not justified, paragraphs with space between them and no indent', async () => {
    const texts = story(12);
    const { draft } = await print(`<h1>Annals</h1>${paragraphs(texts)}`, { style: `${STYLE} body { columns: 2 } p { text-indent: 0; text-align: left; margin-bottom: 8pt }` });
    expect(draft.paragraphs.map(({ text }) => text)).toEqual(texts);
  });

  test('lines that are not justified, paragraphs with nothing between them', async () => {
    const texts = story(8, 4);
    const { draft } = await print(`<h1>Annals</h1>${paragraphs(texts)}`, { style: `${STYLE} p { text-indent: 0; text-align: left }` });
    const found = draft.paragraphs.map(({ text }) => text);
    // a last line that happens to be full hides where its paragraph ends
    expect(found.join(' ')).toBe(texts.join(' '));
    expect(found.length).toBeGreaterThan(6);
  });

  test('a table is read row by row', async () => {
    const rows = [['Harbour', 'Ships in spring', 'Ships in autumn'], ['Norwick', '112', '87'], ['Easter Haven', '64', '91'], ['Sand Point', '8', '15'], ['Old Quay', '41', '39']];
    const table = `<table style="width: 100%">${rows.map((row) => `<tr>${row.map((cell) => `<td style="width: 33%">${cell}</td>`).join('')}</tr>`).join('')}</table>`;
    const [before = '', after = ''] = story(2);
    const { texts } = await print(`<p>${before}</p>${table}<p>${after}</p>`);
    expect(texts).toEqual([before, ...rows.map((row) => row.join(' ')), after]);
  });
});

describe('running heads and feet', () => {
  const texts = story(16);

  test('are left out, with their numbers, and nothing else is', async () => {
    const { draft } = await print(`<h1>Annals</h1>${paragraphs(texts)}`, { head: 'Journal of Harbours, volume 12', foot: 'page <span class="pageNumber"></span> of <span class="totalPages"></span>' });
    expect(draft.paragraphs.at(-1)?.page).toBeGreaterThan(3);
    expect(draft.paragraphs.map(({ text }) => text)).toEqual(texts);
  });

  test('a number alone, on two pages', async () => {
    const { draft } = await print(paragraphs(texts.slice(0, 6)), { foot: '<span class="pageNumber"></span>' });
    expect(draft.paragraphs.at(-1)?.page).toBe(2);
    expect(draft.paragraphs.map(({ text }) => text)).toEqual(texts.slice(0, 6));
  });

  test('pages that begin with the same words keep them', async () => {
    const sheets = [0, 1, 2, 3].map((at) => `<div style="break-after: page"><p>Every page of this report begins with the same sentence, which is text for all that, and not a running head.</p>${paragraphs(texts.slice(at, at + 2))}</div>`);
    const read = await print(sheets.join(''));
    expect(startingWith(read, 'Every page of this report')).toHaveLength(4);
  });

  test('chapters on pages of their own keep their headings', async () => {
    const sheets = [1, 2, 3, 4].map((at) => `<div style="break-after: page"><h2>Chapter ${at}</h2>${paragraphs(texts.slice(at, at + 2))}</div>`);
    const { draft } = await print(sheets.join(''), { title: 'Annals' });
    expect(new Set(draft.paragraphs.map(({ section }) => section))).toEqual(new Set(['Chapter 1', 'Chapter 2', 'Chapter 3', 'Chapter 4']));
  });
});

describe('what stands in the way of a sentence', () => {
  const BROKEN = 'A paragraph that goes on over the break of the page, since the sheet has no room for more of it than the lines that stand';
  const REST = 'above, is read as one paragraph, whatever notes or captions were set between its halves by whoever laid out the page.';
  const sheet = (inner: string, foot = ''): string => `<div style="position: relative; height: 16.9cm; break-after: page; overflow: hidden">${inner}<div style="position: absolute; bottom: 0; font-size: 7pt; width: 100%">${foot}</div></div>`;
  const flush = (text: string): string => `<p style="text-align-last: justify">${text}</p>`;
  const rest = (text: string): string => `<p style="text-indent: 0">${text}</p>`;

  test('footnotes follow the text of their page, their marks are left out', async () => {
    const [first = '', second = ''] = story(2);
    const marked = BROKEN.replace('the page,', 'the page<sup style="font-size: 6pt">1</sup>,');
    const read = await print(sheet(`<p>${first}</p>${flush(marked)}`, '<p style="text-indent: 0"><sup style="font-size: 5pt">1</sup> Paper was dear, and the margins of this print are as narrow as its owner was in the matter of money, which is to say very narrow.</p>') + sheet(`${rest(REST)}<p>${second}</p>`));
    expect(read.draft.paragraphs.map(({ text, page: number }) => [number, text.slice(0, 24)])).toEqual([
      [1, first.slice(0, 24)], [1, BROKEN.slice(0, 24)], [1, '1 Paper was dear, and th'], [2, second.slice(0, 24)],
    ]);
    expect(read.texts[1]).toBe(`${BROKEN} ${REST}`);
  });

  test('a caption, at the top of the next page', async () => {
    const [first = '', second = ''] = story(2);
    const { texts } = await print(sheet(`<p>${first}</p>${flush(BROKEN)}`) + sheet(`<div style="height: 4cm"></div><p style="font-size: 8pt; text-indent: 0">Figure 3. The harbour in winter, seen from the mill.</p><div style="height: 1cm"></div>${rest(REST)}<p>${second}</p>`));
    expect(texts).toEqual([first, `${BROKEN} ${REST}`, 'Figure 3. The harbour in winter, seen from the mill.', second]);
  });

  test('a word broken over the end of a page', async () => {
    const [first = ''] = story(1);
    const { texts } = await print(sheet(`<p>${first}</p>${flush('A paragraph that ends at the end of the page in the middle of what is a rather long and compli-')}`) + sheet(rest('cated word, and goes on.')));
    expect(texts[1]).toBe('A paragraph that ends at the end of the page in the middle of what is a rather long and complicated word, and goes on.');
  });
});

describe('headings and lists', () => {
  test('larger, bold and numbered headings are sections; bold words in a text are not', async () => {
    const [a = '', b = '', c = '', d = ''] = story(4);
    const { draft } = await print(`<h1>Annals</h1><h2>1 Beginnings</h2><h3 style="font-size: 10pt">1.1 The mill</h3><p>${a}</p><h3 style="font-size: 10pt">1.2 The quay</h3><p>${b}</p><h2>2 What came of it?</h2><p><b>The widow, who had seen it all,</b> ${c}</p><p>${d}</p>`);
    expect(draft.paragraphs.map(({ section }) => section)).toEqual(['1 Beginnings › 1.1 The mill', '1.2 The quay', '2 What came of it?', '2 What came of it?']);
    expect(draft.paragraphs[2]?.text).toBe(`The widow, who had seen it all, ${c}`);
  });

  test('items with their marks, over several lines', async () => {
    const [a = '', b = '', c = ''] = story(3, 2);
    const { draft } = await print(`<p>${a}</p><ol><li>${b}</li><li>Short.</li><li>${c}</li></ol><ul style="list-style-type: '•  '"><li>${c}</li><li>Salt</li></ul><p>${b}</p>`);
    expect(draft.paragraphs.map(({ text, kind, mark }) => [kind, mark, text])).toEqual([
      [undefined, undefined, a], ['item', '1.', b], ['item', '2.', 'Short.'], ['item', '3.', c], ['item', '•', c], ['item', '•', 'Salt'], [undefined, undefined, b],
    ]);
  });

  test('code keeps its lines and indents', async () => {
    const [a = '', b = ''] = story(2);
    const { draft } = await print(`<p>${a}</p><pre style="font: 8pt 'DejaVu Sans Mono', monospace">for (const ship of ships) {\n  moor(ship);\n\n  pay(ship);\n}</pre><p>${b}</p>`);
    expect(draft.paragraphs.map(({ text, kind }) => [kind, text])).toEqual([[undefined, a], ['code', 'for (const ship of ships) {\n  moor(ship);\n\n  pay(ship);\n}'], [undefined, b]]);
  });

  test('the title a person gave is taken, and is no section when it is set again', async () => {
    const [a = ''] = story(1);
    const { draft } = await print(`<h1>Annals of the<br>Harbour</h1><p>${a}</p>`, { title: 'Annals of the Harbour' });
    expect(draft).toMatchObject({ title: 'Annals of the Harbour', language: 'en', paragraphs: [{ text: a, section: null }] });
  });
});

describe('languages', () => {
  /** With a soft hyphen wherever a word may be divided. */
  const divided = (text: string): string => text.replace(/(\p{L}{4})(?=\p{L}{4})/gu, '$1\u00AD');

  test.each([
    ['German', 'de', 'Die Verwaltungsgemeinschaft veröffentlichte ihre Untersuchungsergebnisse über Baden-Württemberg, und die Überschwemmungsgebiete wurden größer. Für Vor- und Nachteile der Straßenverkehrsordnung fühlte sich niemand zuständig.'],
    ['French', 'fr', 'L’établissement des responsabilités demanda beaucoup d’interrogatoires ; peut-être qu’après l’inondation, les propriétaires n’espéraient plus d’indemnisation, et c’est-à-dire rien du tout.'],
    ['Russian', 'ru', 'Представители администрации сообщили, что восстановление железнодорожного движения потребует значительных средств, и какой-нибудь срок назвать невозможно.'],
    ['Greek', 'el', 'Οι εκπρόσωποι της κυβέρνησης ανακοίνωσαν ότι η αποκατάσταση των σιδηροδρομικών συνδέσεων θα χρειαστεί περισσότερο χρόνο από ό,τι υπολόγιζαν.'],
  ])('%s, in narrow columns with divided words', async (_, lang, text) => {
    const texts = [text, `${text} ${text}`, text];
    const { draft } = await print(paragraphs(texts.map(divided)), { lang, style: `${STYLE} body { columns: 3; font-size: 9pt }` });
    expect(draft.paragraphs.map((paragraph) => paragraph.text)).toEqual(texts);
  });

  test('Arabic, with a name in Latin letters', async () => {
    const text = 'هطل المطر على الوادي منذ الصباح الباكر ولم يتذكر أحد في القرية ربيعا مثل هذا كما كتب Ben Ford عام 1903 في دفتره القديم الذي حفظته المكتبة.';
    const { texts } = await print(`<p dir="rtl" style="font-family: 'DejaVu Sans'; text-align: right">${text}</p>`, { lang: 'ar' });
    expect(texts).toEqual([text]);
  });

  for (const [lang, text] of [['ja', '谷には早朝から雨が降り続いていて、村の誰もこれほど雨の多い春を覚えていなかった。水車小屋の主人は毎日水位を書き留め、その帳面は今も町の図書館に残っている。'], ['zh', '从清晨起，山谷里就一直下着雨，村里没有人记得有哪个春天像今年这样多雨。磨坊主每天记下水位，那本册子至今还保存在镇上的图书馆里。']] as const) {
    const present = hasFont(lang);
    if (!present) console.log(`no font on this machine has the characters of ${lang}: its test is skipped`);
    test.skipIf(!present)(`${lang}: lines are joined without spaces`, async () => {
      const { texts } = await print(`<p style="text-indent: 1em">${text}</p><p style="text-indent: 1em">${text}</p>`, { lang, style: 'body { font: 10pt/1.6 sans-serif; margin: 0 } p { margin: 0 }' });
      expect(texts).toEqual([text, text]);
    });
  }
});
