import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rename, rm, stat, truncate, unlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { HierarchicalNSW } from 'hnswlib-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildIndex, hnswRecall, verifyGeneration, verifyIndex, withWriterLock, type Check, type CheckName, type CheckState } from '../../lib/index';
import { HNSW, VectorIndex } from '../../lib/index/store/vectors';
import { temporaryFolder, THREE, workspace, write } from './support';

const DIMENSIONS = 384;
/** One of several passages, with everything that filters ask for. */
const LONG = [
  '---', 'title: The ferry at Morgan Point', 'author: Ada Brook; Émile Roux', 'tags: [Rivers, boats]', 'language: en-GB', '---', '',
  ...[1, 2, 3, 4].flatMap((n) => [`Paragraph ${n} of the ferry. ${'The boat crosses the wide brown river twice in an hour, with carts, goats and schoolchildren aboard, whatever the weather says. '.repeat(5)}`, '']),
].join('\n');

interface Built {
  indexDir: string;
  id: string;
  file: (name: string) => string;
  verify: () => Promise<Record<CheckName, Pick<Check, 'state' | 'detail'>>>;
}

/** Built once: most tests spoil a copy, and build nothing more. */
let original: { indexDir: string; id: string };
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pilcrow-test-'));
  const [articles, indexDir] = [join(folder, 'articles'), join(folder, 'index')];
  await write(articles, { ...THREE, 'ferry.md': LONG });
  original = { indexDir, id: (await buildIndex({ indexDir, named: [articles], cwd: folder, workers: 1 })).generation ?? '' };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function copied(): Promise<Built> {
  const indexDir = join(await temporaryFolder(), 'index');
  await cp(original.indexDir, indexDir, { recursive: true });
  return asBuilt(indexDir, original.id);
}

function asBuilt(indexDir: string, id: string): Built {
  const verify = async () => {
    const { checks } = await verifyGeneration(indexDir, id);
    return Object.fromEntries(checks.map(({ name, ...rest }) => [name, rest])) as Awaited<ReturnType<Built['verify']>>;
  };
  return { indexDir, id, file: (name) => join(indexDir, 'generations', id, name), verify };
}

type Manifest = Record<string, unknown> & { files: Record<string, { bytes: number; sha256: string }>; model: { hash: string; spec: { model: string } }; rows: number };

async function editManifest({ file }: Built, edit: (manifest: Manifest) => void): Promise<void> {
  const manifest = JSON.parse(await readFile(file('manifest.json'), 'utf8')) as Manifest;
  edit(manifest);
  await writeFile(file('manifest.json'), JSON.stringify(manifest));
}

/** As if the file had been written that way: only looking inside tells. */
async function describeAnew(index: Built, name: string): Promise<void> {
  const bytes = await readFile(index.file(name));
  await editManifest(index, ({ files }) => (files[name] = { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }));
}

async function editDatabase(index: Built, sql: string): Promise<void> {
  const db = new Database(index.file('passages.sqlite'));
  // Lets tables be changed that FTS5 keeps for itself.
  db.unsafeMode(true);
  db.pragma('foreign_keys = OFF');
  db.exec(sql);
  db.close();
  await describeAnew(index, 'passages.sqlite');
}

function graph(): HierarchicalNSW {
  const { HierarchicalNSW: Graph } = createRequire(import.meta.url)('hnswlib-node') as typeof import('hnswlib-node');
  return new Graph('ip', DIMENSIONS);
}

async function editGraph(index: Built, edit: (graph: HierarchicalNSW) => void): Promise<void> {
  const hnsw = graph();
  hnsw.readIndexSync(index.file('vectors.hnsw'));
  edit(hnsw);
  hnsw.writeIndexSync(index.file('vectors.hnsw'));
  await describeAnew(index, 'vectors.hnsw');
}

