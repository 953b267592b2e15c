import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { diffArticles, findGenerations, generationDirectory, openGeneration, type ArticleChanges, type Generation } from '../../lib/index';
import { THREE, workspace, write } from './support';

const long = (about: string) => `${about} `.repeat(30).trim();

async function open(indexDir: string, id: string): Promise<Generation> {
  const generation = await openGeneration(generationDirectory(indexDir, id));
  onTestFinished(() => { generation.close(); });
  return generation;
}

/** What differs between a generation of `files` and one with `changes` made to them. */
async function diffOf(files: Record<string, string>, changes: Record<string, string | null>): Promise<ArticleChanges> {
  const { articles, indexDir, build } = await workspace(files);
  const { generation: from } = await build();
  await write(articles, changes);
  const { generation: to } = await build();
  return diffArticles(indexDir, await open(indexDir, from ?? ''), await open(indexDir, to ?? ''));
}

const titles = (articles: readonly { title: string }[]) => articles.map(({ title }) => title);

describe('which articles differ', () => {
  test('added, removed, changed and unchanged ones, by title and source', async () => {
    const changes = await diffOf(THREE, {
      'salt.txt': 'Salt pans\nSea water stands in the pans until the sun has left nothing but salt.',
      'bridge.txt': null,
      'bread.txt': 'Baking rye\nRye dough is sticky, and the baker shapes it with a wet spoon.',
    });
    expect(changes).toEqual({
      added: [{ id: expect.stringMatching(/^salt-/) as string, source: 'articles/salt.txt', title: 'Salt pans' }],
      removed: [{ id: expect.stringMatching(/^bridge-/) as string, source: 'articles/bridge.txt', title: 'The bridge at Orley' }],
      changed: [{ id: expect.stringMatching(/^bread-/) as string, source: 'articles/bread.txt', title: 'Baking rye', passages: { added: 1, removed: 1, same: 0 } }],
      moved: [],
      unchanged: 1,
    });
  });

  test('an article with the same content at another place has moved', async () => {
    const { moved, added, removed, unchanged } = await diffOf(THREE, { 'bees.txt': null, 'nature/hive.txt': THREE['bees.txt'] });
    expect(moved).toEqual([{
      id: expect.stringMatching(/^hive-/) as string, source: 'articles/nature/hive.txt', title: 'The hive in winter',
      from: { id: expect.stringMatching(/^bees-/) as string, source: 'articles/bees.txt' },
    }]);
    expect({ added, removed, unchanged }).toEqual({ added: [], removed: [], unchanged: 2 });
  });

  test('of several copies as many have moved as are gone, the others are new', async () => {
    const copy = THREE['bees.txt'];
    const { moved, added, removed } = await diffOf({ ...THREE, 'copy.txt': copy }, { 'bees.txt': null, 'copy.txt': null, 'x1.txt': copy, 'x2.txt': copy, 'x3.txt': copy });
    expect(moved.map(({ source, from }) => [from.source, source])).toEqual([['articles/bees.txt', 'articles/x1.txt'], ['articles/copy.txt', 'articles/x2.txt']]);
    expect(added.map(({ source }) => source)).toEqual(['articles/x3.txt']);
    expect(removed).toEqual([]);
  });

  test('a copy beside the first is new, not moved', async () => {
    const { moved, added, unchanged } = await diffOf(THREE, { 'copy.txt': THREE['bees.txt'] });
    expect(moved).toEqual([]);
    expect(titles(added)).toEqual(['The hive in winter']);
    expect(unchanged).toBe(3);
  });

  test('passages are compared by text: one that only shifted is the same, a repeated one counts as often as it stands', async () => {
    const [a, b, c] = [long('tides'), long('storms'), long('harbours')];
    const { changed } = await diffOf({ 'sea.md': `# Sea\n\n${a}\n\n${b}\n\n${b}\n` }, { 'sea.md': `# Sea\n\n${c}\n\n${a}\n\n${b}\n` });
    expect(changed[0]?.passages).toEqual({ added: 1, removed: 1, same: 2 });
  });

  test('other tags with the same text are a change without passages', async () => {
    const { changed } = await diffOf({ 'sea.md': '---\ntags: [a]\n---\n# Sea\n\nThe tide turns.\n' }, { 'sea.md': '---\ntags: [b]\n---\n# Sea\n\nThe tide turns.\n' });
    expect(changed.map(({ passages }) => passages)).toEqual([{ added: 0, removed: 0, same: 1 }]);
  });

  test('a generation does not differ from itself', async () => {
    const { indexDir, build } = await workspace();
    const { generation: id } = await build();
    const generation = await open(indexDir, id ?? '');
    expect(diffArticles(indexDir, generation, generation)).toEqual({ added: [], removed: [], changed: [], moved: [], unchanged: 3 });
  });
});

describe('which generations are meant', () => {
  async function three() {
    const { articles, indexDir, build } = await workspace();
    const ids: string[] = [];
    for (const text of ['one', 'two', 'three']) {
      await write(articles, { 'bread.txt': `Baking rye\nRye dough, version ${text}.` });
      ids.push((await build()).generation ?? '');
    }
    return { indexDir, ids: ids as [string, string, string] };
  }

  test('the current one and its parent, else those named, in the order given', async () => {
    const { indexDir, ids: [first, second, third] } = await three();
    expect(await findGenerations(indexDir)).toEqual({ from: second, to: third });
    expect(await findGenerations(indexDir, first)).toEqual({ from: first, to: third });
    expect(await findGenerations(indexDir, third, first)).toEqual({ from: third, to: first });
    expect(await findGenerations(indexDir, undefined, second)).toEqual({ from: first, to: second });
    expect(await findGenerations(indexDir, first.slice(0, -3), third.slice(0, -3))).toEqual({ from: first, to: third });
  });

  test('the next older one where the parent is gone', async () => {
    const { indexDir, ids: [first, second, third] } = await three();
    await rm(generationDirectory(indexDir, second), { recursive: true });
    expect(await findGenerations(indexDir)).toEqual({ from: first, to: third });
  });

  test('what is not there, or not one, is refused', async () => {
    const { indexDir, ids: [first] } = await three();
    const refused = (message: RegExp) => ({ code: 'generation-not-found', message: expect.stringMatching(message) as string });
    await expect(findGenerations(indexDir, 'nothing')).rejects.toMatchObject(refused(/no generation "nothing"/));
    await expect(findGenerations(indexDir, '../generations')).rejects.toMatchObject(refused(/no generation/));
    await expect(findGenerations(indexDir, '2')).rejects.toMatchObject({ code: 'usage', message: '3 generations begin with "2"' });
    await expect(findGenerations(indexDir, undefined, first)).rejects.toMatchObject(refused(new RegExp(`no generation before ${first}`)));
    await expect(findGenerations(join(indexDir, 'elsewhere'))).rejects.toMatchObject({ code: 'index-missing' });
  });
});
