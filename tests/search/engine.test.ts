import { readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { loadModel } from '../../lib/embedding';
import { analyze, withWriterLock, type Fallback, type Manifest } from '../../lib/index';
import { createEngine, MODES, type SearchResult } from '../../lib/search';
import { contentTerms } from '../../lib/search/stop-words';
import { workspace, write } from '../index/support';
import { SAMPLE_QUESTIONS, useSampleIndex } from './sample-index';

const { engine, indexDir } = useSampleIndex();

function expectWellFormed(results: SearchResult[]): void {
  expect(results.map(({ rank }) => rank)).toEqual(results.map((_, i) => i + 1));
  expect(new Set(results.map(({ passage }) => passage.id)).size).toBe(results.length);
  for (const [i, { score, passage, article, evidence, matched }] of results.entries()) {
    expect(score).toBeLessThanOrEqual(results[i - 1]?.score ?? Infinity);
    expect(passage.id).toBe(`${article.id}.p${passage.ordinal}`);
    expect(passage.text.slice(evidence.start, evidence.end)).toBe(evidence.text);
    expect(evidence.text).not.toBe('');
    expect(matched.length).toBeGreaterThan(0);
  }
}

describe('questions that share no content word with their answer', () => {
  test('really share none, in text or title', async () => {
    for (const { question, contains } of SAMPLE_QUESTIONS) {
      const { results } = await engine().search({ q: contains, mode: 'lexical', k: 1 });
      const answer = results[0];
      expect(answer?.passage.text, question).toContain(contains);
      const theirs = new Set(analyze(`${answer?.article.title ?? ''} ${answer?.passage.text ?? ''}`));
      expect(contentTerms(question).filter(({ term }) => theirs.has(term)), question).toEqual([]);
    }
  });

  // Words can only mislead here: hybrid does well to be hardly worse than meaning alone.
  test.each([
    ['dense', 1, 0.85],
    ['hybrid', 1, 0.8],
    ['hybrid', 2, 0.9],
  ] as const)('find it, in mode %s, within the first %i for a share of %f', async (mode, within, share) => {
    const missed: string[] = [];
    for (const { question, contains } of SAMPLE_QUESTIONS) {
      const { results } = await engine().search({ q: question, mode });
      const rank = results.findIndex(({ passage }) => passage.text.includes(contains)) + 1;
      if (rank === 0 || rank > within) missed.push(`${question} (${rank === 0 ? 'not among ten' : `rank ${rank}`}, first: ${results[0]?.passage.text.slice(0, 80) ?? ''})`);
    }
    expect(SAMPLE_QUESTIONS.length).toBeGreaterThanOrEqual(20);
    expect(1 - missed.length / SAMPLE_QUESTIONS.length, missed.join('\n')).toBeGreaterThanOrEqual(share);
  });
});

describe('search', () => {
  test.each(MODES)('answers in mode %s with ranked, well-formed results', async (mode) => {
    const response = await engine().search({ q: 'Where did Schmidt look for the eel larvae?', mode });
    expect(response).toMatchObject({ query: 'Where did Schmidt look for the eel larvae?', mode, answerable: true });
    expect(response.results[0]?.article.id).toMatch(/^eel-river-/);
    expectWellFormed(response.results);
    if (mode !== 'hybrid') expect(response.results.every(({ matched }) => matched.join() === mode)).toBe(true);
  });

  test('is found by meaning and by words, and says so', async () => {
    const { results } = await engine().search({ q: 'Johannes Schmidt towed nets for eel larvae' });
    expect(results[0]?.matched).toEqual(['dense', 'lexical']);
  });

  test.each([1, 7, 100])('gives as many results as asked for: %i', async (k) => {
    const { results } = await engine().search({ q: 'a journey by train at night', k });
    expect(results.length).toBeLessThanOrEqual(k);
    expect(results.length).toBeGreaterThanOrEqual(Math.min(k, 90));
    expectWellFormed(results);
  });

  test('folds a syndicated paragraph into one result that names both articles', async () => {
    const { results } = await engine().search({ q: 'laboratory catches olive oil cut with cheap seed oil', k: 20, perArticle: 100 });
    const oil = results.filter(({ article }) => /^(oil-laboratory|green-gold)/.test(article.id));
    const folded = oil.filter(({ alsoIn }) => alsoIn.length > 0);
    expect(folded.length).toBeGreaterThanOrEqual(5);
    for (const { article, alsoIn } of folded) {
      expect(alsoIn).toHaveLength(1);
      expect(alsoIn[0]?.article.id).not.toBe(article.id);
      expect(alsoIn[0]?.article.id).toMatch(/^(oil-laboratory|green-gold)/);
    }
  });

  test('marks the sentence that answers', async () => {
    const { results } = await engine().search({ q: 'How tiny were the youngest creatures in his nets?' });
    const answer = results.find(({ passage }) => passage.text.includes('Johannes Schmidt thought otherwise'));
    expect(answer?.evidence.text).toBe('His smallest larvae were about five millimetres long.');
  });

  test('says so when nothing answers', async () => {
    const { answerable } = await engine().search({ q: 'kubernetes ingress controller yaml indentation' });
    expect(answerable).toBe(false);
  });

  test.each(['"', '*', 'AND OR NOT', 'title:x', '(', 'NEAR(a b)', '-', '😀', "'; DROP TABLE passages; --", '\u0000x', '?'])('takes any punctuation: %j', async (q) => {
    for (const mode of MODES) expectWellFormed((await engine().search({ q, mode })).results);
  });

  test('gives nothing by words for a question without words', async () => {
    expect(await engine().search({ q: '?!', mode: 'lexical' })).toMatchObject({ results: [], answerable: false });
  });

  test('refuses a question that the model cannot take whole', async () => {
    await expect(engine().search({ q: '猫'.repeat(600) })).rejects.toMatchObject({ code: 'query-too-long' });
  });
});

/** How many of each article. */
function byArticle(results: SearchResult[]): number[] {
  const counts = new Map<string, number>();
  for (const { article } of results) counts.set(article.id, (counts.get(article.id) ?? 0) + 1);
  return [...counts.values()];
}

describe('one article does not fill the page', () => {
  const EELS = 'where eels spawn and what becomes of their larvae';

  test.each(MODES)('at most three are of one where that is the limit, and how many more there are is said, in mode %s', async (mode) => {
    const { results } = await engine().search({ q: EELS, mode, perArticle: 3 });
    expect(results).toHaveLength(10);
    expect(Math.max(...byArticle(results))).toBe(3);
    const { results: unlimited } = await engine().search({ q: EELS, mode, perArticle: 100, k: 100 });
    const last = results.at(-1)?.score ?? 0;
    for (const { article, moreInArticle } of results) {
      const above = unlimited.filter((other) => other.article.id === article.id && other.score >= last).length;
      expect(moreInArticle).toBe(Math.max(0, above - 3));
    }
    expect(results.some(({ moreInArticle }) => moreInArticle > 0)).toBe(true);
  });

  test.each(MODES)('by default more than three are of one only where others have nothing near, in mode %s', async (mode) => {
    for (const q of [EELS, 'a night on the train', 'who decides the price of food?']) {
      const { results } = await engine().search({ q, mode });
      const shown = new Set(results.map(({ passage }) => passage.id));
      const { results: all } = await engine().search({ q, mode, perArticle: 100, k: 100 });
      const countOf = (id: string) => results.filter(({ article }) => article.id === id).length;
      const bestOfOthers = all.find(({ passage, article }) => !shown.has(passage.id) && countOf(article.id) < 3)?.score ?? 0;
      for (const [i, { article, score }] of results.entries()) {
        const before = results.slice(0, i).filter((other) => other.article.id === article.id).length;
        if (before >= 3) expect(bestOfOthers, q).toBeLessThan(0.8 * score);
      }
    }
  });

  test('the default gives way before the page is short', async () => {
    const { results } = await engine().search({ q: EELS, source: ['articles/eel-river.md', 'articles/sleeper-sums.md'] });
    expect(results).toHaveLength(10);
    expect(Math.max(...byArticle(results))).toBeGreaterThan(3);
    expectWellFormed(results);
  });

  test('a limit that is asked for does not', async () => {
    const { results } = await engine().search({ q: EELS, k: 100, perArticle: 1 });
    expect(byArticle(results).every((count) => count === 1)).toBe(true);
    expect(results.length).toBeGreaterThan(30);
    expectWellFormed(results);
  });

  test('the rest is found by asking within the article', async () => {
    const { results: [first] } = await engine().search({ q: EELS });
    const { results } = await engine().search({ q: EELS, article: [first?.article.id ?? ''] });
    expect(byArticle(results)).toEqual([10]);
    expect(results.every(({ moreInArticle }) => moreInArticle === 0)).toBe(true);
  });

  test('also among several articles that are named', async () => {
    const { results } = await engine().search({ q: EELS, k: 30 });
    const ids = [...new Set(results.map(({ article }) => article.id))].slice(0, 2);
    const within = await engine().search({ q: EELS, article: ids, perArticle: 2 });
    expect(byArticle(within.results)).toEqual([2, 2]);
    expect(new Set(within.results.map(({ article }) => article.id))).toEqual(new Set(ids));
  });
});

describe('filters', () => {
  const ask = async (filters: object) => (await engine().search({ q: 'a night on the train', k: 50, ...filters })).results;

  test('by source take in all below it', async () => {
    expect((await ask({ source: ['articles/sleeper-sums.md'] })).every(({ article }) => article.source === 'articles/sleeper-sums.md')).toBe(true);
    expect((await ask({ source: ['articles/'] })).length).toBe(50);
    expect(await ask({ source: ['artic'] })).toEqual([]);
  });

  test('by author whatever the case, and by any of several', async () => {
    const results = await ask({ author: ['desmond OKPARAEKE', 'Ignacio Belloqui'] });
    expect(new Set(results.map(({ article }) => article.author))).toEqual(new Set(['Desmond Okparaeke', 'Ignacio Belloqui']));
  });

  test('by tag and dates together', async () => {
    const results = await ask({ tag: ['sport'], from: '2018', to: '2018-07' });
    expect(results.length).toBeGreaterThan(0);
    expect(results.every(({ article }) => /^2018-0[1-7]/.test(article.published ?? ''))).toBe(true);
  });

  test('a last day that is a year takes in all of it', async () => {
    const years = (await ask({ from: '2022', to: '2022' })).map(({ article }) => article.published?.slice(0, 4));
    expect(new Set(years)).toEqual(new Set(['2022']));
  });

  test.each(MODES)('leave nothing out that they let pass, in mode %s', async (mode) => {
    const results = await ask({ mode, source: ['articles/eel-river.md'], q: 'the eel and the river and the sea' });
    expect(results.length).toBeGreaterThan(mode === 'lexical' ? 5 : 8);
  });

  test('that nothing passes give no result, not an error', async () => {
    expect(await engine().search({ q: 'eels', author: ['nobody'] })).toMatchObject({ results: [], answerable: false });
    expect(await engine().search({ q: 'eels', article: ['nothing', "x' OR '1'='1"] })).toMatchObject({ results: [], answerable: false });
  });
});

describe('related', () => {
  test('gives passages on the subject from other articles', async () => {
    const { results } = await engine().search({ q: 'what a street tree is worth in a hot city', k: 1 });
    const passage = results[0]?.passage.id ?? '';
    const related = await engine().related(passage, { k: 8 });
    expect(related.passage.id).toBe(passage);
    expect(related.results).toHaveLength(8);
    expectWellFormed(related.results);
    expect(related.results.some(({ article }) => article.id === related.article.id)).toBe(false);
  });

  test('gives one passage of each article, more where there are no others, and as many as asked for', async () => {
    const { results: [eel] } = await engine().search({ q: 'where eels spawn', k: 1 });
    const id = eel?.passage.id ?? '';
    expect(byArticle((await engine().related(id)).results)).toEqual([1, 1, 1, 1, 1]);
    expect((await engine().related(id, { k: 60 })).results).toHaveLength(60);
    expect((await engine().related(id, { k: 60, perArticle: 1 })).results).toHaveLength(35);
    const { results } = await engine().related(id, { k: 20, perArticle: 4 });
    expect(Math.max(...byArticle(results))).toBeLessThanOrEqual(4);
    expect(byArticle(results).length).toBeLessThan(20);
    expectWellFormed(results);
  });

  test('keeps the other print of the same paragraph out of the results and names it', async () => {
    const { results } = await engine().search({ q: 'laboratory olive oil', k: 20 });
    const folded = results.find(({ alsoIn }) => alsoIn.length > 0);
    const related = await engine().related(folded?.passage.id ?? '');
    expect(related.alsoIn.map(({ passage }) => passage.id)).toContain(folded?.alsoIn[0]?.passage.id);
    expect(related.results.map(({ passage }) => passage.id)).not.toContain(folded?.alsoIn[0]?.passage.id);
  });

  test('keeps to the articles that pass the filters, of one article as many passages as asked for', async () => {
    const { results: [eel] } = await engine().search({ q: 'where eels spawn', k: 1 });
    const id = eel?.passage.id ?? '';
    const [first] = (await engine().related(id)).results;
    expect(first?.moreInArticle).toBeGreaterThan(0);
    const within = await engine().related(id, { article: [first?.article.id ?? ''] });
    expect(within.results[0]?.passage.id).toBe(first?.passage.id);
    expect(byArticle(within.results)).toEqual([5]);
    expectWellFormed(within.results);
    const tagged = await engine().related(id, { tag: ['food'], k: 30 });
    expect(tagged.results).toHaveLength(30);
    expect(new Set(await Promise.all(tagged.results.map(async ({ article }) => (await engine().article(article.id)).article.tags.includes('food'))))).toEqual(new Set([true]));
    // Its own article stays out even where it is the one that was chosen.
    expect((await engine().related(id, { article: [eel?.article.id ?? ''] })).results).toEqual([]);
    expect((await engine().related(id, { author: ['Nobody At All'] }))).toMatchObject({ results: [], unknownFilters: [{ name: 'author', value: 'Nobody At All' }] });
    await expect(engine().related(id, { from: '2024', to: '2020' })).rejects.toMatchObject({ code: 'filter-invalid' });
  });

  test.each(['', 'nothing', 'nothing.p1', 'eel-river.p0', '../../etc/passwd', "x'; DROP TABLE passages"])('refuses an unknown passage: %j', async (id) => {
    await expect(engine().related(id)).rejects.toMatchObject({ code: 'passage-not-found', kind: 'missing' });
  });
});

describe('article', () => {
  test('lays out every paragraph whole, cut only where passages begin', async () => {
    const { results } = await engine().search({ q: 'eels in the Sargasso', k: 1 });
    const view = await engine().article(results[0]?.article.id ?? '');
    expect(view.paragraphs.map(({ parts }) => parts.map(({ text }) => text).join(''))).toEqual(view.article.paragraphs.map(({ text }) => text));
    const ordinals = view.paragraphs.flatMap(({ parts }) => parts.map(({ ordinal }) => ordinal));
    expect(new Set(ordinals)).toEqual(new Set(view.passages.map(({ ordinal }) => ordinal)));
    expect([...ordinals].sort((a, b) => a - b)).toEqual(ordinals);
  });

  test('refuses an unknown id', async () => {
    await expect(engine().article('nothing')).rejects.toMatchObject({ code: 'article-not-found', kind: 'missing' });
  });
});

test('status tells counts, model and sizes', async () => {
  const status = await engine().status();
  expect(status).toMatchObject({ articles: 36, model: { id: 'all-MiniLM-L6-v2', dimensions: 384 }, sources: [{ label: 'articles' }] });
  expect(status.passages).toBeGreaterThan(300);
  expect(status.bytes.total).toBeGreaterThanOrEqual(status.bytes.passages + status.bytes.vectors);
});

test('recent articles come newest first', async () => {
  const dates = (await engine().recentArticles(36)).map(({ published }) => published ?? '');
  expect(dates).toHaveLength(36);
  expect([...dates].sort().reverse()).toEqual(dates);
});

test('status tells who is changing the index, and how far they are', async () => {
  expect(await engine().status()).toMatchObject({ writer: null, fallback: null });
  await withWriterLock(indexDir(), { command: 'pilcrow index' }, async (lock) => {
    const who = { pid: process.pid, host: hostname(), command: 'pilcrow index', since: expect.stringMatching(/Z$/) as string };
    expect((await engine().status()).writer).toEqual({ ...who, phase: null, done: 0, etaMs: null });
    lock.tell({ phase: 'embedding', done: 0.41, etaMs: 12_000 });
    expect((await engine().status()).writer).toEqual({ ...who, phase: 'embedding', done: 0.41, etaMs: 12_000 });
  });
  expect((await engine().status()).writer).toBeNull();
});

describe('an index made with another version of the model', () => {
  /** Two generations, and an engine that counts how often it opens a model. */
  async function twoGenerations() {
    const { articles, indexDir, build } = await workspace();
    const older = (await build()).generation ?? '';
    await write(articles, { 'lamp.txt': 'The lamp\nA lamp burned in the window of the lighthouse keeper until the morning came.' });
    const newer = (await build()).generation ?? '';
    const openEmbedder = vi.fn(loadModel);
    const told: (Fallback | null)[] = [];
    const open = () => {
      const opened = createEngine({ indexDir, openEmbedder, onFallback: (fallback) => { told.push(fallback); } });
      onTestFinished(() => opened.close());
      return opened;
    };
    return { indexDir, older, newer, openEmbedder, told, open };
  }

  async function spoilModel(indexDir: string, id: string): Promise<void> {
    const path = join(indexDir, 'generations', id, 'manifest.json');
    const manifest = JSON.parse(await readFile(path, 'utf8')) as Manifest;
    await writeFile(path, JSON.stringify({ ...manifest, model: { ...manifest.model, hash: '0'.repeat(64) } }));
  }

  test('gives way to the newest generation of the model that is there', async () => {
    const { indexDir, older, newer, openEmbedder, told, open } = await twoGenerations();
    await spoilModel(indexDir, newer);
    const other = open();
    const answers = await Promise.all(['bees', 'bread', 'bridges'].map((q) => other.search({ q })));
    expect(new Set(answers.map(({ generation }) => generation))).toEqual(new Set([older]));
    expect((await other.search({ q: 'rye dough', mode: 'lexical' })).generation).toBe(older);
    const status = await other.status();
    expect(status).toMatchObject({ generation: older, articles: 3, fallback: { generation: newer, code: 'index-model' } });
    expect(told).toEqual([{ ...status.fallback, served: older }]);
    // The one that is wrong, and the one that is right.
    expect(openEmbedder).toHaveBeenCalledTimes(2);
  });

  test('is refused when there is no other, and can still be searched by words', async () => {
    const { indexDir, older, newer, open } = await twoGenerations();
    await spoilModel(indexDir, older);
    await spoilModel(indexDir, newer);
    const other = open();
    for (let i = 0; i < 2; i++) {
      await expect(other.search({ q: 'bees' })).rejects.toMatchObject({ code: 'index-model', kind: 'unavailable', message: expect.stringContaining(newer) as string });
    }
    expect(await other.search({ q: 'lighthouse', mode: 'lexical' })).toMatchObject({ generation: newer, results: [{ rank: 1 }] });
    expect(await other.status()).toMatchObject({ generation: newer, fallback: null });
  });
});
