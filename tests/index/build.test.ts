import { readdir, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildIndex, openCurrent } from '../../lib/index';
import { temporaryFolder, THREE, workspace, write } from './support';

async function titles(indexDir: string): Promise<string[]> {
  const generation = await openCurrent(indexDir);
  try {
    return generation.store.recentArticles(100).map(({ title }) => title).sort();
  } finally {
    generation.close();
  }
}

describe('a first run', () => {
  test('publishes a generation that holds every passage with its vector and its terms', async () => {
    const { indexDir, build } = await workspace();
    const report = await build();
    expect(report).toMatchObject({ published: true, articles: { total: 3, unchanged: 0 }, passages: { total: 3, embedded: 3, fromCache: 0 }, failed: [] });

    const generation = await openCurrent(indexDir);
    expect(generation.id).toBe(report.generation);
    expect(generation.vectors.count).toBe(3);
    expect(generation.store.matchLexical('"gravel"', 10, null)).toHaveLength(1);
    expect(generation.store.documentFrequency('gravel')).toBe(1);
    expect(generation.manifest.sources).toEqual([{ label: 'articles', path: expect.stringMatching(/articles$/) as string }]);
    generation.close();
  });

  test('leaves nothing but what the layout names', async () => {
    const { indexDir, build } = await workspace();
    const { generation } = await build();
    expect((await readdir(indexDir)).filter((name) => !name.startsWith('embeddings.sqlite')).sort()).toEqual(['current', 'generations', 'writer.lock']);
    expect(await readdir(join(indexDir, 'generations'))).toEqual([generation]);
    expect((await readdir(join(indexDir, 'generations', generation ?? ''))).sort()).toEqual(['manifest.json', 'passages.sqlite', 'vectors.hnsw']);
  });

  test('tells its progress up to the whole', async () => {
    const { build } = await workspace();
    const shares: number[] = [];
    await build({ onProgress: ({ done }) => shares.push(done) });
    expect(shares.at(-1)).toBe(1);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
  });

  test('gives the same vectors file for the same articles', async () => {
    const hashes = await Promise.all(
      [1, 2].map(async (workers) => {
        const { indexDir, build } = await workspace();
        await build({ workers });
        const generation = await openCurrent(indexDir);
        generation.close();
        return generation.manifest.files['vectors.hnsw'].sha256;
      }),
    );
    expect(hashes[0]).toBe(hashes[1]);
  });

  test('refuses a folder without articles and leaves no generation', async () => {
    const { indexDir, build } = await workspace({ 'notes.xyz': 'no known format' });
    await expect(build()).rejects.toMatchObject({ code: 'nothing-to-index' });
    expect(await readdir(join(indexDir, 'generations'))).toEqual([]);
  });

  test('names a missing path', async () => {
    const { articles, build } = await workspace();
    await expect(build({ named: [`${articles}/nowhere`] })).rejects.toMatchObject({ code: 'source-not-found', message: expect.stringContaining('nowhere') as string });
  });

  test('names an index directory that cannot be written', async () => {
    const { articles, build } = await workspace();
    await expect(build({ indexDir: join(articles, 'bees.txt', 'index') })).rejects.toMatchObject({ code: 'index-unwritable' });
  });
});

