import { describe, expect, test } from 'vitest';
import { authorWords, count, dateWords, fitWords, languageWords, nearnessWords, progressWords, sourceWords } from '../../app/words';

test.each([
  ['2024', '2024'],
  ['2024-03', 'March 2024'],
  ['2024-03-09', '9 March 2024'],
  ['2024-03-09T23:30:00-08:00', '9 March 2024'],
  ['2024-13-45', '2024-13-45'],
  ['last spring', 'last spring'],
])('the date %s reads %s', (published, words) => {
  expect(dateWords(published)).toBe(words);
});

test.each([
  [{ url: 'https://www.paper.example/a/b', source: 'articles/a.md' }, 'paper.example'],
  [{ url: null, source: 'articles/a.md' }, 'articles/a.md'],
  [{ url: 'javascript:alert(1)', source: 'articles/a.md' }, 'articles/a.md'],
  [{ url: 'not a url', source: 'articles/a.md' }, 'articles/a.md'],
])('%o is from %s', (article, words) => {
  expect(sourceWords(article)).toBe(words);
});

test('what counts as an answer has four marks or five, and what does not has fewer', () => {
  expect([0, 0.15, 0.49, 0.5, 0.7, 1].map((fit) => fitWords(fit))).toEqual([
    { marks: 1, words: 'barely fits' },
    { marks: 2, words: 'fits a little' },
    { marks: 3, words: 'fits somewhat' },
    { marks: 4, words: 'fits' },
    { marks: 5, words: 'fits well' },
    { marks: 5, words: 'fits well' },
  ]);
  expect([0, 0.4, 0.9].map((fit) => nearnessWords(fit).words)).toEqual(['far off', 'fairly close', 'very close']);
});

test('of many authors the first is named', () => {
  expect(['Ada', 'A; B; C', 'A; B; C; D', '; A;;B;C;D;'].map(authorWords)).toEqual(['Ada', 'A; B; C', 'A and 3 others', 'A and 3 others']);
});

test.each([['de', 'German'], ['en-GB', 'British English'], ['zz_!', 'zz_!'], ['nothing', 'nothing']])('the language %s is %s', (code, words) => {
  expect(languageWords(code)).toBe(words);
});

test.each([
  [{ done: 0.439, etaMs: 118_000 }, '43 %, about 2 minutes left'],
  [{ done: 0.99, etaMs: 65_000 }, '99 %, about 1 minute left'],
  [{ done: 0.5, etaMs: 20_000 }, '50 %, less than a minute left'],
  [{ done: 0, etaMs: null }, '0 %'],
])('%o reads %s', (progress, words) => {
  expect(progressWords(progress)).toBe(words);
});

describe('counts', () => {
  test('agree with their noun', () => expect([count(1, 'article'), count(0, 'article'), count(12_345, 'passage')]).toEqual(['1 article', '0 articles', '12,345 passages']));
});
