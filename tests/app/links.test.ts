import { expect, test } from 'vitest';
import { articleHref, libraryPageHref, mapQuestionHref, outwardHref, placeOf, relatedHref, searchHref } from '../../app/links';
import type { Trail } from '../../app/trail';

test('addresses', () => {
  expect(articleHref('a-1')).toBe('/articles/a-1');
  expect(articleHref('a-1', 7)).toBe('/articles/a-1?p=7#p7');
  expect(articleHref('a/../b')).toBe('/articles/a%2F..%2Fb');
  expect(relatedHref('a-1.p7')).toBe('/passages/a-1.p7/related');
  expect(searchHref(new URLSearchParams({ q: 'a & b' }))).toBe('/?q=a+%26+b');
  expect(searchHref(new URLSearchParams())).toBe('/');
  expect(libraryPageHref(new URLSearchParams({ tag: 'salt & sea' }))).toBe('/library?tag=salt+%26+sea');
});

test('the way one came stands in every address but the library\'s, before the fragment', () => {
  const trail: Trail = [{ kind: 'ask', query: new URLSearchParams({ q: 'a' }) }, { kind: 'read', passage: 'a-1.p2' }];
  const via = 'via=ask%3Aq%3Da&via=read%3Aa-1.p2';
  expect(articleHref('b-2', 7, trail)).toBe(`/articles/b-2?p=7&${via}#p7`);
  expect(articleHref('b-2', undefined, trail)).toBe(`/articles/b-2?${via}`);
  expect(relatedHref('b-2.p7', trail)).toBe(`/passages/b-2.p7/related?${via}`);
  expect(searchHref(new URLSearchParams({ q: 'c' }), trail)).toBe(`/?q=c&${via}`);
  expect(mapQuestionHref(new URLSearchParams({ q: 'c' }), trail)).toBe(`/map?q=c&${via}`);
});

test.each([['a-1.p7', 'a-1', 7], ['odd.p2.p12', 'odd.p2', 12]])('%s is a place', (id, articleId, ordinal) => {
  expect(placeOf(id)).toEqual({ articleId, ordinal });
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
