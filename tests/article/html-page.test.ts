import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { htmlReader } from '../../lib/article/formats/html';
import { lineOf } from '../../lib/article/html/inline';
import { parseHtml } from '../../lib/article/html/parse';
import type { ArticleDraft } from '../../lib/article/types';
import { PilcrowError } from '../../lib/errors';
import { packageRoot } from '../../lib/package-root';
import { NEWS } from './pages/news';

const PAGES = join(packageRoot(), '..', 'shared', 'pages');

function read(html: string, url?: string): ArticleDraft {
  const [draft] = htmlReader.read({ bytes: Buffer.from(html), name: 'saved-page.html', url }, { warn: () => undefined, fail: () => undefined, skip: () => undefined, alive: () => undefined, nested: () => { throw new Error('no archive'); } });
  if (draft === undefined) throw new Error('no draft');
  return draft;
}

const body = '<article><p>The count of nesting terns on the northern mole will be held a week later than planned.</p><p>The birds arrived late, since the wind stood against them all through April, the association says.</p></article>';
const page = (head: string, attributes = '') => `<!doctype html><html ${attributes}><head>${head}</head><body>${body}</body></html>`;

describe('pages of newspapers', () => {
  test.each(NEWS.map((news) => [news.name, news] as const))('%s', (_, { html, title, author, published, paragraphs }) => {
    const draft = read(html);
    expect(draft.paragraphs.map(({ text }) => text)).toEqual(paragraphs);
    expect(draft).toMatchObject({ title, author, published });
  });

  test('the headings of a ticker are its sections', () => {
    const ticker = NEWS.find(({ name }) => name === 'a live ticker');
    expect(read(ticker?.html ?? '').paragraphs.map(({ section }) => section)).toEqual(['Prime minister concedes', 'Prime minister concedes', 'Turnout higher than in any vote since 1990', 'Polls have closed']);
  });

  test.each([
    ['Read more: <a href="/x">The last keeper of the light tells his story</a>', false],
    ['<b>RELATED:</b> <a href="/x">The last keeper of the light tells his story</a>', false],
    ['Sign up for our newsletter and never miss a tide.', false],
    ['Follow The Shore on Twitter and Facebook.', false],
    ['Photo: Ola Brand', false],
    ['Your browser does not support this video', false],
    ['Story continues below advertisement', false],
    ['He told his followers on Telegram that he would resign in May.', true],
    ['The newsletter of the club, to which nine in ten subscribe, will not be printed any more.', true],
    ['Photo: a picture of it was found in the attic, and it shows the mole.', true],
    ['Read in <a href="/x">a letter of 1874</a>, the story sounds quite different, and the mole is longer.', true],
    ['More than forty boats were in the harbour.', true],
  ])('a line in the text: %s', (line, stays) => {
    const prose = ['The council has looked at three offers, and none of them came from a company that has an office in the county or has worked here before.', 'It will read them again in May, when the engineer is back from the islands, and decide in June, which leaves the summer for the work itself.'];
    const draft = read(`<html><head><title>Offers</title></head><body><article><h1>Offers</h1><p>${prose[0]}</p><p>${prose[1]}</p><p>${line}</p><p>${prose[1]} Or so it says.</p></article></body></html>`);
    expect(draft.paragraphs).toHaveLength(stays ? 4 : 3);
  });

  test('what an article says of other things stays: companies in a list, a section called analysis, a class that is about a topic', () => {
    const prose = 'The council has looked at three offers, and none of them came from a company that has an office in the county or has worked here before.';
    const draft = read(`<html><head><title>Offers</title></head><body><article class="category-related tag-newsletter"><h1>Offers</h1><p>${prose}</p><ul><li>Facebook</li><li>Twitter, which has been renamed since the offer was made last year</li><li>Video</li></ul><h2>Analysis</h2><p>${prose} It will read more of them.</p><p>Read more closely, the second one is cheaper: it leaves out the mole.</p></article></body></html>`);
    expect(draft.paragraphs.map(({ text, section }) => [text, section])).toEqual([
      [prose, null], ['Facebook', null], ['Twitter, which has been renamed since the offer was made last year', null], ['Video', null],
      [`${prose} It will read more of them.`, 'Analysis'], ['Read more closely, the second one is cheaper: it leaves out the mole.', 'Analysis'],
    ]);
  });
});