async function editGraphBytes(index: Built, edit: (bytes: Buffer) => void): Promise<void> {
  const bytes = await readFile(index.file('vectors.hnsw'));
  edit(bytes);
  await writeFile(index.file('vectors.hnsw'), bytes);
  await describeAnew(index, 'vectors.hnsw');
}

const HEADER = 96;
const LINKS = 4 + 4 * 2 * HNSW.m;
const RECORD = LINKS + 4 * DIMENSIONS + 8;

function states(checks: Record<CheckName, Pick<Check, 'state'>>): Partial<Record<CheckName, CheckState>> {
  return Object.fromEntries(Object.entries(checks).filter(([, { state }]) => state !== 'ok').map(([name, { state }]) => [name, state]));
}

describe('a generation as it was built', () => {
  test('is whole in every check', async () => {
    const { indexDir, id } = await copied();
    const steps: string[] = [];
    const report = await verifyGeneration(indexDir, id, { onStep: (_, check) => steps.push(check) });
    expect(report).toEqual({
      id,
      ok: true,
      checks: [
        { name: 'manifest', state: 'ok', detail: null },
        { name: 'files', state: 'ok', detail: null },
        { name: 'database', state: 'ok', detail: expect.stringMatching(/^4 articles, \d+ passages$/) as string },
        { name: 'passages', state: 'ok', detail: null },
        { name: 'map', state: 'ok', detail: '2 regions' },
        { name: 'vectors', state: 'ok', detail: expect.stringMatching(/^\d+ vectors$/) as string },
        { name: 'recall', state: 'ok', detail: 'recall@10 1.000 over 100 questions' },
        { name: 'model', state: 'ok', detail: 'all-MiniLM-L6-v2' },
      ],
    });
    expect(steps).toEqual(report.checks.map(({ name }) => name));
  });

  test('is not changed by looking at it', async () => {
    const { indexDir, file } = await copied();
    const before = await Promise.all(['passages.sqlite', 'vectors.hnsw', 'manifest.json'].map((name) => readFile(file(name))));
    await verifyIndex(indexDir);
    const after = await Promise.all(['passages.sqlite', 'vectors.hnsw', 'manifest.json'].map((name) => readFile(file(name))));
    expect(after.map((bytes, i) => bytes.equals(before[i]!))).toEqual([true, true, true]);
    await expect(stat(join(indexDir, 'embeddings.sqlite-wal'))).rejects.toThrow();
  });

  test('is whole after runs that changed, added and removed articles', async () => {
    const { articles, build, indexDir } = await workspace({ ...THREE, 'ferry.md': LONG });
    await build();
    await write(articles, { 'bees.txt': null, 'ferry.md': LONG.replace('Paragraph 2', 'The second paragraph'), 'salt.txt': 'Salt\nSalt is won from sea water in wide shallow pans under the sun.' });
    await build();
    const { ok, generations } = await verifyIndex(indexDir, { all: true });
    expect(generations.map((report) => [report.ok, report.checks.filter(({ state }) => state !== 'ok')])).toEqual([[true, []], [true, []]]);
    expect(ok).toBe(true);
  });

  test('is given up when told so', async () => {
    const { indexDir, id } = await copied();
    await expect(verifyGeneration(indexDir, id, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'interrupted' });
  });
});