describe('a later run', () => {
  test('publishes nothing when nothing has changed', async () => {
    const { build } = await workspace();
    const first = await build();
    const second = await build();
    expect(second).toMatchObject({ published: false, generation: first.generation, articles: { unchanged: 3, added: [], changed: [], removed: [] }, passages: { total: 3, embedded: 0 } });
  });

  test('embeds only what was added or changed, and forgets what was removed', async () => {
    const { articles, indexDir, build } = await workspace();
    const first = await build();
    await write(articles, {
      'bees.txt': `${THREE['bees.txt']} They take turns on the outside.`,
      'bridge.txt': null,
      'clock.txt': 'The town clock\nThe clock in the tower has been four minutes slow since a pigeon nested in its works.',
    });
    const second = await build();
    expect(second).toMatchObject({ published: true, articles: { total: 3, unchanged: 1 }, passages: { embedded: 2, fromCache: 1 } });
    expect(second.articles.added).toMatchObject([{ source: 'articles/clock.txt' }]);
    expect(second.articles.changed).toMatchObject([{ source: 'articles/bees.txt' }]);
    expect(second.articles.removed).toMatchObject([{ source: 'articles/bridge.txt' }]);
    expect(await titles(indexDir)).toEqual(['Baking rye', 'The hive in winter', 'The town clock']);
    const generation = await openCurrent(indexDir);
    generation.close();
    expect(generation.manifest.parent).toBe(first.generation);
  });

  test('keeps an article’s id when its text changes', async () => {
    const { articles, build } = await workspace();
    const { articles: { added } } = await build();
    await write(articles, { 'bees.txt': 'Another title\nAnother text altogether.' });
    const { articles: { changed } } = await build();
    expect(added).toContainEqual(changed[0]);
  });

  test('with full embeds nothing again, and compares with nothing', async () => {
    const { build } = await workspace();
    const first = await build();
    const second = await build({ full: true });
    expect(second).toMatchObject({ published: true, passages: { embedded: 0, fromCache: 3 } });
    expect(second.articles.added).toHaveLength(3);
    expect(second.generation).not.toBe(first.generation);
  });

  test('embeds everything again for another model', async () => {
    const { build } = await workspace();
    await build();
    const second = await build({ spec: { dtype: 'fp32' } });
    expect(second).toMatchObject({ published: true, passages: { embedded: 3, fromCache: 0 }, articles: { unchanged: 3 } });
    expect(await build()).toMatchObject({ published: false });
  });

  test('as a dry run says what would change and changes nothing', async () => {
    const { articles, indexDir, build } = await workspace();
    const first = await build();
    await write(articles, { 'bees.txt': null });
    const dry = await build({ dryRun: true });
    expect(dry).toMatchObject({ dryRun: true, published: false, generation: first.generation, articles: { total: 2, unchanged: 2 } });
    expect(dry.articles.removed).toHaveLength(1);
    expect(await titles(indexDir)).toHaveLength(3);
  });

  test('remembers its sources, and adds those that are named', async () => {
    const { indexDir, build } = await workspace();
    await build();
    const more = await temporaryFolder();
    await write(more, { 'clock.txt': 'The town clock\nThe clock in the tower has been slow since a pigeon nested in its works.' });
    expect(await build({ named: [more] })).toMatchObject({ articles: { total: 4, unchanged: 3 } });
    expect(await build({ named: [] })).toMatchObject({ published: false, articles: { total: 4 } });
    expect(await build({ named: [more], full: true })).toMatchObject({ articles: { total: 1 } });
    expect(await titles(indexDir)).toEqual(['The town clock']);
  });

  test('keeps the articles of a source that is gone for the moment, and reports it', async () => {
    const { articles, indexDir, build } = await workspace();
    const more = await temporaryFolder();
    await write(more, { 'clock.txt': 'The town clock\nThe clock in the tower has been slow since a pigeon nested in its works.' });
    await build({ named: [articles, more] });
    await rename(articles, `${articles}.away`);
    const report = await build({ named: [] });
    expect(report.failed).toMatchObject([{ path: articles, error: { code: 'source-not-found' } }]);
    expect(report.articles).toMatchObject({ total: 4, unchanged: 4, removed: [] });
    expect(await titles(indexDir)).toHaveLength(4);
  });
});

describe('a file that cannot be read', () => {
  test.each([
    ['is empty', '', 'file-empty'],
    ['is binary', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]), 'file-binary'],
    ['is not UTF-8', Buffer.from('Caf\xe9\nZo\xe9', 'latin1'), 'file-not-utf8'],
  ])('because it %s is reported, and the others are indexed', async (_, content, code) => {
    const { articles, build } = await workspace({ ...THREE, 'bad.txt': content });
    const report = await build();
    expect(report).toMatchObject({ published: true, articles: { total: 3 } });
    expect(report.failed).toMatchObject([{ path: join(articles, 'bad.txt'), error: { code } }]);
  });

  test('because its front matter does not parse is reported by line, and the others are indexed', async () => {
    const { build } = await workspace({ ...THREE, 'bad.md': '---\ntitle: [unclosed\n---\nText of the article.' });
    const report = await build();
    expect(report.articles.total).toBe(3);
    expect(report.failed[0]?.error).toMatchObject({ code: 'front-matter-invalid', message: expect.stringMatching(/line \d/) as string });
  });

  test('stays as it was last indexed', async () => {
    const { articles, indexDir, build } = await workspace();
    await build();
    await write(articles, { 'bees.txt': Uint8Array.from([0, 1, 2, 3]) });
    const report = await build();
    expect(report.failed).toHaveLength(1);
    expect(report).toMatchObject({ published: false, articles: { total: 3, unchanged: 3, removed: [] } });
    expect(await titles(indexDir)).toContain('The hive in winter');
  });

  test('words that the model cannot read are indexed, and told', async () => {
    const { indexDir, build } = await workspace({ 'thai.txt': `การเดินทาง\n${'รถไฟกลางคืนออกจากสถานีช้า'.repeat(8)}`, ...THREE });
    const report = await build();
    expect(report).toMatchObject({ failed: [], articles: { total: 4 }, warnings: [expect.stringMatching(/thai\.txt: 1 of 1 passages have words too long for the model/) as string] });
    const generation = await openCurrent(indexDir);
    expect(generation.store.matchLexical('"รถ"', 10, null)).toHaveLength(1);
    generation.close();
  });

  test('a line of 5 MB is cut into passages', async () => {
    const sentence = 'The harbour of Lenn froze over in the night and the ferry could not leave. ';
    const line = sentence.repeat(Math.ceil(5_000_000 / sentence.length)).trim();
    const { indexDir, build } = await workspace({ 'long.txt': `A very long line\n${line}` });
    const report = await build({ dryRun: true });
    expect(report).toMatchObject({ failed: [], articles: { total: 1 } });
    expect(report.passages.total).toBeGreaterThan(5_000);
    expect(await readdir(indexDir).catch(() => [])).toEqual([]);
  });
});

