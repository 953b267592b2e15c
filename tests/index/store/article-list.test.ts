import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Article } from '../../../lib/article';
import { PassageStore, type ArticleFilter } from '../../../lib/index/store/passage-store';
import { PassageWriter } from '../../../lib/index/store/passage-writer';
import type { ArticleList, ArticleOrder } from '../../../lib/index/store/article-list';

const NONE: ArticleFilter = { article: [], source: [], author: [], tag: [], language: [], from: null, to: null };
const LABELS = ['press', 'notes'];

const ARTICLES: Partial<Article>[] = [
  { id: 'salt', source: 'press/2023/salt.md', title: 'Salt and the Crown', author: 'Ana Pereira; Li Wei', published: '2023-05-01', language: 'en', tags: ['History', 'Food'] },
  { id: 'ecume', source: 'press/2023/ecume.md', title: 'Écume', author: 'ana pereira', published: '2023-07', language: 'fr', tags: ['food'] },
  { id: 'bees', source: 'press/2024/bees.md', title: 'bees', author: 'Ana Pereira', published: '2024-01-02T10:00:00Z', language: 'en-GB', tags: ['Food', 'Garden'] },
  { id: 'tokyo', source: 'press/loose.md', title: '新東京の橋', author: null, published: null, language: 'ja', tags: [] },
  { id: 'zoo', source: 'notes/zoo.md', title: '100% Zoo_keeping', author: 'Zora', published: '2022', language: 'en-US', tags: ['garden'] },
  { id: 'long', source: 'notes/long.md', title: '"Long" reads', author: 'Émile Côté', published: null, language: null, tags: ['Garden'] },
];

let folder: string;
let store: PassageStore;
let list: ArticleList;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pilcrow-test-'));
  const path = join(folder, 'passages.sqlite');
  const writer = PassageWriter.create(path);
  for (const [i, given] of ARTICLES.entries()) {
    const text = given.id === 'long' ? 'Many words. '.repeat(50).trim() : `Only some ${'more '.repeat(i)}words.`;
    const article: Article = { format: 'markdown', updated: null, url: null, paragraphs: [{ text, section: null, page: null }], ...given } as Article;
    writer.add(article, [{ id: `${article.id}.p1`, articleId: article.id, ordinal: 1, text, start: 0, end: text.length, section: null, page: null }]);
  }
  writer.complete();
  writer.finish();
  store = new PassageStore(path);
  list = store.articles;
});

afterAll(async () => {
  store.close();
  await rm(folder, { recursive: true, force: true });
});

function ids(words: string, order: ArticleOrder = 'newest', filter: Partial<ArticleFilter> = {}): string[] {
  return list.select({ filter: { ...NONE, ...filter }, words, order, offset: 0, limit: 50 }).articles.map(({ id }) => id);
}

describe('articles come', () => {
  test.each<[ArticleOrder, string[]]>([
    ['newest', ['bees', 'ecume', 'salt', 'zoo', 'long', 'tokyo']],
    ['oldest', ['zoo', 'salt', 'ecume', 'bees', 'tokyo', 'long']],
    ['title', ['zoo', 'bees', 'ecume', 'long', 'salt', 'tokyo']],
    ['author', ['bees', 'ecume', 'salt', 'long', 'zoo', 'tokyo']],
    ['longest', ['long', 'zoo', 'tokyo', 'bees', 'ecume', 'salt']],
  ])('by %s', (order, expected) => {
    expect(ids('', order)).toEqual(expected);
  });

  test('with what is known of them', () => {
    const { articles: [first], total } = list.select({ filter: NONE, words: 'salt', order: 'newest', offset: 0, limit: 50 });
    expect(total).toBe(1);
    expect(first).toEqual({ row: 0, id: 'salt', source: 'press/2023/salt.md', title: 'Salt and the Crown', author: 'Ana Pereira; Li Wei', published: '2023-05-01', language: 'en', url: null, tags: ['History', 'Food'], passages: 1, words: 3 });
  });

  test('a page at a time, with the number of all', () => {
    const page = (offset: number) => list.select({ filter: NONE, words: '', order: 'title', offset, limit: 4 });
    expect(page(0).articles.map(({ id }) => id)).toEqual(['zoo', 'bees', 'ecume', 'long']);
    expect(page(4)).toMatchObject({ articles: [{ id: 'salt' }, { id: 'tokyo' }], total: 6 });
    expect(page(8)).toEqual({ articles: [], total: 6 });
  });
});

