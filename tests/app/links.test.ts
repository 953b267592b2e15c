import { expect, test } from 'vitest';
import { articleHref, outwardHref, relatedHref, searchHref } from '../../app/links';

test('addresses', () => {
  expect(articleHref('a-1')).toBe('/articles/a-1');
  expect(articleHref('a-1', 7)).toBe('/articles/a-1?p=7#p7');
  expect(articleHref('a/../b')).toBe('/articles/a%2F..%2Fb');
  expect(relatedHref('a-1.p7')).toBe('/passages/a-1.p7/related');
  expect(searchHref(new URLSearchParams({ q: 'a & b' }))).toBe('/?q=a+%26+b');
  expect(searchHref(new URLSearchParams())).toBe('/');
});

test.each([
  ['https://paper.example/a', 'https://paper.example/a'],
  ['http://paper.example', 'http://paper.example/'],
  ['javascript:alert(1)', null],
  ['JavaScript:alert(1)', null],
  ['data:text/html,<script>', null],
  ['file:///etc/passwd', null],
  ['//paper.example', null],
  ['/a', null],
  ['', null],
  [null, null],
])('%s leads out to %s', (url, href) => {
  expect(outwardHref(url)).toBe(href);
});
