import { afterAll, beforeAll, expect, test } from 'vitest';
import { passagesIn, writeArticles } from '../../lib/benchmark/files';
import { indexing } from '../../lib/benchmark/indexing';
import { loadTokenizer, modelSpecSchema } from '../../lib/embedding';
import { prepareArticle, textMeasure } from '../../lib/index';
import { ARTICLES, failedChecks, testContext, type TestContext } from './support';

let context: TestContext;
beforeAll(async () => { context = await testContext(); });
afterAll(() => context.close());

const each = async function* () { yield* ARTICLES; };

test('files say what the articles say, whatever Markdown would make of it', async () => {
  const measure = textMeasure(await loadTokenizer(modelSpecSchema.parse({})));
  const folder = await context.scratch('files');
  expect(await writeArticles(each(), folder, Infinity, measure)).toHaveLength(ARTICLES.length);
  const read = await passagesIn(folder, measure);
  const cut = ARTICLES.map((article) => prepareArticle(article, article.source, measure).passages.map(({ text }) => text));
  expect(read.map((passages) => passages.map(({ sentences }) => sentences.join(' ')))).toEqual(cut);
  expect(read[0]?.[0]?.context).toContain('“what *stayed*”');
});

test('no more files are written than it takes, and none with a text that is there', async () => {
  const measure = textMeasure(await loadTokenizer(modelSpecSchema.parse({})));
  const folder = await context.scratch('few');
  const twice = async function* () { yield* [ARTICLES[0]!, ARTICLES[0]!, ARTICLES[1]!, ARTICLES[2]!]; };
  const ofFirst = prepareArticle(ARTICLES[0]!, 'a', measure).passages.length;
  expect(await writeArticles(twice(), folder, ofFirst + 1, measure)).toHaveLength(2);
});

test('first run, no change, one change: each does its work and is timed', async () => {
  const found = await indexing.run(context);
  expect(failedChecks(found)).toEqual([]);
  expect(found.figures.map(({ key, runs }) => [key, runs])).toEqual([['first', 1], ['first-rate', 1], ['embedding', 1], ['first-to-embedding', 1], ['unchanged', 2], ['changed', 2]]);
  for (const { value } of found.figures) expect(value).toBeGreaterThan(0);
  expect(context.steps).toEqual(expect.arrayContaining(['first run 1 of 1', 'one file has changed, 2 of 2']));
});

test('what a step throws ends the bench', async () => {
  const stopped = await testContext({ onStep: (label) => { if (label.startsWith('first run')) throw new Error('stopped'); } });
  try {
    await expect(indexing.run(stopped)).rejects.toThrow('stopped');
  } finally {
    await stopped.close();
  }
});
