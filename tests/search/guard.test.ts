import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { loadModel, type Embedder } from '../../lib/embedding';
import { openCurrent, type Generation } from '../../lib/index';
import { addQuestion, askSaved, guardFor, pinOf } from '../../lib/search';
import { THREE, workspace, write } from '../index/support';

const HIVE = 'how do bees survive the cold?';
const BRIDGE = 'why did the bridge collapse?';
const BEES_TEXT = THREE['bees.txt'].split('\n')[1] ?? '';

let embedder: Embedder;
beforeAll(async () => {
  embedder = await loadModel({ model: 'all-MiniLM-L6-v2', dtype: 'int8', pooling: 'mean', queryPrefix: '', passagePrefix: '' });
});
afterAll(() => embedder.close());

async function current(indexDir: string): Promise<Generation> {
  const generation = await openCurrent(indexDir);
  onTestFinished(() => { generation.close(); });
  return generation;
}

/** An index of three articles in which questions have what comes first pinned. */
async function guarded(questions: Record<string, { within?: number; pinned?: boolean }>) {
  const { articles, indexDir, build } = await workspace();
  await build();
  const before = await current(indexDir);
  for (const [text, { within, pinned = true }] of Object.entries(questions)) {
    const [first] = (await askSaved(before, embedder, text)).results;
    await addQuestion(indexDir, { text, within, pin: pinned ? pinOf(before, first?.passage.id ?? '') : null });
  }
  return {
    indexDir,
    /** Checks the generation that these changes give. */
    async check(changes: Record<string, string | null>, onStep: () => void = () => undefined): Promise<void> {
      const guard = await guardFor(indexDir);
      await write(articles, changes);
      await build();
      await guard.check(await current(indexDir), embedder, onStep);
    },
  };
}

describe('the guard lets pass', () => {
  test.each<[string, Record<string, string | null>]>([
    ['what has nothing to do with the answer', { 'bread.txt': 'Baking rye\nRye dough is shaped with a wet spoon.' }],
    ['an article that moved, and has another id', { 'bees.txt': null, 'nature/hive.txt': THREE['bees.txt'] }],
    ['a paragraph more in front of the answer', { 'bees.txt': `The hive in winter\n${'Honey is sold at the gate by the jar and by the bucket, on trust. '.repeat(8).trim()}\n${BEES_TEXT}` }],
    ['a small edit', { 'bees.txt': THREE['bees.txt'].replace('cold months', 'coldest months') }],
    ['another title', { 'bees.txt': THREE['bees.txt'].replace('The hive in winter', 'A hive') }],
    ['the same paragraph printed in another article alone', { 'bees.txt': 'The hive in winter\nTo be continued in the next issue of the gazette.', 'gazette.txt': `Gazette\n${BEES_TEXT}` }],
    ['the same paragraph printed in another article too', { 'gazette.txt': `Winter\n${BEES_TEXT}` }],
    ['an edited print in another article that comes first for both', { 'gazette.txt': `How bees survive the cold\n${BEES_TEXT.replace('tight ball', 'dense ball')}` }],
  ])('%s', async (_, changes) => {
    const { check } = await guarded({ [HIVE]: { within: 1 } });
    await check(changes);
  });

  test('an answer that comes second where it may', async () => {
    const rival = { 'rival.txt': `How bees survive the cold\nHow do bees survive the cold? Bees survive the cold by huddling: that is how bees survive the cold of winter.` };
    await (await guarded({ [HIVE]: { within: 2 } })).check(rival);
    await expect((await guarded({ [HIVE]: { within: 1 } })).check(rival)).rejects.toMatchObject({ code: 'guard-refused', message: expect.stringContaining('come at place 2') as string });
  });

  test('everything where no answer is pinned, and says so by its count', async () => {
    const { indexDir, check } = await guarded({ [HIVE]: { pinned: false } });
    expect((await guardFor(indexDir)).pinned).toBe(0);
    await check({ 'bees.txt': null });
  });

  test('everything where there is no index yet', async () => {
    const { indexDir } = await workspace();
    expect((await guardFor(indexDir)).pinned).toBe(0);
  });
});

describe('the guard refuses', () => {
  test('the loss of an answer, saying whose, which, what comes instead and what to do', async () => {
    const { check } = await guarded({ [BRIDGE]: {}, [HIVE]: { within: 2 } });
    await expect(check({ 'bees.txt': null })).rejects.toMatchObject({
      code: 'guard-refused',
      kind: 'failed',
      message: expect.stringMatching(/pinned answer \(The hive in winter ¶ 1\) to "how do bees survive the cold\?" would no longer be among the first 2; first comes (Baking rye|The bridge at Orley) ¶ 1$/) as string,
      hint: expect.stringMatching(/questions check.*questions pin 2.*without --guard/) as string,
    });
  });

  test('an answer replaced by another text at its place', async () => {
    const { check } = await guarded({ [HIVE]: {} });
    await expect(check({ 'bees.txt': 'The hive in winter\nTo be continued in the next issue of the gazette.' })).rejects.toMatchObject({ code: 'guard-refused' });
  });

  test('the loss of several, counting them', async () => {
    const { check } = await guarded({ [BRIDGE]: {}, [HIVE]: {} });
    await expect(check({ 'bees.txt': null, 'bridge.txt': null })).rejects.toThrow(/"why did the bridge collapse\?".*, and 1 more question loses its answer/);
  });

  test('to work with questions that cannot be read', async () => {
    const { indexDir } = await guarded({ [HIVE]: {} });
    await write(indexDir, { 'questions.json': '{' });
    await expect(guardFor(indexDir)).rejects.toMatchObject({ code: 'questions-invalid' });
  });
});

test('the guard can be interrupted between two questions', async () => {
  const { check } = await guarded({ [BRIDGE]: {}, [HIVE]: {} });
  let steps = 0;
  await expect(check({ 'bread.txt': null }, () => { if (++steps === 2) throw new Error('stopped'); })).rejects.toThrow('stopped');
});