describe('an interrupted run', () => {
  test('keeps the generation there was and what it has embedded', async () => {
    const { articles, indexDir, build } = await workspace();
    await build();
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`n${i}.txt`, `Note ${i}\nThis is the text of note number ${i} about the weather on day ${i}.`]));
    await write(articles, many);
    const stop = new AbortController();
    const run = build({ signal: stop.signal, onProgress: ({ embedded }) => { if (embedded > 0) stop.abort(); } });
    await expect(run).rejects.toMatchObject({ code: 'interrupted' });
    expect(await titles(indexDir)).toHaveLength(3);
    expect(await readdir(join(indexDir, 'generations'))).toHaveLength(1);

    const next = await build();
    expect(next.articles.total).toBe(303);
    expect(next.passages.fromCache).toBeGreaterThan(3);
  });
});

test('of two runs at once one works; the other says who is at work, or waits', async () => {
  const { indexDir, build } = await workspace();
  const more = await temporaryFolder();
  await write(more, { 'clock.txt': 'The town clock\nThe clock in the tower has been slow since a pigeon nested in its works.' });
  const outcomes = await Promise.allSettled([build(), build({ named: [more] })]);
  const failed = outcomes.filter((outcome) => outcome.status === 'rejected');
  expect(failed).toMatchObject([{ reason: { code: 'index-busy', message: expect.stringContaining(`process ${process.pid} `) as string } }]);
  (await openCurrent(indexDir)).close();

  const waited: unknown[] = [];
  const both = await Promise.all([build({ wait: true, full: true }), build({ named: [more], wait: true, onWait: (writer) => waited.push(writer) })]);
  expect(both.map(({ published }) => published)).toEqual([true, true]);
  expect(waited).toMatchObject([{ pid: process.pid, command: 'pilcrow index' }]);
  expect(await titles(indexDir)).toContain('The town clock');
});

test('what a run that was killed left behind is gone after the next, even if that has nothing to do', async () => {
  const { indexDir, build } = await workspace();
  await build();
  const generations = join(indexDir, 'generations');
  await write(generations, { '.building-1-abc123/passages.sqlite': 'half a database', '.removing-1-abc123/vectors.hnsw': 'half a graph' });
  await write(indexDir, { 'current.1-abc123': 'half', 'writer.json.1-abc123': 'half', 'writer.json': '{"pid": 1}' });
  expect(await build()).toMatchObject({ published: false });
  expect((await readdir(generations)).filter((name) => name.startsWith('.'))).toEqual([]);
  expect((await readdir(indexDir)).filter((name) => !name.startsWith('embeddings')).sort()).toEqual(['current', 'generations', 'writer.lock']);
});

test('a generation comes after its parent even if the clock was put back', async () => {
  const { indexDir, build } = await workspace();
  const first = await build();
  const ahead = `21${(first.generation ?? '').slice(2)}`;
  const manifest = join(indexDir, 'generations', first.generation ?? '', 'manifest.json');
  await write(dirname(manifest), { 'manifest.json': (await readFile(manifest, 'utf8')).replaceAll(first.generation ?? '', ahead) });
  await rename(dirname(manifest), join(indexDir, 'generations', ahead));
  await write(indexDir, { current: `${ahead}\n` });
  const second = await build({ full: true });
  expect((second.generation ?? '') > ahead).toBe(true);
  expect(await build()).toMatchObject({ published: false, generation: second.generation });
});

test('a source that is suddenly empty keeps its articles, and is reported', async () => {
  const { articles, indexDir, build } = await workspace();
  await build();
  await write(articles, Object.fromEntries(Object.keys(THREE).map((name) => [name, null])));
  const report = await build();
  expect(report.failed).toMatchObject([{ path: articles, error: { code: 'source-not-found' } }]);
  expect(await titles(indexDir)).toHaveLength(3);
});

test('a run without any source says what to do', async () => {
  const folder = await temporaryFolder();
  await expect(buildIndex({ indexDir: join(folder, 'index'), named: [], cwd: folder })).rejects.toMatchObject({ code: 'nothing-to-index' });
});