test.each([
  ['the beginning of a word', 'cro', ['salt']],
  ['without accents or case', 'ECU', ['ecume']],
  ['every word, in title or author', 'per sal', ['salt']],
  ['no part that does not begin a word', 'alt', []],
  ['signs that mean something to SQL as nothing', '%', ['bees', 'ecume', 'salt', 'zoo', 'long', 'tokyo']],
  ['a sign inside', '100%', ['zoo']],
  ['quotes', `"long' OR 1=1`, []],
  ['an author with accents', 'cote', ['long']],
  ['what begins anywhere where there are no spaces', '東京', ['tokyo']],
])('finds %s', (_, words, expected) => {
  expect(ids(words)).toEqual(expected);
});

test('filters and words must both hold', () => {
  expect(ids('ana', 'newest', { source: ['press/2023/'], language: ['en'] })).toEqual(['salt']);
  expect(ids('', 'newest', { tag: ['FOOD'], from: '2023-06' })).toEqual(['bees', 'ecume']);
});

describe('facets', () => {
  const facets = (filter: Partial<ArticleFilter> = {}, most = 50) => list.facets({ ...NONE, ...filter }, LABELS, most);
  const counts = (values: { value: string; articles: number }[]) => values.map(({ value, articles }) => `${value} ${articles}`);

  test('count articles by value, greatest first', () => {
    const { articles, source, author, tag, language, year } = facets();
    expect(articles).toBe(6);
    expect(counts(source)).toEqual(['press 4', 'notes 2', 'press/2023 2', 'press/2024 1']);
    expect(author.map(({ label, articles: count }) => `${label} ${count}`)).toEqual(['Ana Pereira 3', 'Émile Côté 1', 'Li Wei 1', 'Zora 1']);
    expect(tag.map(({ label }) => label)).toEqual(['Food', 'Garden', 'History']);
    expect(counts(tag)).toEqual(['food 3', 'garden 3', 'history 1']);
    expect(counts(language)).toEqual(['en 3', 'en-gb 1', 'en-us 1', 'fr 1', 'ja 1']);
    expect(language.map(({ label }) => label)).toContain('en-GB');
    expect(counts(year)).toEqual(['2024 1', '2023 2', '2022 1']);
  });

  test('every value, given back as a filter, leaves as many as it says', () => {
    for (const name of ['source', 'author', 'tag', 'language'] as const) {
      for (const { value, articles } of facets()[name]) expect({ name, value, articles: ids('', 'newest', { [name]: [value] }).length }).toEqual({ name, value, articles });
    }
    for (const { value, articles } of facets().year) expect(ids('', 'newest', { from: value, to: value })).toHaveLength(articles);
  });

  test('a filter narrows the others, not itself', () => {
    const { articles, tag, author } = facets({ tag: ['food'] });
    expect(articles).toBe(3);
    expect(counts(tag)).toEqual(['food 3', 'garden 3', 'history 1']);
    expect(counts(author)).toEqual(['ana pereira 3', 'li wei 1']);
  });

  test('different filters narrow each other', () => {
    const { articles, tag, language } = facets({ tag: ['garden'], language: ['en'] });
    expect(articles).toBe(2);
    expect(counts(tag)).toEqual(['food 2', 'garden 2', 'history 1']);
    expect(counts(language)).toEqual(['en 2', 'en-gb 1', 'en-us 1']);
  });

  test('what is chosen stands there, however few there are', () => {
    const { tag, author, language, source, year } = facets({ tag: ['History'], author: ['Nobody Known'], language: ['pt'], source: ['press/2024/', 'notes/zoo.md'], from: '1999', to: '1999' }, 1);
    expect(tag.map(({ value }) => value)).toContain('history');
    expect(author).toContainEqual({ value: 'nobody known', label: 'Nobody Known', articles: 0 });
    expect(language).toContainEqual({ value: 'pt', label: 'pt', articles: 0 });
    expect(source.map(({ value }) => value)).toEqual(expect.arrayContaining(['press/2024', 'notes/zoo.md']));
    expect(year).toContainEqual({ value: '1999', label: '1999', articles: 0 });
  });
});

test('names what no article has', () => {
  const unknown = list.unknown({ ...NONE, article: ['salt', 'pepper'], source: ['press', 'press/2023/', 'pres', 'notes/zoo.md'], author: ['LI WEI', 'Li'], tag: ['FOOD', 'foot'], language: ['EN', 'en-gb', 'e', 'pt'] });
  expect(unknown.map(({ name, value }) => `${name} ${value}`)).toEqual(['article pepper', 'source pres', 'author Li', 'tag foot', 'language e', 'language pt']);
});
