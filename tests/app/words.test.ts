import { describe, expect, test } from 'vitest';
import { count, dateWords, matchedWords, sourceWords } from '../../app/words';

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

test.each([
  [['dense', 'lexical'] as const, 'meaning and words'],
  [['dense'] as const, 'meaning'],
  [['lexical'] as const, 'words'],
])('%o: found by %s', (matched, words) => {
  expect(matchedWords([...matched])).toBe(words);
});

describe('counts', () => {
  test('agree with their noun', () => expect([count(1, 'article'), count(0, 'article'), count(12_345, 'passage')]).toEqual(['1 article', '0 articles', '12,345 passages']));
});