describe('what a page says of its article', () => {
  test.each([
    ['https://example.org/a', '<link rel="canonical" href="https://example.org/a">', undefined],
    ['https://example.org/b/c', '<link rel="canonical" href="../b/c">', 'https://example.org/x/y'],
    ['https://example.org/og', '<link rel="canonical" href="javascript:x()"><meta property="og:url" content="https://example.org/og">', undefined],
    ['https://example.org/ld', '<script type="application/ld+json">{"@type":"Article","mainEntityOfPage":{"@id":"https://example.org/ld"}}</script>', undefined],
    ['https://example.org/fetched', '', 'https://example.org/fetched'],
    ['https://example.org/exported', '</head><body><footer><a href="https://example.org/exported" class="p-canonical">Canonical link</a></footer>', undefined],
    ['https://example.org/saved', '<!-- saved from url=(0025)https://example.org/saved -->', undefined],
    [null, '<link rel="canonical" href="/a"><meta property="og:url" content="file:///a">', undefined],
  ])('its address is %s', (expected, head, url) => {
    expect(read(page(head), url).url).toBe(expected);
  });

  test.each([
    ['Ada Lovelace', '<meta name="author" content="By Ada Lovelace">'],
    ['Ada Lovelace; Charles Babbage', '<meta name="author" content="Ada Lovelace and Charles Babbage">'],
    ['Lovelace, Ada', '<meta name="author" content="Lovelace, Ada">'],
    ['Ada Lovelace; Charles Babbage', '<script type="application/ld+json">[{"@type":["NewsArticle"],"author":[{"name":"Ada Lovelace"},{"name":["Charles Babbage"]},{"name":"ada lovelace"}]}]</script>'],
    ['Ada Lovelace', '<meta property="article:author" content="https://social.example/ada"><meta name="author" content="admin"><meta name="dc.creator" content="Ada Lovelace">'],
    [null, '<meta property="article:author" content="https://social.example/ada">'],
  ])('its author is %s', (expected, head) => {
    expect(read(page(head)).author).toBe(expected);
  });

  test('dates from data, from metadata, else none; what is no date is none', () => {
    expect(read(page('<script type="application/ld+json"><!-- {"@graph":[{"@type":"BlogPosting","datePublished":"2021-03-04T10:00:00+01:00","dateModified":"2021-03-05"}]} --></script><meta property="article:published_time" content="2020-01-01">'))).toMatchObject({ published: '2021-03-04T10:00:00+01:00', updated: '2021-03-05' });
    expect(read(page('<script type="application/ld+json">{"@type":"Article","datePublished":"soon"}</script><meta name="dc.date" content="4 March 2021"><meta property="og:updated_time" content="2021-03-06T00:00:00Z">'))).toMatchObject({ published: '2021-03-04', updated: '2021-03-06T00:00:00Z' });
    expect(read(page('<script type="application/ld+json">{"@type":"Article","datePublished":"2021-03-04",}</script>'))).toMatchObject({ published: null, updated: null });
  });

  test.each([['pt-BR', 'lang="pt_br"', ''], ['de', '', '<meta http-equiv="content-language" content="de, en">'], ['fr-CA', 'lang=""', '<meta property="og:locale" content="fr_CA">'], ['ja', 'lang="japanese"', '<script type="application/ld+json">{"@type":"Article","inLanguage":"ja"}</script>'], [null, '', '']])(
    'its language is %s',
    (expected, attributes, head) => {
      expect(read(page(head, attributes)).language).toBe(expected);
    },
  );

  test('tags, each once, at most fifty', () => {
    expect(read(page('<meta property="article:tag" content="Terns"><meta property="article:tag" content="Moles, northern"><meta name="keywords" content="terns, birds,, census">')).tags).toEqual(['Terns', 'Moles, northern', 'birds', 'census']);
    expect(read(page(`<meta name="keywords" content="${Array.from({ length: 90 }, (_, i) => `k${i}`).join(',')}">`)).tags).toHaveLength(50);
  });

  test('a title from the page, a heading, and at last the name of the file', () => {
    expect(read(page('<title>Terns late | The Shore</title><meta property="og:title" content="Terns late &amp; loud">')).title).toBe('Terns late & loud');
    expect(read(`<h1>Terns</h1>${body}`).title).toBe('Terns');
    expect(read(body).title).toBe('saved page');
  });

  test('title, author and date are not said again above the text', () => {
    const draft = read(`<html><head><meta property="og:title" content="Terns late"><meta name="author" content="Ada Lovelace"></head><body><div><p>Terns late!</p><p>By Ada Lovelace</p><p>Published: 4 March 2021, 10:00</p>${body}</div></body></html>`);
    expect(draft.paragraphs.map(({ text }) => text.slice(0, 9))).toEqual(['The count', 'The birds']);
  });
});

