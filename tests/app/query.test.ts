import { expect, test } from 'vitest';
import { chosenFilters, filtersInput, filtersOf, inputFromQuery, modeOf, queryFromPage, withFilter, withinArticle, withoutFilters, withoutParameters } from '../../app/query';

test('parameters that repeat become lists, others values', () => {
  expect(inputFromQuery(new URLSearchParams('q=a&tag=x&tag=y&source=s&article=i&k=3&perArticle=2'))).toEqual({
    q: 'a', tag: ['x', 'y'], source: ['s'], article: ['i'], k: '3', perArticle: '2',
  });
});

test('unknown parameters stay in for the schema to refuse', () => {
  expect(inputFromQuery(new URLSearchParams('q=a&colour=red'))).toEqual({ q: 'a', colour: 'red' });
});

test('a parameter given twice that may be given once is refused by name', () => {
  expect(() => inputFromQuery(new URLSearchParams('q=a&q=b'))).toThrow('q is given 2 times');
});

test('a page passes over empty fields and what is none of ours', () => {
  expect(String(queryFromPage({ q: 'a', from: '', tag: ['x', ' '], perArticle: '2', utm: 'y' }))).toBe('q=a&perArticle=2&tag=x');
});

test('a form shows the mode asked for, hybrid when it is none', () => {
  expect(['lexical', 'fuzzy', null].map((mode) => modeOf(new URLSearchParams(mode ? { mode } : {})))).toEqual(['lexical', 'hybrid', 'hybrid']);
});

test('the same question is asked of one article with all else kept but what limits it', () => {
  const query = new URLSearchParams('q=a&mode=dense&tag=x&article=other&perArticle=1&k=20');
  expect(String(withinArticle(query, 'this'))).toBe('q=a&mode=dense&tag=x&k=20&article=this');
});

test('filters are listed one by one', () => {
  expect(filtersOf(new URLSearchParams('q=a&tag=x&tag=y&from=2024&article=i'))).toEqual([
    { name: 'article', value: 'i' },
    { name: 'tag', value: 'x' },
    { name: 'tag', value: 'y' },
    { name: 'from', value: '2024' },
  ]);
});

test('a year is one filter, and from and to are it', () => {
  const query = new URLSearchParams('q=a&tag=x&from=2019&to=2019');
  expect(chosenFilters(query).map(({ name, value }) => `${name} ${value}`)).toEqual(['tag x', 'year 2019']);
  expect(String(withoutParameters(query, chosenFilters(query)[1]!.parameters))).toBe('q=a&tag=x');
  expect(chosenFilters(new URLSearchParams('from=2019&to=2020')).map(({ name }) => name)).toEqual(['from', 'to']);
});

test('a filter more or less keeps the question and starts with the usual number of passages', () => {
  const query = new URLSearchParams('q=a&mode=dense&tag=x&k=40&from=2019-02&to=2020');
  expect(String(withFilter(query, 'tag', 'y'))).toBe('q=a&mode=dense&tag=x&from=2019-02&to=2020&tag=y');
  expect(String(withFilter(query, 'year', '2021'))).toBe('q=a&mode=dense&tag=x&from=2021&to=2021');
  expect(String(withoutFilters(query))).toBe('q=a&mode=dense');
  expect(filtersInput(query)).toEqual({ tag: ['x'], from: '2019-02', to: '2020' });
});