describe('a damaged file is named, what needs it is not opened, and the rest is checked all the same', () => {
  const WITHOUT = {
    'passages.sqlite': { files: 'failed', database: 'skipped', passages: 'skipped', map: 'skipped', vectors: 'skipped', recall: 'skipped' },
    'vectors.hnsw': { files: 'failed', vectors: 'skipped', recall: 'skipped' },
  } as const;
  const damages: [string, RegExp, (path: string) => Promise<void>][] = [
    ['a byte of it has changed', /has changed since it was written: its SHA-256 begins with [0-9a-f]{12} instead of [0-9a-f]{12}$/, async (path) => {
      const bytes = await readFile(path);
      bytes[bytes.length >> 1]! ^= 1;
      await writeFile(path, bytes);
    }],
    ['it is cut short', /has 1000 bytes instead of \d+$/, (path) => truncate(path, 1000)],
    ['it is missing', /is missing: \d+ bytes are expected$/, (path) => unlink(path)],
  ];
  describe.each(['passages.sqlite', 'vectors.hnsw'] as const)('%s', (name) => {
    test.each(damages)('when %s', async (_, said, damage) => {
      const { file, verify } = await copied();
      await damage(file(name));
      const checks = await verify();
      expect(states(checks)).toEqual(WITHOUT[name]);
      expect(checks.files.detail).toMatch(new RegExp(`^${name.replace('.', '\\.')} ${said.source}`));
      expect(checks.recall.detail).toBe(`not checked: ${name} is not as it was written`);
    });
  });

  test.each<[string, (index: Built) => Promise<void>, RegExp]>([
    ['is no JSON', ({ file }) => writeFile(file('manifest.json'), '{"format": "pilc'), /manifest cannot be read/],
    ['is missing', ({ file }) => unlink(file('manifest.json')), /manifest cannot be read/],
    ['is of another format', (index) => editManifest(index, (manifest) => (manifest['version'] = 99)), /has index format 99/],
  ])('a manifest that %s leaves nothing to compare with', async (_, spoil, said) => {
    const index = await copied();
    await spoil(index);
    const { manifest, ...others } = await index.verify();
    expect(manifest).toEqual({ state: 'failed', detail: expect.stringMatching(said) as string });
    expect(new Set(Object.values(others).map(({ state, detail }) => `${state} ${detail ?? ''}`))).toEqual(new Set(['skipped not checked: the manifest cannot be read']));
  });

  test('a manifest of another generation', async () => {
    const index = await copied();
    await editManifest(index, (manifest) => (manifest['id'] = 'other'));
    expect(states(await index.verify())).toEqual({ manifest: 'failed' });
  });

  test('files that nobody knows are a remark', async () => {
    const { file, verify } = await copied();
    await writeFile(file('notes.txt'), 'mine');
    expect((await verify()).files).toEqual({ state: 'remark', detail: 'there are files that Pilcrow did not write (notes.txt)' });
  });
});