describe('pages as they are written', () => {
  const prose = 'The council has looked at three offers, and none of them came from a company that has an office in the county or has worked here before.';
  const texts = (html: string) => read(html).paragraphs.map(({ text }) => text);

  test.each([
    ['without body', `<!doctype html><html lang="en"><head><title>Offers</title></head><p>${prose}</p><p>${prose} Yet.</p></html>`],
    ['without head and body', `<!doctype html><html lang="en"><meta charset="utf-8"><title>Offers</title><p>${prose}</p><p>${prose} Yet.</p>`],
    ['without html', `<title>Offers</title><p>${prose}</p><p>${prose} Yet.</p>`],
    ['with html in a comment', `<!-- <html> --><p>${prose}</p><p>${prose} Yet.</p>`],
    ['in capitals', `<HTML><BODY><P>${prose}</P><P HIDDEN>Not seen.</P><P>${prose} Yet.</P></BODY></HTML>`],
    ['with something before the body', `<html><head><title>Offers</title></head><noscript><img src="x.gif"></noscript><body><p>${prose}</p><p>${prose} Yet.</p></body></html>`],
    ['with comments between words', `<body><div>${prose.replaceAll(', ', '<!-- -->, ')}</div><div>${prose}<!-- x --> Yet.</div></body>`],
    ['with entities for letters', `<body><div>${prose.replaceAll('e', '&#101;')}</div><div>${prose}&nbsp;Yet.</div></body>`],
  ])('%s', (_, html) => {
    expect(texts(html).map((text) => text.replace('\u00a0', ' '))).toEqual([prose, `${prose} Yet.`]);
  });
});

