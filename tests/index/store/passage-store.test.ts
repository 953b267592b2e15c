import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Article } from '../../../lib/article';
import { PassageStore, type ArticleFilter } from '../../../lib/index/store/passage-store';
import { PassageWriter } from '../../../lib/index/store/passage-writer';
import { RowSet } from '../../../lib/index/store/row-set';
import { bm25ByRow, temporaryFolder } from '../support';

const WORDS = ['river', 'stone', 'bridge', 'flood', 'winter', 'bee', 'queen', 'rye', 'dough', 'water'];

/** Each text an article of one passage. */
async function storeAndPath(articles: { title: string; text: string; tags?: string[] }[]): Promise<{ store: PassageStore; path: string }> {
  const path = join(await temporaryFolder(), 'passages.sqlite');
  const writer = PassageWriter.create(path);
  for (const [i, { title, text, tags = [] }] of articles.entries()) {
    const article: Article = {
      id: `a${i}`, source: `notes/${i}.txt`, format: 'txt', title, author: null, published: null, updated: null, language: null, url: null, tags,
      paragraphs: [{ text, section: null, page: null }],
    };
    writer.add(article, [{ id: `a${i}.p1`, articleId: article.id, ordinal: 1, text, start: 0, end: text.length, section: null, page: null }]);
  }
  writer.finish();
  const store = new PassageStore(path);
  onTestFinished(() => store.close());
  return { store, path };
}

async function storeOf(articles: { title: string; text: string; tags?: string[] }[]): Promise<PassageStore> {
  return (await storeAndPath(articles)).store;
}

function many(): Promise<{ store: PassageStore; path: string }> {
  const word = (n: number) => WORDS[n % WORDS.length] ?? '';
  return storeAndPath(Array.from({ length: 200 }, (_, i) => ({
    title: word(i * 7),
    text: Array.from({ length: 5 + (i % 11) }, (_, j) => word(i * i + j * j * (i % 3) + j)).join(' '),
    tags: i % 2 === 0 ? ['even'] : [],
  })));
}

const NO_FILTER: ArticleFilter = { article: [], source: [], author: [], tag: [], language: [], from: null, to: null };

describe('lexical matches', () => {
  const expression = '"river" OR "bee" OR "rye"';

  test('are the best by BM25 of the whole index, of all rows or among some', async () => {
    const { store, path } = await many();
    const bm25 = bm25ByRow(path, expression);
    expect(bm25.size).toBeGreaterThan(50);
    const best = (rows: readonly number[], limit: number) =>
      rows.flatMap((row) => bm25.get(row) ?? []).sort((a, b) => b - a).slice(0, limit).map((score) => score.toFixed(9));
    const everyRow = [...Array(200).keys()];
    fc.assert(
      fc.property(fc.option(fc.uniqueArray(fc.nat(199), { size: 'max', maxLength: 200 }), { nil: null }), fc.integer({ min: 1, max: 250 }), (rows, limit) => {
        const found = store.matchLexical(expression, limit, rows && RowSet.of(rows, 200));
        expect(found.map((row) => bm25.get(row)?.toFixed(9))).toEqual(best(rows ?? everyRow, limit));
        expect(new Set(found).size).toBe(found.length);
        for (const row of found) expect(rows ?? everyRow).toContain(row);
      }),
      { numRuns: 60 },
    );
  });

  test('are found in titles as in texts', async () => {
    const store = await storeOf([{ title: 'Harbour', text: 'ships lie still' }, { title: 'x', text: 'y z' }, { title: 'Ships', text: 'the harbour lies still' }]);
    expect(store.matchLexical('"harbour"', 5, null).sort()).toEqual([0, 2]);
    expect(store.matchLexical('"harbour"', 5, RowSet.of([1, 2], 3))).toEqual([2]);
  });
});

describe('rows', () => {
  test('of a phrase have its terms in order, in one column', async () => {
    const store = await storeOf([
      { title: 'Open source', text: 'nothing here' },
      { title: 'Open', text: 'source of the river' },
      { title: 'x', text: 'the open source community' },
      { title: 'x', text: 'source open' },
    ]);
    expect([...store.rowsWith('"open sourc"').toRows()]).toEqual([0, 2]);
  });

  test('of a beginning are counted as its document frequency', async () => {
    const store = await storeOf([{ title: 'x', text: '飲水' }, { title: 'x', text: '水曜日' }, { title: '水', text: 'y' }, { title: 'x', text: '火山' }]);
    expect([...store.rowsWith('"水" *').toRows()]).toEqual([0, 1, 2]);
    expect(store.documentFrequency('水', true)).toBe(3);
    expect(store.documentFrequency('火山')).toBe(1);
    expect(store.documentFrequency('nothing')).toBe(0);
  });

  test('of decimals are not those of their parts', async () => {
    const store = await storeOf([{ title: 'x', text: 'grew by 3.5%' }, { title: 'x', text: 'from 3 to 5' }]);
    expect([...store.rowsWith('"3.5"').toRows()]).toEqual([0]);
    expect(store.documentFrequency('3.5')).toBe(1);
  });

  test('that a filter lets pass are all those of its articles; without one there is no set', async () => {
    const { store } = await many();
    expect([...(store.rowsMatching({ ...NO_FILTER, tag: ['EVEN'] })?.toRows() ?? [])]).toEqual(Array.from({ length: 100 }, (_, i) => 2 * i));
    expect(store.rowsMatching(NO_FILTER)).toBeNull();
    expect(store.allRows().size).toBe(200);
  });
});
