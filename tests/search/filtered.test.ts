import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Article } from '../../lib/article';
import { termExpression } from '../../lib/index/store/expressions';
import type { Generation } from '../../lib/index';
import { PassageStore, type ArticleFilter } from '../../lib/index/store/passage-store';
import { PassageWriter } from '../../lib/index/store/passage-writer';
import { VectorIndex } from '../../lib/index/store/vectors';
import { lexicalQuery } from '../../lib/search/lexical-query';
import { parseQuestion } from '../../lib/search/question';
import { allowedRows, dense, lexical } from '../../lib/search/retrieve';
import { bm25ByRow, temporaryFolder } from '../index/support';

const DIMENSIONS = 8;
const COUNT = 4_000;
/** Every nth passage has the tag `n`. */
const TAGS = [2, 3, 20, 800, COUNT];
const NO_FILTER: ArticleFilter = { article: [], source: [], author: [], tag: [], language: [], from: null, to: null };

function unit(seed: number): Float32Array {
  const vector = Float32Array.from({ length: DIMENSIONS }, (_, i) => (Math.sin(seed * 12.9898 + i * 78.233) * 43_758.5453) % 1);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** A generation of made-up vectors and terms: what is asked of it needs no model. */
async function generationOf(): Promise<Pick<Generation, 'manifest' | 'store' | 'vectors'> & { close(): void; path: string }> {
  const folder = await temporaryFolder();
  const path = join(folder, 'passages.sqlite');
  const writer = PassageWriter.create(path);
  const made = VectorIndex.create(DIMENSIONS);
  for (let row = 0; row < COUNT; row++) {
    const text = `common ${row % 2 === 0 ? 'even' : 'odd'} ${row % 7 === 0 ? 'seventh wonder' : ''} n${row}`;
    const article: Article = {
      id: `a${row}`, source: `notes/${row}.txt`, format: 'txt', title: `t${row % 10}`, author: null, published: null, updated: null, language: null, url: null,
      tags: TAGS.filter((n) => row % n === 0).map(String), paragraphs: [{ text, section: null, page: null }],
    };
    writer.add(article, [{ id: `a${row}.p1`, articleId: article.id, ordinal: 1, text, start: 0, end: text.length, section: null, page: null }]);
    made.add(row, unit(row + 1));
  }
  writer.complete();
  writer.finish();
  made.save(join(folder, 'vectors.hnsw'));
  made.close();
  const store = new PassageStore(path);
  const vectors = await VectorIndex.open(join(folder, 'vectors.hnsw'), DIMENSIONS);
  const manifest = { counts: { articles: COUNT, passages: COUNT } } as Generation['manifest'];
  const close = () => {
    store.close();
    vectors.close();
  };
  return { manifest, store, vectors, close, path };
}

test('whatever a filter leaves, the best of it are found, by meaning and by words', async () => {
  const { close, path, ...parts } = await generationOf();
  const generation: Generation = { id: 'made-up', close, ...parts };
  const arbitraryQuestion = fc.constantFrom('common', 'even wonder', 'odd -wonder', '"seventh wonder"', 'common -t3 -"odd n5"', 'n8 n16');
  const tags = fc.option(fc.constantFrom(...TAGS).map(String), { nil: null });
  fc.assert(
    fc.property(arbitraryQuestion, tags, fc.integer({ min: 1, max: 5_000 }), fc.constantFrom(1, 10, 100), (q, tag, seed, count) => {
      const question = parseQuestion(q);
      const among = allowedRows(generation, { ...NO_FILTER, tag: tag === null ? [] : [tag] }, question);
      const allows = (row: number) =>
        (tag === null || row % Number(tag) === 0) &&
        (!q.includes('"seventh wonder"') || row % 7 === 0) &&
        !(q.includes('-wonder') && row % 7 === 0) &&
        !(q.includes('-t3') && (row % 10 === 3 || row === 5));
      const allowed = Array.from({ length: COUNT }, (_, row) => row).filter(allows);
      expect(among === null ? COUNT : among.size).toBe(allowed.length);

      const vector = unit(seed + 10_000);
      const near = dense(generation, vector, count, among);
      expect(near).toHaveLength(Math.min(count, allowed.length));
      expect(near.every(({ row }) => allows(row))).toBe(true);
      const exact = generation.vectors.searchAmong(vector, allowed, count);
      const found = new Set(near.map(({ row }) => row));
      // Approximate where much is left: then a rank or two may be missed, as without a filter.
      expect(exact.filter(({ row }) => found.has(row)).length).toBeGreaterThanOrEqual(allowed.length > 500 ? Math.floor(0.9 * near.length) : near.length);

      const words = lexicalQuery(question, generation);
      const expression = words.sought.map(termExpression).join(' OR ');
      const bm25 = bm25ByRow(path, expression);
      const matching = allowed.filter((row) => bm25.has(row));
      const best = matching.flatMap((row) => bm25.get(row) ?? []).sort((a, b) => b - a).slice(0, count);
      const ranked = expression === '' ? [] : generation.store.matchLexical(expression, count, among);
      expect(ranked.map((row) => bm25.get(row)?.toFixed(9))).toEqual(best.map((score) => score.toFixed(9)));
      expect(ranked.every(allows)).toBe(true);
      // Common words may be left out of the search, but never so that it finds fewer.
      const wordy = lexical(generation, words, count, among);
      expect(new Set(wordy).size).toBe(Math.min(count, matching.length));
      expect(wordy.every((row) => allows(row) && bm25.has(row))).toBe(true);
    }),
    { numRuns: 100 },
  );
  close();
});
