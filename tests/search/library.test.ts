import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loadModel, type Embedder } from '../../lib/embedding';
import { buildIndex, WriterLock } from '../../lib/index';
import { createEngine, MODES, type Engine } from '../../lib/search';
import { SAMPLE_QUESTIONS, useSampleIndex } from './sample-index';

const { engine, indexDir } = useSampleIndex();

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pilcrow-library-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe('of a result one is told', () => {
  test.each(MODES)('how well it answers, by what decides whether the question is answered (%s)', async (mode) => {
    for (const q of [...SAMPLE_QUESTIONS.slice(0, 12).map(({ question }) => question), 'how do I configure a kubernetes ingress?']) {
      const { answerable, results } = await engine().search({ q, mode });
      for (const { fit } of results) expect(fit).toBeGreaterThanOrEqual(0);
      for (const { fit } of results) expect(fit).toBeLessThanOrEqual(results[0]?.fit ?? 0);
      expect(results[0]?.fit ?? 0).toBeLessThanOrEqual(1);
      expect((results[0]?.fit ?? 0) >= 0.5).toBe(answerable);
    }
  });

  test('which of the question’s words it has, as they stand there', async () => {
    const { results } = await engine().search({ q: 'who repairs broken cables under the sea?' });
    expect(results[0]?.words).toContain('cable');
    for (const { words, passage, article } of results) {
      for (const word of words) expect(`${passage.text} ${article.title}`).toContain(word);
      expect(new Set(words).size).toBe(words.length);
    }
  });

  test('of a related passage what it shares, and how near it is', async () => {
    const { results: [first] } = await engine().search({ q: 'cables', k: 1 });
    const { results } = await engine().related(first!.passage.id);
    expect(results.some(({ words }) => words.length > 0)).toBe(true);
    for (const { words, fit } of results) {
      expect(words.length).toBeLessThanOrEqual(5);
      expect(fit).toBeGreaterThan(0);
      expect(fit).toBeLessThanOrEqual(1);
    }
  });

  test('filters that name nothing', async () => {
    const { unknownFilters, results } = await engine().search({ q: 'salt', author: ['Nobody'], tag: ['history'], source: ['articles'] });
    expect(unknownFilters).toEqual([{ name: 'author', value: 'Nobody' }]);
    expect(results).toEqual([]);
    expect((await engine().search({ q: 'salt' })).unknownFilters).toEqual([]);
  });
});

test('facets lead where they say', async () => {
  const all = await engine().facets();
  expect(all.articles).toBe(36);
  expect(all.source).toEqual([{ value: 'articles', label: 'articles', articles: 36 }]);
  for (const name of ['author', 'tag'] as const) {
    const [value] = all[name];
    const page = await engine().articles({ [name]: [value!.value] });
    expect(page.total).toBe(value!.articles);
    expect(page.unknownFilters).toEqual([]);
  }
  const chosen = await engine().facets({ tag: [all.tag[0]!.value] });
  expect(chosen.articles).toBe(all.tag[0]!.articles);
  expect(chosen.tag).toEqual(all.tag);
  await expect(engine().facets({ from: 'spring' })).rejects.toMatchObject({ code: 'filter-invalid' });
});

test('the library is a page of articles', async () => {
  const page = await engine().articles();
  expect(page).toMatchObject({ total: 36, page: 1, pages: 1, pageSize: 50, sort: 'newest', unknownFilters: [] });
  expect(page.articles.map(({ id }) => id)).toEqual((await engine().recentArticles(36)).map(({ id }) => id));
  expect(page.articles.every(({ words, passages }) => words > 300 && passages > 3)).toBe(true);
  expect(await engine().articles({ page: 2 })).toMatchObject({ articles: [], total: 36, page: 2, pages: 1 });
  expect((await engine().articles({ q: 'salt' })).articles.map(({ title }) => title)).toContain('The Pier That Fed on Salt');
  const titles = (await engine().articles({ sort: 'title' })).articles.map(({ title }) => title);
  expect(titles.slice(0, 3)).toEqual(['A Grain the Crown Could Count', 'A Padlock for Aquinas', 'Breakages at Unit Nine']);
});