describe('damage that fits the manifest’s hashes is found in the database', () => {
  test.each<[string, string, Partial<Record<CheckName, RegExp>>]>([
    ['details of a passage are missing', 'DELETE FROM passage_details WHERE row = 1', { passages: /^passages without what ranking looks at \(\S+\.p\d\)$/ }],
    ['details belong to no passage', "INSERT INTO passage_details SELECT 99, NULL, embedding, details FROM passage_details WHERE row = 0", { passages: /^details of passages that are not there \(row 99\)$/ }],
    ['details name another article', 'UPDATE passage_details SET article = 77', { passages: /^passages whose details are of another article \(.*and \d+ more\)$/ }],
    ['details are cut short', 'UPDATE passage_details SET details = substr(details, 1, 100) WHERE row = 0', { passages: /^passages whose details cannot be read \(\S+\.p1\)$/ }],
    ['an article of several passages has no details', 'DELETE FROM article_details', { passages: /^articles of several passages without their details \(\S*ferry\S*\)$/ }],
    ['an article of one passage has details', 'INSERT INTO article_details SELECT row, terms, centroid FROM article_details, articles WHERE title = \'Baking rye\'', { passages: /^details of articles that have no several passages \(row \d\)$/ }],
    ['a centroid is cut short', 'UPDATE article_details SET centroid = substr(centroid, 1, 40)', { passages: /^articles whose details cannot be read/ }],
    ['a paragraph has changed', "UPDATE articles SET paragraphs = replace(paragraphs, 'flood', 'blood')", { passages: /^articles that have changed since they were indexed \((\S+)\); articles whose passages are not their text \(\1\)$/ }],
    ['a title has changed', "UPDATE articles SET title = 'Baking rice' WHERE title = 'Baking rye'", { passages: /^articles that have changed since they were indexed \((\S+)\); articles that filters know otherwise \(\1\)$/ }],
    ['paragraphs are no JSON', "UPDATE articles SET paragraphs = '[{' WHERE title = 'Baking rye'", { passages: /^articles whose text cannot be read/ }],
    ['a passage has changed', "UPDATE passages SET text = replace(text, 'flood', 'blood')", { passages: /^articles whose passages are not their text \(\S+\)$/ }],
    ['a passage lies elsewhere', 'UPDATE passages SET start = start + 1, "end" = "end" + 1 WHERE row = 0', { passages: /^articles whose passages are not their text/ }],
    ['a row of full-text search is missing', 'DELETE FROM lexical_docsize WHERE id = 2', { passages: /^passages that full-text search does not have \(\S+\); full-text search has \d+ terms instead of \d+/ }],
    ['full-text search counts what is not there', 'UPDATE lexical_data SET block = (SELECT block FROM (SELECT x\'7f0101\' AS block)) WHERE id = 1', { passages: /^full-text search reckons with 2 terms in 127 passages instead of \d+ in \d+$/ }],
    ['an embedding has no key', "UPDATE passage_details SET embedding = x'' WHERE row = 1", { passages: /^passages whose embedding has no key \(\S+\)$/ }],
    ['a row of full-text search has no passage', "INSERT INTO lexical (rowid, title, body) VALUES (50, 'a', 'b')", { passages: /^rows of full-text search without a passage \(row 50\)/ }],
    ['a tag is missing', "DELETE FROM article_tags WHERE tag = 'boats'", { passages: /^articles that filters know otherwise \(\S+\)$/ }],
    ['an author is another', "UPDATE article_authors SET author = 'nobody' WHERE author LIKE 'ada%'", { passages: /^articles that filters know otherwise/ }],
    ['a language is another', "UPDATE articles SET language_key = 'de'", { passages: /^articles that filters know otherwise/ }],
    ['a title is ordered by another', "UPDATE articles SET title_key = ' a' WHERE row = 1", { passages: /^articles that filters know otherwise \(\S+\)$/ }],
    ['an author is ordered by another', "UPDATE articles SET author_key = ' a' WHERE row = 1", { passages: /^articles that filters know otherwise \(\S+\)$/ }],
    ['a length is another', 'UPDATE articles SET words = words + 1 WHERE row = 1', { passages: /^articles that filters know otherwise \(\S+\)$/ }],
    ['an article is missing', "DELETE FROM articles WHERE title = 'Baking rye'", { database: /^passages refers to an article that is not there \(row \d\); there are 3 articles instead of 4$/ }],
    ['tags are of no article', "INSERT INTO article_tags VALUES ('lost', 99)", { database: /^article_tags refers to an article that is not there$/ }],
    ['a block of full-text search is spoilt', 'UPDATE lexical_data SET block = zeroblob(length(block)) WHERE id > 10', { database: /^fts5: corruption/ }],
  ])('when %s', async (_, sql, found) => {
    const index = await copied();
    await editDatabase(index, sql);
    const checks = await index.verify();
    for (const [name, said] of Object.entries(found)) expect(checks[name as CheckName]).toEqual({ state: 'failed', detail: expect.stringMatching(said) as string });
    expect(states(checks)).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, 'failed'])));
  });

  test.each<[string, string, RegExp]>([
    ['a passage has no place', 'DELETE FROM map_points WHERE row = 1', /^passages without a place \(\S+\.p\d\); regions with another number of passages \(region \d\)$/],
    ['a place is of a passage that is gone', 'INSERT INTO map_points SELECT 99, x, y, region FROM map_points WHERE row = 0', /^places of passages that are not there \(row 99\); regions with another/],
    ['a place lies beyond the map', 'UPDATE map_points SET x = 1.5 WHERE row = 2', /^places beyond the map \(row 2\)$/],
    ['a place is infinitely far', 'UPDATE map_points SET y = -9e999 WHERE row = 2', /^places beyond the map \(row 2\)$/],
    ['a place is no number', "UPDATE map_points SET x = 'here' WHERE row = 2", /^places beyond the map \(row 2\)$/],
    ['a region is not there', 'UPDATE map_points SET region = 7 WHERE row = 0', /^places in regions that are not there \(row 0\); regions with another/],
    ['a region’s name lies beyond the map', 'UPDATE map_regions SET y = -1 WHERE id = 0', /^names beyond the map \(region 0\)$/],
    ['a region’s words are no list', "UPDATE map_regions SET words = 'bees' WHERE id = 0", /^regions whose words cannot be read \(region 0\)$/],
  ])('when on the map %s', async (_, sql, said) => {
    const index = await copied();
    await editDatabase(index, sql);
    const checks = await index.verify();
    expect(checks.map.detail).toMatch(said);
    expect(states(checks)).toEqual({ map: 'failed' });
  });

  test('when it is no database', async () => {
    const index = await copied();
    await writeFile(index.file('passages.sqlite'), Buffer.alloc(8192, 'x'));
    await describeAnew(index, 'passages.sqlite');
    expect(states(await index.verify())).toEqual({ database: 'failed', passages: 'skipped', map: 'skipped', vectors: 'skipped', recall: 'skipped' });
  });

  test('when a page of it is spoilt', async () => {
    const index = await copied();
    const bytes = await readFile(index.file('passages.sqlite'));
    bytes.fill(0x5a, 4096 * 3, 4096 * 6);
    await writeFile(index.file('passages.sqlite'), bytes);
    await describeAnew(index, 'passages.sqlite');
    expect(await index.verify()).toMatchObject({ files: { state: 'ok' }, database: { state: 'failed' } });
  });
});

