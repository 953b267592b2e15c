import { expect, test } from 'vitest';
import { type Citation, citationAs } from '../../app/citation';

const ORIGIN = 'http://127.0.0.1:3000';
const PLAIN: Citation = {
  text: 'The pilots went out on foot.\n\nNobody had ordered it.',
  title: 'The winter the pilots walked',
  author: 'Ines Karlsen',
  date: '14 February 2021',
  ordinal: 7,
  page: null,
  url: 'https://www.harbour.example/pilots',
  href: '/articles/pilots-1?p=7#p7',
};

test('a quotation is Markdown with its source', () => {
  expect(citationAs('quotation', PLAIN, ORIGIN)).toBe(
    '> The pilots went out on foot.\n>\n> Nobody had ordered it.\n\n— Ines Karlsen, [The winter the pilots walked](https://www.harbour.example/pilots), 14 February 2021, ¶ 7\n',
  );
});

test('plain text names it in words, the address below', () => {
  expect(citationAs('text', PLAIN, ORIGIN)).toBe(
    'The pilots went out on foot.\n\nNobody had ordered it.\n\n— Ines Karlsen, “The winter the pilots walked”, 14 February 2021, ¶ 7\nhttps://www.harbour.example/pilots\n',
  );
});

test('of a document with pages its page is cited', () => {
  expect(citationAs('quotation', { ...PLAIN, page: 12 }, ORIGIN)).toContain('14 February 2021, p. 12, ¶ 7\n');
  expect(citationAs('text', { ...PLAIN, page: 12 }, ORIGIN)).toContain('14 February 2021, p. 12, ¶ 7\n');
});

test('a link is the passage in this app', () => {
  expect(citationAs('link', PLAIN, ORIGIN)).toBe('http://127.0.0.1:3000/articles/pilots-1?p=7#p7');
});

test.each([null, 'javascript:alert(1)'])('without an address of its own (%s) the article is cited by this app', (url) => {
  const bare = { ...PLAIN, url, author: null, date: null };
  expect(citationAs('quotation', bare, ORIGIN)).toContain('\n— [The winter the pilots walked](http://127.0.0.1:3000/articles/pilots-1?p=7#p7), ¶ 7\n');
  expect(citationAs('text', bare, ORIGIN)).toContain('\n— “The winter the pilots walked”, ¶ 7\nhttp://127.0.0.1:3000/articles/pilots-1?p=7#p7\n');
});

test('nothing in title, author, address or text is Markdown', () => {
  const hostile: Citation = {
    text: '# No heading\n1. no list\n- none\n<script>&amp; *none* `none` [none](x) ![none](y)',
    title: 'A](javascript:x) **bold**\n# <b>',
    author: '_A_ [b]',
    date: null,
    ordinal: 1,
    page: null,
    url: 'https://a.example/x_(y)) "z"',
    href: '/articles/a',
  };
  expect(citationAs('quotation', hostile, ORIGIN).split('\n')).toEqual([
    String.raw`> \# No heading`,
    String.raw`> 1\. no list`,
    String.raw`> \- none`,
    String.raw`> \<script\>\&amp; \*none\* ${'\\`none\\`'} \[none\](x) !\[none\](y)`,
    '',
    String.raw`— \_A\_ \[b\], [A\](javascript:x) \*\*bold\*\* # \<b\>](https://a.example/x_%28y%29%29%20%22z%22), ¶ 1`,
    '',
  ]);
});