test.each([
  [{ sort: 'shortest' }, 'usage', /^sort "shortest" is not one of newest/],
  [{ page: 0 }, 'usage', /^page 0 is less than 1/],
  [{ page: 1.5 }, 'usage', /^page 1.5 is not a whole number/],
  [{ q: 'x'.repeat(201) }, 'usage', /^q "x+…? has more than 200 characters/],
  [{ k: 3 }, 'usage', /^unknown parameter k/],
  [{ from: '2024', to: '2023' }, 'filter-invalid', /^from 2024 is after to 2023/],
])('a library request %j is refused', async (input, code, message) => {
  await expect(engine().articles(input as never)).rejects.toMatchObject({ code, message: expect.stringMatching(message) as string });
});

describe('example questions', () => {
  test('are answered by the index, each by another article', async () => {
    const questions = await engine().exampleQuestions(8);
    expect(questions).toHaveLength(8);
    const first = await Promise.all(questions.map((q) => engine().search({ q, k: 1 })));
    expect(first.filter(({ answerable }) => !answerable)).toEqual([]);
    expect(new Set(first.map(({ results: [result] }) => result?.article.id)).size).toBe(8);
    expect(questions.filter((text) => !text.endsWith('?'))).toEqual([]);
  });

  test('are the same again, and as many as there are articles at most', async () => {
    expect(await engine().exampleQuestions(8)).toEqual(await engine().exampleQuestions(8));
    const all = await engine().exampleQuestions(100);
    expect(all.length).toBeLessThanOrEqual(36);
    expect(new Set(all).size).toBe(all.length);
  });
});

/** An engine that tells how often its model was asked. */
function counting(directory: string): { engine: Engine; asked: () => number } {
  let asked = 0;
  const openEmbedder = async (spec: Parameters<typeof loadModel>[0]): Promise<Embedder> => {
    const model = await loadModel(spec);
    return new Proxy(model, {
      get(target, name) {
        if (name === 'embedQuestion') asked++;
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  };
  const made = createEngine({ indexDir: directory, openEmbedder });
  onTestFinished(() => made.close());
  return { engine: made, asked: () => asked };
}

describe('a question asked again', () => {
  test('is answered the same without the model', async () => {
    const { engine: own, asked } = counting(indexDir());
    const { took, ...first } = await own.search({ q: 'who mends cables?' });
    const { took: tookAgain, ...again } = await own.search({ q: ' who mends cables? ', k: 10 });
    expect(again).toEqual(first);
    expect(asked()).toBe(1);
    expect(tookAgain).toMatchObject({ embedMs: 0, retrieveMs: 0 });
    expect(tookAgain.totalMs).toBeLessThan(took.totalMs);
    await own.search({ q: 'who mends cables?', k: 9 });
    expect(asked()).toBe(2);
  });

  test('of another generation is asked anew', async () => {
    const folder = await emptyFolder();
    const articles = join(folder, 'articles');
    const directory = join(folder, 'index');
    await mkdir(articles);
    await writeFile(join(articles, 'one.txt'), 'Cables\n\nCables are mended by ships.\n');
    await buildIndex({ indexDir: directory, named: [articles], cwd: folder });
    const { engine: own, asked } = counting(directory);
    const first = await own.search({ q: 'who mends cables?' });
    expect((await own.facets()).articles).toBe(1);
    await writeFile(join(articles, 'two.txt'), 'Menders\n\nThe ships that mend cables are few.\n');
    await buildIndex({ indexDir: directory, named: [], cwd: folder });
    await expect.poll(async () => (await own.status()).articles).toBe(2);
    const second = await own.search({ q: 'who mends cables?' });
    expect(second.generation).not.toBe(first.generation);
    expect(second.results).toHaveLength(2);
    expect((await own.facets()).articles).toBe(2);
    expect(asked()).toBe(2);
  });
});

test('generations are listed, newest first', async () => {
  const listed = await engine().generations();
  expect(listed.map(({ id, current, articles }) => ({ id, current, articles }))).toEqual([{ id: (await engine().status()).generation, current: true, articles: 36 }]);
});

test('who is at work is told before there is an index', async () => {
  const folder = await emptyFolder();
  const directory = join(folder, 'index');
  const own = createEngine({ indexDir: directory, openEmbedder: loadModel });
  onTestFinished(() => own.close());
  expect(own.writer()).toBeNull();
  await expect(own.status()).rejects.toMatchObject({ code: 'index-missing' });
  await expect(own.generations()).rejects.toMatchObject({ code: 'index-missing' });
  const lock = await WriterLock.take(directory, { command: 'pilcrow index' });
  lock.tell({ phase: 'embedding', done: 0.4, etaMs: 9_000 });
  expect(own.writer()).toMatchObject({ pid: process.pid, command: 'pilcrow index', phase: 'embedding', done: 0.4, etaMs: 9_000 });
  lock.release();
  expect(own.writer()).toBeNull();
});