describe('damage that fits the manifest’s hashes is found in the graph', () => {
  const unit = Array.from({ length: DIMENSIONS }, (_, i) => (i === 0 ? 1 : 0));
  test.each<[string, (hnsw: HierarchicalNSW, count: number) => void, RegExp]>([
    ['a passage’s vector is deleted', (hnsw) => { hnsw.markDelete(2); }, /^vectors that are marked as deleted, and have a passage \(row 2\)$/],
    ['there is one too many', (hnsw, count) => { hnsw.resizeIndex(count + 1); hnsw.addPoint(unit, count); }, /^there are \d+ vectors instead of \d+; vectors without a passage that are not marked as deleted \(row \d+\)$/],
    ['a vector is twice as long', (hnsw) => { hnsw.addPoint(unit.map((value) => 2 * value), 0); }, /^vectors whose length is not 1 \(row 0\)$/],
  ])('when %s', async (_, edit, said) => {
    const index = await copied();
    await editGraph(index, (hnsw) => { edit(hnsw, hnsw.getCurrentCount()); });
    const checks = await index.verify();
    expect(states(checks)).toEqual({ vectors: 'failed', recall: 'skipped' });
    expect(checks.vectors.detail).toMatch(said);
  });

  test.each<[string, (bytes: Buffer) => void, RegExp]>([
    ['a number is none', (bytes) => bytes.writeFloatLE(NaN, HEADER + RECORD + LINKS + 40), /^vectors whose length is not 1 \(row 1\)$/],
    ['a link leads beyond the vectors', (bytes) => bytes.writeUInt32LE(1_000_000, HEADER + 4), /^vectors with links that lead nowhere \(row 0\)$/],
    ['there are more links than fit', (bytes) => bytes.writeUInt16LE(60, HEADER), /^vectors with links that lead nowhere \(row 0\)$/],
    ['a label is another', (bytes) => bytes.writeUInt32LE(7, HEADER + RECORD - 8), /^vectors out of their order \(row 0\)$/],
    ['the header is another', (bytes) => bytes.writeUInt32LE(17, 24), /^the file is laid out otherwise/],
    ['it counts more vectors than it holds', (bytes) => bytes.writeUInt32LE(1000, 16), /^the file is laid out otherwise/],
    ['searches would begin nowhere', (bytes) => bytes.writeUInt32LE(1000, 52), /^the higher levels of the graph/],
    ['a higher level is endless', (bytes) => bytes.writeUInt32LE(0x7fffffff, bytes.length - 4), /^the higher levels of the graph/],
  ])('when %s', async (_, edit, said) => {
    const index = await copied();
    await editGraphBytes(index, edit);
    const checks = await index.verify();
    expect(states(checks)).toEqual({ vectors: 'failed', recall: 'skipped' });
    expect(checks.vectors.detail).toMatch(said);
  });

  test('a vector that is left over must be marked as deleted, and then is none', async () => {
    const index = await copied();
    await editGraph(index, (hnsw) => {
      const row = hnsw.getCurrentCount();
      hnsw.resizeIndex(row + 1);
      hnsw.addPoint(unit, row);
      hnsw.markDelete(row);
    });
    await editManifest(index, (manifest) => manifest.rows++);
    const checks = await index.verify();
    expect(states(checks)).toEqual({});
    expect(checks.vectors.detail).toMatch(/^\d+ vectors, 1 of them deleted$/);
  });

  test('a graph that leads nowhere has no recall', async () => {
    const path = join(await temporaryFolder(), 'vectors.hnsw');
    const hnsw = graph();
    const count = 2000;
    hnsw.initIndex(count, 2, 1, 1);
    let state = 1;
    const random = () => (state = (state * 48271) % 2147483647) / 2147483647 - 0.5;
    const vectors = Array.from({ length: count }, () => {
      const vector = Array.from({ length: DIMENSIONS }, random);
      const length = Math.hypot(...vector);
      return vector.map((value) => value / length);
    });
    for (const [row, vector] of vectors.entries()) hnsw.addPoint(vector, row);
    hnsw.writeIndexSync(path);
    const index = await VectorIndex.open(path, DIMENSIONS);
    const recall = await hnswRecall(index, Uint32Array.from(vectors.keys()), vectors.slice(0, 20).map((vector) => Float32Array.from(vector)), () => undefined);
    index.close();
    expect(recall).toBeLessThan(0.95);
  });

  test('a graph whose links are gone finds nothing, and fails', async () => {
    const files = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`${i}.txt`, `Note ${i}\nThe ${['red', 'blue', 'old', 'new'][i % 4]!} boat number ${i} left the harbour of ${['Orley', 'Morgan', 'Salt', 'Bree', 'Tarn'][i % 5]!} in the morning.`]));
    const space = await workspace(files);
    const index = asBuilt(space.indexDir, (await space.build()).generation!);
    await editGraphBytes(index, (bytes) => {
      for (let row = 0; row < 40; row++) bytes.writeUInt16LE(0, HEADER + row * RECORD);
    });
    const { checks } = await verifyGeneration(index.indexDir, index.id);
    expect(checks.filter(({ state }) => state !== 'ok')).toEqual([{ name: 'recall', state: 'failed', detail: expect.stringMatching(/^recall@10 0\.\d{3} over 100 questions, less than 0\.9:/) as string }]);
  });
});

