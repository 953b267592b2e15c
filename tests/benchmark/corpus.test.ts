import { afterAll, describe, expect, test } from 'vitest';
import { LocalContext, type ContextOptions } from '../../lib/benchmark/context';
import { openCorpus, partOf } from '../../lib/benchmark/corpus';
import { modelSpecSchema } from '../../lib/embedding';
import { DOCUMENTS, jsonl, QUERIES } from '../evaluation/support';
import { Workspace } from '../scripts/cli';

const workspace = new Workspace();
afterAll(() => { workspace.remove(); });
const corpusFile = workspace.write('beir/corpus.jsonl', jsonl(DOCUMENTS));
workspace.write('beir/queries.jsonl', jsonl(QUERIES));
const spec = modelSpecSchema.parse({});

async function ids(articles: AsyncIterable<{ id: string }>): Promise<string[]> {
  const found: string[] = [];
  for await (const { id } of articles) found.push(id);
  return found;
}

const options = (more: Partial<ContextOptions>): ContextOptions => ({ seed: 1, quick: true, onStep: () => undefined, onWarning: () => undefined, ...more });

describe('a corpus', () => {
  test('of a BEIR folder has its documents, as often as asked, and its questions', async () => {
    const corpus = await openCorpus(workspace.at('beir'));
    expect(await ids(corpus.articles())).toEqual(DOCUMENTS.map(({ _id }) => _id));
    expect(await ids(corpus.articles())).toHaveLength(DOCUMENTS.length);
    expect(corpus.questions).toBe(workspace.at('beir', 'queries.jsonl'));
  });

  test('of a file has no questions', async () => {
    expect(await openCorpus(corpusFile)).toMatchObject({ label: 'corpus.jsonl', questions: null });
  });

  test('that is not there, or has none, is told', async () => {
    await expect(openCorpus(workspace.at('none'))).rejects.toMatchObject({ code: 'dataset-not-found' });
    workspace.write('other/readme.txt', 'x');
    await expect(openCorpus(workspace.at('other'))).rejects.toMatchObject({ code: 'dataset-not-found', message: expect.stringContaining('lacks corpus.jsonl') as string });
    await expect(openCorpus(workspace.write('empty.jsonl', '\n'))).rejects.toMatchObject({ code: 'nothing-to-index' });
  });

  test('a part of it has as many passages as wanted, in its order, the same for a seed', async () => {
    const corpus = await openCorpus(corpusFile);
    const part = await ids((await partOf(corpus, 5, 1, spec)).articles());
    expect(part).toHaveLength(5);
    expect(part).toEqual(DOCUMENTS.map(({ _id }) => _id).filter((id) => part.includes(id)));
    expect(await ids((await partOf(corpus, 5, 1, spec)).articles())).toEqual(part);
    expect(await ids((await partOf(corpus, 5, 2, spec)).articles())).not.toEqual(part);
  });

  test('more than it has is all of it, not held in memory', async () => {
    const corpus = await openCorpus(corpusFile);
    expect(await partOf(corpus, 1_000, 1, spec)).toBe(corpus);
  });
});

describe('a context', () => {
  test('asks the questions of the folder; without any, words of sentences', async () => {
    const folder = await LocalContext.open(options({ corpus: workspace.at('beir') }));
    const file = await LocalContext.open(options({ corpus: corpusFile }));
    try {
      expect((await folder.questions(100)).sort()).toEqual(QUERIES.map(({ text }) => text).sort());
      const made = await file.questions(5);
      expect(new Set(made).size).toBe(5);
    } finally {
      await Promise.all([folder.close(), file.close()]);
    }
  });

  test('an index that is not there is refused before anything is done', async () => {
    await expect(LocalContext.open(options({ indexDir: workspace.at('no-index') }))).rejects.toMatchObject({ code: 'index-missing' });
  });

  test('a step ends the run that was interrupted', async () => {
    const abort = new AbortController();
    const context = await LocalContext.open(options({ corpus: corpusFile, signal: abort.signal }));
    context.onStep('a', 0, 1);
    abort.abort();
    expect(() => { context.onStep('a', 1, 1); }).toThrow(expect.objectContaining({ code: 'interrupted' }));
    await context.close();
  });
});
