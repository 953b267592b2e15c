import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadModel, type ModelSpec } from '../../lib/embedding';
import { generationDirectory, openCurrent } from '../../lib/index';
import { addQuestion, askSaved, diffGenerations, pinOf, type DiffOptions } from '../../lib/search';
import { THREE, workspace, write } from '../index/support';

const HIVE = 'how do bees survive the cold?';
const RIVAL = 'How bees survive the cold\nHow do bees survive the cold? Bees survive the cold by huddling: that is how bees survive the cold of winter.';

/** Two generations, and a question whose answer of the first one is pinned. */
async function twoGenerations(changes: Record<string, string | null>, { within = 3, pinned = true } = {}) {
  const { articles, indexDir, build } = await workspace();
  await build();
  const first = await openCurrent(indexDir);
  const embedder = await loadModel(first.manifest.model.spec);
  const { results: [answer] } = await askSaved(first, embedder, HIVE);
  await addQuestion(indexDir, { text: HIVE, within, pin: pinned ? pinOf(first, answer?.passage.id ?? '') : null });
  await embedder.close();
  first.close();
  await write(articles, changes);
  const { generation } = await build();
  let opened = 0;
  const openEmbedder = (spec: ModelSpec) => {
    opened++;
    return loadModel(spec);
  };
  const diff = (options: Partial<DiffOptions> = {}) => diffGenerations({ indexDir, openEmbedder, ...options });
  return { indexDir, from: first.id, to: generation ?? '', diff, opened: () => opened };
}

describe('what became of the answers', () => {
  test('nothing, where only ids changed', async () => {
    const { diff, from, to, opened } = await twoGenerations({ 'bees.txt': null, 'hive.txt': THREE['bees.txt'] });
    const found = await diff();
    expect(found).toMatchObject({ from: { id: from }, to: { id: to } });
    expect(found.articles.moved).toHaveLength(1);
    expect(found.questions).toEqual([
      { text: HIVE, within: 3, answerable: { from: true, to: true }, pinned: { from: 1, to: 1 }, entered: [], left: [], moved: [], unchanged: true },
    ]);
    expect(opened()).toBe(1);
  });

  test('passages that came in and moved', async () => {
    const { diff } = await twoGenerations({ 'rival.txt': RIVAL }, { within: 1 });
    const [question] = (await diff()).questions;
    expect(question?.entered).toEqual([{ to: 1, passage: { id: expect.stringMatching(/^rival-/) as string, ordinal: 1, text: RIVAL.split('\n')[1], article: { id: expect.stringMatching(/^rival-/) as string, title: 'How bees survive the cold', source: 'articles/rival.txt' } } }]);
    expect(question?.moved[0]).toMatchObject({ from: 1, to: 2, passage: { article: { title: 'The hive in winter' } } });
    expect(question).toMatchObject({ left: [], unchanged: false, pinned: { from: 1, to: null } });
  });

  test('passages that left, the pinned one among them, and whether there is an answer at all', async () => {
    const { diff } = await twoGenerations({ 'bees.txt': null });
    const [question] = (await diff()).questions;
    expect(question?.left).toMatchObject([{ from: 1, passage: { article: { title: 'The hive in winter' } } }]);
    expect(question).toMatchObject({ entered: [], pinned: { from: 1, to: null }, answerable: { from: true, to: false }, unchanged: false });
  });

  test('the other way round they are regained', async () => {
    const { diff, from, to } = await twoGenerations({ 'bees.txt': null });
    expect((await diff({ from: to, to: from })).questions).toMatchObject([{ pinned: { from: null, to: 1 }, answerable: { from: false, to: true }, entered: [{ to: 1 }], left: [] }]);
  });

  test('an edited passage at its place is the same', async () => {
    const { diff } = await twoGenerations({ 'bees.txt': THREE['bees.txt'].replace('cold months', 'coldest months') });
    expect((await diff()).questions).toMatchObject([{ pinned: { from: 1, to: 1 }, entered: [], left: [], unchanged: true }]);
  });

  test('without a pinned answer too', async () => {
    const { diff } = await twoGenerations({ 'rival.txt': RIVAL }, { pinned: false });
    expect((await diff()).questions).toMatchObject([{ pinned: null, entered: [{ to: 1 }], unchanged: false }]);
  });

  test('of one generation with itself: nothing', async () => {
    const { diff, to } = await twoGenerations({ 'bees.txt': null });
    expect(await diff({ from: to, to })).toMatchObject({ articles: { unchanged: 2 }, questions: [{ unchanged: true }] });
  });
});

describe('a generation of another version of the model', () => {
  test('is not asked, and named; articles are compared all the same', async () => {
    const { indexDir, diff, from, opened } = await twoGenerations({ 'bees.txt': null });
    const path = join(generationDirectory(indexDir, from), 'manifest.json');
    const manifest = JSON.parse(await readFile(path, 'utf8')) as { model: { hash: string } };
    manifest.model.hash = '0'.repeat(64);
    await writeFile(path, JSON.stringify(manifest));
    await expect(diff()).rejects.toMatchObject({ code: 'index-model', message: expect.stringContaining(from) as string, hint: expect.stringContaining('--articles') as string });
    const before = opened();
    expect(await diff({ articlesOnly: true })).toMatchObject({ articles: { removed: [{ title: 'The hive in winter' }] }, questions: [] });
    expect(opened()).toBe(before);
  });

  test('a damaged generation is refused by name', async () => {
    const { indexDir, diff, from } = await twoGenerations({ 'bees.txt': null });
    await writeFile(join(generationDirectory(indexDir, from), 'vectors.hnsw'), 'x');
    await expect(diff()).rejects.toMatchObject({ code: 'index-damaged', message: expect.stringContaining(from) as string });
  });
});
