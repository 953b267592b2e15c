import { existsSync } from 'node:fs';
import { chmod, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { hnswRecall, openCurrent, rollback, type Generation } from '../../lib/index';
import { bm25ByRow, workspace, write, type Workspace } from './support';

const SUBJECTS = ['ferry', 'orchard', 'tunnel', 'violin', 'glacier', 'bakery', 'lighthouse', 'archive', 'harvest', 'railway'];

/** Notes of three paragraphs, long enough to be passages of their own. */
function note(i: number, version = ''): string {
  const subject = SUBJECTS[i % SUBJECTS.length] ?? '';
  const paragraph = (n: number) => `Paragraph ${n} of the note number ${i} tells of the ${subject} on day ${i * 3 + n}${n === 2 ? version : ''}, and of what the people who worked there said about it, how much of it was left in the evening, and who came by to help them carry it home before the rain.`;
  return `The ${subject}, note ${i}\n\n${[1, 2, 3].map(paragraph).join('\n\n')}\n`;
}

async function forty(): Promise<Workspace> {
  return workspace(Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`${i < 20 ? 'a' : 'b'}/note-${i}.txt`, note(i)])));
}

async function withCurrent<T>(indexDir: string, look: (generation: Generation) => T | Promise<T>): Promise<T> {
  const generation = await openCurrent(indexDir);
  try {
    return await look(generation);
  } finally {
    generation.close();
  }
}

/** What FTS5 makes of matches depends on what it counted of the whole. */
function bm25ById(indexDir: string, { id, store }: Generation): Map<string, number> {
  const scores = bm25ByRow(join(indexDir, 'generations', id, 'passages.sqlite'), '"ferry" OR "rain"');
  return new Map([...scores].map(([row, score]) => [store.passage(row)!.id, score]));
}

/** All that is stored of articles and passages, without rows. */
function content({ store }: Generation): unknown {
  return [...store.knownArticles()].map(({ id, row }) => [id, store.article(id), store.passagesOf(id).map(({ row: _, article: __, ...passage }) => passage), store.articleDetails(row)?.terms]).sort(([a], [b]) => ((a as string) < (b as string) ? -1 : 1));
}