describe('the model', () => {
  test('is named when it is another than the one that made the embeddings', async () => {
    const index = await copied();
    await editManifest(index, ({ model }) => (model.hash = 'f'.repeat(64)));
    const { model, ...others } = await index.verify();
    expect(model).toEqual({ state: 'failed', detail: expect.stringMatching(/^all-MiniLM-L6-v2 is not the model .* instead of ffffffffffff$/) as string });
    expect(states(others as Record<CheckName, Check>)).toEqual({});
  });

  test('is named when it is not there', async () => {
    const index = await copied();
    await editManifest(index, ({ model }) => (model.spec.model = '/no/such/model'));
    expect((await index.verify()).model).toEqual({ state: 'failed', detail: 'there is no model folder /no/such/model' });
  });
});

describe('an index', () => {
  test('has its current generation checked, those named, or all', async () => {
    const { articles, build, indexDir } = await workspace();
    const { id, file } = asBuilt(indexDir, (await build()).generation!);
    await write(articles, { 'bees.txt': null });
    const newer = (await build()).generation!;
    await truncate(file('vectors.hnsw'), 100);
    expect(await verifyIndex(indexDir)).toMatchObject({ ok: true, current: newer, generations: [{ id: newer, ok: true }], failures: [], remarks: [] });
    expect(await verifyIndex(indexDir, { ids: [id.slice(0, -1), id] })).toMatchObject({ ok: false, current: newer, generations: [{ id, ok: false }] });
    expect(await verifyIndex(indexDir, { all: true })).toMatchObject({ ok: false, generations: [{ id: newer, ok: true }, { id, ok: false }] });
    await expect(verifyIndex(indexDir, { ids: ['19'] })).rejects.toMatchObject({ code: 'generation-not-found', message: 'there is no generation "19"' });
    await expect(verifyIndex(indexDir, { ids: ['2'] })).rejects.toMatchObject({ code: 'usage', message: '2 generations begin with "2"' });
  });

  test('that is not there is no damage', async () => {
    const { indexDir } = await workspace();
    await expect(verifyIndex(indexDir)).rejects.toMatchObject({ code: 'index-missing' });
    await expect(verifyIndex(indexDir, { all: true })).rejects.toMatchObject({ code: 'index-missing' });
  });

  test('whose current generation is gone', async () => {
    const { indexDir, id, file } = await copied();
    await rm(file('.'), { recursive: true });
    expect(await verifyIndex(indexDir)).toMatchObject({ ok: false, current: id, generations: [{ id, ok: false }] });
  });

  test('whose current names nothing', async () => {
    const { indexDir, id } = await copied();
    await writeFile(join(indexDir, 'current'), '../../etc');
    await expect(verifyIndex(indexDir)).rejects.toMatchObject({ code: 'index-damaged' });
    expect(await verifyIndex(indexDir, { all: true })).toMatchObject({ ok: false, current: null, generations: [{ id, ok: true }], failures: [expect.stringContaining('does not name one')] });
    await unlink(join(indexDir, 'current'));
    expect(await verifyIndex(indexDir, { all: true })).toMatchObject({ ok: false, current: null, generations: [{ id, ok: true }], failures: [expect.stringContaining('no generation is in use')] });
  });

  test('with a damaged embedding cache is whole, with a remark', async () => {
    const { indexDir } = await copied();
    const path = join(indexDir, 'embeddings.sqlite');
    const bytes = await readFile(path);
    for (let at = 100; at < bytes.length; at += 200) bytes[at]! ^= 0xff;
    await writeFile(path, bytes);
    expect(await verifyIndex(indexDir)).toMatchObject({ ok: true, failures: [], remarks: [expect.stringContaining('the embedding cache is damaged')] });
    await rename(path, `${path}.away`);
    expect(await verifyIndex(indexDir)).toMatchObject({ ok: true, remarks: [] });
  });

  test('with leftovers of runs that ended early says so, unless a run is at work', async () => {
    const { indexDir } = await copied();
    for (const name of ['.building-1-abcdef', '.removing-1-abcdef']) await mkdir(join(indexDir, 'generations', name));
    const { ok, remarks } = await verifyIndex(indexDir);
    expect(ok).toBe(true);
    expect(remarks).toEqual([expect.stringMatching(/^there are leftovers of runs .*\(\.building-1-abcdef, \.removing-1-abcdef\)$/)]);
    await withWriterLock(indexDir, { command: 'pilcrow index' }, async () => {
      expect((await verifyIndex(indexDir)).remarks).toEqual([]);
    });
  });
});