describe('hostile and broken pages', () => {
  test.each([
    ['a hundred thousand elements in each other', '<div>'.repeat(100_000), 'limit-exceeded'],
    ['a megabyte of <b>', '<b>'.repeat(350_000), 'limit-exceeded'],
    ['more elements than memory takes', '<p>x'.repeat(300_000), 'limit-exceeded'],
    ['nothing to read', '<html><head><title>T</title></head><body><img alt="a"></body></html>', null],
    ['an attribute of a megabyte', `<p class="${'related '.repeat(125_000)}" style="${' '.repeat(200_000)}">${'A word of it. '.repeat(30)}</p>`, null],
    ['three hundred elements in each other', `${'<div>'.repeat(300)}${'A word of it. '.repeat(100)}${'</div>'.repeat(300)}`, null],
    ['a megabyte of <', '<'.repeat(1_000_000), null],
    ['as many elements as there may be, side by side', '<br>'.repeat(199_000), null],
    ['thousands of attributes', `<img ${Array.from({ length: 20_000 }, (_, i) => `a${i}=1.jpg`).join(' ')}>`, null],
    ['thousands of lines that end in breaks', 'A word of it. <br>'.repeat(20_000), null],
    ['thousands of words in elements of their own', `<p>${'<span class="x">word</span> '.repeat(3_000)}</p>`, null],
    ['comments that never end', '<!--'.repeat(250_000), null],
    ['broken data, deeply', `<script type="application/ld+json">${'['.repeat(200_000)}</script>${body}`, null],
    ['thousands of breaks', `a${'<br>'.repeat(5_000)}`, null],
  ])('%s', (_, html, code) => {
    if (code !== null) expect(() => read(html)).toThrow(expect.objectContaining({ code }) as Error);
    else expect(read(html).title).not.toBe('');
  });

  test.each([
    ['a head that is not ended', '<html lang=x><head><title>Bees</title><p>PROSE'],
    ['a head that ends after text', '<html><head><title>Bees</title>PROSE</head><body></body></html>'],
    ['text in the head and the body', '<html><head><title>Bees</title><p>PROSE</p><meta name=a></head><body><p>PROSE</body>'],
  ])('%s: what cannot stand in it is text of the page', (_, html) => {
    const prose = 'Some prose, with commas, that goes on, and on, until it is long enough.';
    const draft = read(html.replaceAll('PROSE', prose));
    expect(draft.title).toBe('Bees');
    expect(draft.paragraphs.map(({ text }) => text)).toEqual(Array.from({ length: html.split('PROSE').length - 1 }, () => prose));
  });

  test('any markup is an article or a PilcrowError, with text on one line', () => {
    const piece = fc.constantFrom('<p>', '</p>', '<div class="related">', '</div>', '<article>', '<h1>', '</h1>', '<h2>', '<ul><li>', '<ol start=-1>', '<li value=x>', '<dl><dt>', '<dd>', '<table><tr>', '<th colspan=9>', '<td rowspan=3>', '</table>', '<pre>', '<br>', '<a href="#x">', '</a>', '<sup>', '<math>', '<body>', '<html lang=x>', '<head>', '<title>', '</title>', '<script type="application/ld+json">', '{"@type":"Article","author":', '</script>', '<meta property=og:title content=', '<link rel=canonical href=::>', '<!--', '-->', '&#0;', '&amp', '\u2028', '\n', '今天', 'word ', 'Some prose, with commas, that goes on, and on, until it is long enough. ', '<svg>', '<template>', '<select>', '<frameset>', '<p hidden>', ']]>', '<?xml version="1.0"?>', '<a/>');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        try {
          for (const { text, kind } of read(pieces.join('')).paragraphs) {
            expect(text.trim()).not.toBe('');
            if (kind !== 'code') expect(text).not.toMatch(/[\n\r\u2028]/);
          }
        } catch (error) {
          if (!(error instanceof PilcrowError)) throw error;
          expect(error.kind).toBe('input');
        }
      }),
      { numRuns: 300 },
    );
  });
});

// What Readability's own tests expect of saved pages; captions above the text, pointers and boxes are left out on purpose.
describe.skipIf(!existsSync(PAGES))('pages beside the project', () => {
  const tokens = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const f1 = (a: string[], b: string[]) => {
    const counts = new Map<string, number>();
    for (const token of b) counts.set(token, (counts.get(token) ?? 0) + 1);
    const hits = a.filter((token) => {
      const left = counts.get(token) ?? 0;
      counts.set(token, left - 1);
      return left > 0;
    });
    return (2 * hits.length) / (a.length + b.length);
  };

  test('are read with what they are about, and their titles', () => {
    const names = readdirSync(PAGES);
    const results = names.map((name) => {
      const file = (part: string) => readFileSync(join(PAGES, name, part), 'utf8');
      const { paragraphs, title } = read(file('source.html'));
      const sections = paragraphs.map(({ section }) => section ?? '').filter((section, i, all) => section !== all[i - 1]);
      const expected = tokens(lineOf(parseHtml(file('expected.html'), name).body));
      const { title: expectedTitle } = JSON.parse(file('expected-metadata.json')) as { title: string };
      return { f1: f1(tokens([...paragraphs.map(({ text }) => text), ...sections].join('\n')), expected), title: title === expectedTitle };
    });
    expect(results.reduce((sum, result) => sum + result.f1, 0) / names.length).toBeGreaterThanOrEqual(0.99);
    expect(results.filter(({ title }) => title).length / names.length).toBeGreaterThanOrEqual(0.95);
  });
});