describe('an update', () => {
  test('changes what has changed and keeps the rows of everything else', async () => {
    const { articles, indexDir, build } = await forty();
    await build();
    const rows = await withCurrent(indexDir, ({ store }) => store.passagesOf(store.knownOf('articles/a/note-5.txt')[0]!.id).map(({ row }) => row));
    await write(articles, { 'a/note-5.txt': note(5, ' of the flood'), 'a/note-6.txt': null, 'b/new.txt': note(77) });
    const report = await build();
    expect(report).toMatchObject({
      published: true,
      articles: { total: 40, added: [{ source: 'articles/b/new.txt' }], changed: [{ source: 'articles/a/note-5.txt' }], removed: [{ source: 'articles/a/note-6.txt' }], moved: [], unchanged: 38 },
      passages: { total: 120, embedded: 4, fromCache: 2 },
    });
    await withCurrent(indexDir, ({ store, vectors, manifest }) => {
      const changed = store.passagesOf(report.articles.changed[0]!.id);
      expect(changed.map(({ row }) => row)).toEqual([rows[0], expect.any(Number), rows[2]]);
      expect(changed[1]?.row).toBeGreaterThanOrEqual(120);
      expect(manifest).toMatchObject({ rows: 124, counts: { articles: 40, passages: 120 }, changes: { added: 1, changed: 1, moved: 0, removed: 1, unchanged: 38 } });
      expect(vectors.count).toBe(124);
      const found = vectors.search(vectors.vector(changed[1]!.row), 200).map(({ row }) => row);
      expect(found).toHaveLength(120);
      expect(found[0]).toBe(changed[1]?.row);
      expect([...found].sort((a, b) => a - b)).toEqual([...store.allRows().toRows()]);
    });
  });

  test.each([['read beside what is there', {}], ['read with everything else', { 'd.txt': note(4), 'e.txt': note(5), 'f.txt': note(6), 'g.txt': note(7), 'c.txt': null }]])(
    'keeps the articles of an export that was written over with something else, and says so: %s',
    async (_, others) => {
      const { articles, build } = await workspace({ 'export.json': JSON.stringify([{ title: 'The ferry', text: note(1) }]), 'b.txt': note(2), 'c.txt': note(3) });
      await build();
      await write(articles, { 'export.json': '{"error": "too many requests"}', 'new.json': '{"error": "too many requests"}', ...others });
      const report = await build();
      expect(report.articles).toMatchObject({ changed: [], removed: Object.values(others).includes(null) ? [{ source: 'articles/c.txt' }] : [] });
      expect(report.failed).toMatchObject([{ path: join(articles, 'export.json'), error: { code: 'not-articles' } }]);
      expect(report.skipped).toEqual([{ path: join(articles, 'new.json'), reason: 'it holds no articles' }]);
      await write(articles, { 'export.json': null });
      expect((await build()).articles.removed).toMatchObject([{ source: 'articles/export.json' }]);
    },
  );

  test('gives what a build from nothing gives, however often it was updated', async () => {
    const { articles, indexDir, build } = await forty();
    await build();
    for (let round = 0; round < 6; round++) {
      await write(articles, { [`a/note-${round}.txt`]: note(round, ` in round ${round}`), [`b/new-${round}.txt`]: note(100 + round), [`b/note-${20 + round}.txt`]: null });
      expect(await build()).toMatchObject({ published: true, articles: { total: 40 } });
    }
    const updated = await withCurrent(indexDir, async (generation) => ({
      content: content(generation),
      terms: generation.store.termCount(),
      frequency: generation.store.documentFrequency('ferry'),
      matches: bm25ById(indexDir, generation),
    }));
    await build({ full: true });
    await withCurrent(indexDir, (generation) => {
      expect(generation.manifest.rows).toBe(generation.manifest.counts.passages);
      expect(updated.content).toEqual(content(generation));
      expect(updated.terms).toBe(generation.store.termCount());
      expect(updated.frequency).toBe(generation.store.documentFrequency('ferry'));
      const matches = bm25ById(indexDir, generation);
      expect(matches.size).toBeGreaterThan(5);
      for (const [id, score] of matches) expect(updated.matches.get(id)).toBeCloseTo(score, 6);
      expect(updated.matches.size).toBe(matches.size);
    });
  });

  test('builds the graph from nothing once many passages are gone from it', async () => {
    const { articles, indexDir, build } = await forty();
    await build();
    const rows: [number, number][] = [];
    for (let round = 0; round < 8; round++) {
      await write(articles, { [`a/note-${2 * round}.txt`]: note(200 + round), [`b/note-${20 + 2 * round}.txt`]: note(300 + round) });
      await build();
      rows.push(await withCurrent(indexDir, ({ manifest }) => [manifest.rows, manifest.counts.passages]));
    }
    for (const [all, live] of rows) expect(all).toBeLessThanOrEqual(1.15 * live);
    expect(rows.some(([all, live]) => all > live)).toBe(true);
    expect(rows.slice(1).some(([all, live]) => all === live)).toBe(true);
    await withCurrent(indexDir, async (generation) => {
      const questions = [...generation.store.allRows().toRows()].map((row) => generation.vectors.vector(row));
      expect(await hnswRecall(generation.vectors, generation.store.allRows().toRows(), questions, () => undefined)).toBeGreaterThan(0.99);
    });
  });

  test('knows a file that has moved, and embeds and writes nothing of it anew', async () => {
    const { articles, indexDir, build } = await forty();
    await build();
    await rename(join(articles, 'a/note-3.txt'), join(articles, 'b/moved.txt'));
    const report = await build();
    expect(report).toMatchObject({ published: true, articles: { total: 40, added: [], changed: [], removed: [], moved: [{ source: 'articles/b/moved.txt', from: { source: 'articles/a/note-3.txt' } }], unchanged: 39 }, passages: { embedded: 0, fromCache: 0 } });
    const { id, from } = report.articles.moved[0]!;
    await withCurrent(indexDir, ({ store, manifest }) => {
      expect(manifest.rows).toBe(120);
      expect(store.article(from.id)).toBeNull();
      expect(store.passagesOf(id)).toHaveLength(3);
    });
    expect(await build()).toMatchObject({ published: false });
  });

  test('takes a move and an edit at the old place for what they are', async () => {
    const { articles, build } = await forty();
    await build();
    await rename(join(articles, 'a/note-3.txt'), join(articles, 'a/note-4.txt'));
    await write(articles, { 'a/note-3.txt': note(500) });
    expect(await build()).toMatchObject({ articles: { total: 40, added: [], changed: [{ source: 'articles/a/note-3.txt' }, { source: 'articles/a/note-4.txt' }], moved: [], removed: [] }, passages: { embedded: 3, fromCache: 3 } });
  });

  test('publishes nothing for files of which only the bytes differ', async () => {
    const { articles, build } = await forty();
    await build();
    await write(articles, { 'a/note-3.txt': `${note(3)}\n\n  \n` });
    expect(await build()).toMatchObject({ published: false, articles: { unchanged: 40 } });
  });

  test('as a dry run says the same and writes nothing', async () => {
    const { articles, indexDir, build } = await forty();
    const { generation } = await build();
    await rename(join(articles, 'a/note-3.txt'), join(articles, 'b/moved.txt'));
    await write(articles, { 'a/note-5.txt': note(5, ' of the flood'), 'a/note-6.txt': null, 'b/new.txt': note(77) });
    const dry = await build({ dryRun: true });
    const before = await readFile(join(indexDir, 'current'), 'utf8');
    const real = await build();
    expect(dry).toMatchObject({ dryRun: true, published: false, generation, passages: { total: 120, embedded: 0 } });
    expect(dry.articles).toEqual(real.articles);
    expect(before.trim()).toBe(generation);
  });

  test('keeps the version before of a file that cannot be read any more, and takes it up again when it can', async () => {
    const { articles, indexDir, build } = await forty();
    await build();
    await write(articles, { 'a/note-3.txt': Uint8Array.of(0, 1, 2), 'a/note-5.txt': note(5, ' of the flood') });
    const report = await build();
    expect(report).toMatchObject({ published: true, failed: [{ error: { code: 'file-binary' } }], articles: { total: 40, changed: [{ source: 'articles/a/note-5.txt' }] } });
    expect(await withCurrent(indexDir, ({ store }) => store.articlesOf('articles/a/note-3.txt'))).toHaveLength(1);
    await write(articles, { 'a/note-3.txt': note(3, ' again') });
    expect(await build()).toMatchObject({ failed: [], articles: { changed: [{ source: 'articles/a/note-3.txt' }] } });
  });

  test('takes over what the index found out about itself, and asks again when it has grown', async () => {
    const { articles, indexDir, build } = await forty();
    const asked: number[] = [];
    const calibrate = { version: 1, run: async ({ manifest }: Generation) => { asked.push(manifest.rows); return { version: 1, answerableFrom: 0.5, rows: manifest.rows }; } };
    await build({ calibrate });
    await write(articles, { 'a/note-5.txt': note(5, ' of the flood') });
    await build({ calibrate });
    expect(asked).toEqual([120]);
    expect(await withCurrent(indexDir, ({ manifest }) => manifest.calibration)).toEqual({ version: 1, answerableFrom: 0.5, rows: 120 });
    await write(articles, Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`c/${i}.txt`, note(600 + i)])));
    await build({ calibrate });
    expect(asked).toEqual([120, 196]);
    expect(await build({ calibrate: { ...calibrate, version: 2 } })).toMatchObject({ published: true, articles: { unchanged: 65 }, passages: { embedded: 0 } });
  });

  test('says so when many articles are gone from their places', async () => {
    const { articles, indexDir, build } = await forty();
    const first = await build();
    await write(articles, { a: null });
    const report = await build();
    expect(report).toMatchObject({ published: true, articles: { total: 20 }, warnings: [expect.stringMatching(/^20 of 40 articles are not there any more.*pilcrow rollback$/) as string] });
    await rollback(indexDir, { command: 'test' });
    expect(await withCurrent(indexDir, ({ id }) => id)).toBe(first.generation);
  });

  test('keeps no embedding that no generation uses, once these are many', async () => {
    const { articles, indexDir, build } = await forty();
    await build();
    await write(articles, Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`c/${i}.txt`, note(1000 + i)])));
    await build();
    const count = () => {
      const db = new Database(join(indexDir, 'embeddings.sqlite'), { readonly: true });
      const embeddings = db.prepare<[], number>('SELECT count(*) FROM embeddings').pluck().get();
      db.close();
      return embeddings;
    };
    expect(count()).toBe(1020);
    await write(articles, { c: null });
    await build();
    // The generation before uses them.
    expect(count()).toBe(1020);
    await write(articles, { 'a/note-5.txt': note(5, ' of the flood') });
    expect((await build({ keep: 1 })).pruned).toHaveLength(3);
    expect(count()).toBe(120);
    expect(await build({ full: true })).toMatchObject({ passages: { total: 120, embedded: 0 } });
  });

  test('is not stopped by a generation that has lost its files, and leaves it as it is', async () => {
    const { articles, indexDir, build } = await forty();
    const first = await build();
    await write(articles, Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`c/${i}.txt`, note(1000 + i)])));
    await build();
    await write(articles, { c: null });
    const passages = join(indexDir, 'generations', first.generation ?? '', 'passages.sqlite');
    await rm(passages);
    expect((await build()).warnings).toEqual([expect.stringContaining('not there any more')]);
    expect(existsSync(passages)).toBe(false);
  });

  test('works from a generation whose files may not be written', async () => {
    const { articles, indexDir, build } = await forty();
    const first = await build();
    await chmod(join(indexDir, 'generations', first.generation ?? '', 'passages.sqlite'), 0o444);
    await write(articles, { 'a/note-5.txt': note(5, ' of the flood') });
    expect(await build()).toMatchObject({ published: true, articles: { changed: [{}] } });
  });

  test('is not published when the guard refuses it', async () => {
    const { articles, indexDir, build } = await forty();
    const first = await build();
    await write(articles, { 'a/note-5.txt': note(5, ' of the flood') });
    const seen: string[] = [];
    const guard = { check: async (candidate: Generation) => { seen.push(candidate.id); throw new Error('no'); } };
    await expect(build({ guard })).rejects.toThrow('no');
    expect(seen).toHaveLength(1);
    expect(await withCurrent(indexDir, ({ id }) => id)).toBe(first.generation);
    expect(await build()).toMatchObject({ published: true, passages: { embedded: 0, fromCache: 3 } });
  });
});
