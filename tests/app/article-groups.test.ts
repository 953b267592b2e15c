import { expect, test } from 'vitest';
import { articleGroups } from '../../app/article-groups';
import type { ArticleSort, ListedArticle } from '../../lib/search';

function article(title: string, author: string | null = null, published: string | null = null): ListedArticle {
  return { id: title, title, author, published, url: null, source: 'a', language: null, tags: [], passages: 1, words: 1 };
}

const headings = (articles: ListedArticle[], sort: ArticleSort) => articleGroups(articles, sort).map(({ heading, articles: group }) => [heading, group.length]);

test('by date the years stand above their articles, and what has no date below that it has none', () => {
  const articles = [article('a', null, '2024-03-01T10:00:00Z'), article('b', null, '2024'), article('c', null, '2019-11'), article('d')];
  expect(headings(articles, 'newest')).toEqual([['2024', 2], ['2019', 1], ['No date', 1]]);
  expect(headings([...articles].reverse(), 'oldest')).toEqual([['No date', 1], ['2019', 1], ['2024', 2]]);
});

test('letters are those that the order goes by: without accents, quotation marks and case', () => {
  const articles = ['…', '1984', '2001', '“Ábaco”', 'apple', 'Über', 'مدينة'].map((title) => article(title));
  expect(headings(articles, 'title')).toEqual([['No letters', 1], ['0–9', 2], ['A', 2], ['U', 1], ['م', 1]]);
});

test('by author it is the author’s letter', () => {
  expect(headings([article('z', 'Ada Brook'), article('y', 'ann Lee'), article('x')], 'author')).toEqual([['A', 2], ['No author', 1]]);
});

test('by length there is nothing to stand below', () => {
  expect(headings([article('a', null, '2024'), article('b')], 'longest')).toEqual([[null, 2]]);
});

test('of no articles there are no groups', () => {
  expect(articleGroups([], 'title')).toEqual([]);
});
