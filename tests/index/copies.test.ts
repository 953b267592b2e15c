import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openCurrent, verifyGeneration } from '../../lib/index';
import { zipBytes } from '../article/zip-bytes';
import { workspace, write } from './support';

const BODY = 'The ferry to Orley was built in the winter of a year that nobody wrote down, of oak that had been felled for a church, and it carried carts, sheep and letters over the river until the bridge was finished and there was nothing left for it to carry.';
const OTHER = 'Rye dough is sticky because its flour holds little gluten, so that bakers shape it with wet hands, let it rise in baskets of straw, and bake it long in a falling heat, until the crust is dark and a knock on the bottom sounds as if nobody were at home.';

const page = (title: string, url: string | null, ...texts: string[]): string => `---\ntitle: ${title}\n${url === null ? '' : `url: ${url}\n`}---\n${texts.join('\n\n')}\n`;

async function sources(indexDir: string): Promise<string[]> {
  const generation = await openCurrent(indexDir);
  try {
    return [...generation.store.knownArticles()].map(({ source }) => source).sort();
  } finally {
    generation.close();
  }
}

describe('an article that comes twice', () => {
  test('as two files of the same text is indexed once, and the report says which', async () => {
    const { indexDir, build } = await workspace({ 'a.md': page('Ferry', null, BODY), 'b.md': page('The ferry again', null, BODY), 'c.md': page('Bread', null, OTHER) });
    expect(await build()).toMatchObject({ articles: { total: 2 }, copies: [{ source: 'articles/b.md', of: 'articles/a.md' }] });
    expect(await sources(indexDir)).toEqual(['articles/a.md', 'articles/c.md']);
    expect(await build()).toMatchObject({ published: false, articles: { total: 2 } });
  });

  test('under two addresses of one page is indexed once', async () => {
    const { build } = await workspace({
      'a.md': page('Ferry', 'https://www.example.org/ferry/?utm_source=mail', BODY, 'A first edition.'),
      'b.md': page('Ferry', 'http://example.org/ferry', BODY, 'A second edition.'),
    });
    expect(await build()).toMatchObject({ articles: { total: 1 }, copies: [{ source: 'articles/b.md', of: 'articles/a.md' }] });
  });

  test('an address in common alone makes no copy: sites give all their pages one by mistake', async () => {
    const { build } = await workspace({ 'a.md': page('Ferry', 'https://example.org/blog', BODY), 'b.md': page('Bread', 'https://example.org/blog', OTHER), 'c.md': page('Short', 'https://example.org/', 'Of its own.'), 'd.md': page('Short', 'https://example.org/', 'Of its own too.') });
    expect(await build()).toMatchObject({ articles: { total: 4 }, copies: [] });
  });

  test('short texts are alike by chance', async () => {
    const { build } = await workspace({ 'a.md': page('One', null, 'Read more on our site.'), 'b.md': page('Two', null, 'Read more on our site.') });
    expect(await build()).toMatchObject({ articles: { total: 2 }, copies: [] });
  });
});

describe('an update', () => {
  test('leaves out a new file that is an article there already', async () => {
    const { articles, indexDir, build } = await workspace({ 'b.md': page('Ferry', null, BODY), 'c.md': page('Bread', null, OTHER) });
    await build();
    await write(articles, { 'a.md': page('Again', null, BODY), 'd.md': page('And again', null, BODY) });
    const report = await build();
    expect(report).toMatchObject({ articles: { total: 2, added: [] }, copies: [{ source: 'articles/a.md', of: 'articles/b.md' }, { source: 'articles/d.md', of: 'articles/b.md' }] });
    expect(await sources(indexDir)).toEqual(['articles/b.md', 'articles/c.md']);
  });

  test.each([
    ['is gone', null],
    ['says something else now', page('Ferry', null, `${OTHER} That is what the miller said, at least.`)],
    ['cannot be told from another now', page('Ferry', null, OTHER)],
  ])('takes in the copy when the original %s', async (_, now) => {
    const { articles, indexDir, build } = await workspace({ 'a.md': page('Ferry', null, BODY), 'b.md': page('Again', null, BODY), 'c.md': page('Bread', null, OTHER), 'd.md': page('Pad', null, 'Of its own.') });
    await build();
    await write(articles, { 'a.md': now });
    const report = await build();
    expect(await sources(indexDir)).toContain('articles/b.md');
    expect(report.articles.added).toMatchObject([{ source: 'articles/b.md' }]);
    const again = await build({ full: true });
    expect(again.articles.total).toBe(report.articles.total);
  });

  test('forgets a copy that is gone or says something else', async () => {
    const { articles, indexDir, build } = await workspace({ 'a.md': page('Ferry', null, BODY), 'b.md': page('Again', null, BODY), 'c.md': page('Again', null, BODY), 'd.md': page('Pad', null, 'Of its own.') });
    await build();
    await write(articles, { 'b.md': null, 'c.md': page('Bread', null, OTHER), 'd.md': page('Pad', null, 'Of its own now.') });
    await build();
    await write(articles, { 'a.md': null });
    expect(await build()).toMatchObject({ articles: { added: [], removed: [{ source: 'articles/a.md' }] } });
    expect(await sources(indexDir)).toEqual(['articles/c.md', 'articles/d.md']);
  });

  test('lets go of an article that has become a copy', async () => {
    const { articles, indexDir, build } = await workspace({ 'a.md': page('Ferry', null, BODY), 'b.md': page('Bread', null, OTHER), 'c.md': page('Pad', null, 'Of its own.') });
    await build();
    await write(articles, { 'b.md': page('Bread', null, BODY) });
    expect(await build()).toMatchObject({ copies: [{ source: 'articles/b.md', of: 'articles/a.md' }], articles: { removed: [{ source: 'articles/b.md' }] } });
    expect(await sources(indexDir)).toEqual(['articles/a.md', 'articles/c.md']);
  });
});

describe('copies and originals that change in one run', () => {
  /** Enough beside them that the generation is changed, not built anew. */
  const PADDING = { 'zz.jsonl': Array.from({ length: 30 }, (_, i) => JSON.stringify({ id: i, text: `The weather on day ${i} was fair.` })).join('\n') };
  const own = async (indexDir: string): Promise<string[]> => (await sources(indexDir)).filter((source) => source !== 'articles/zz.jsonl');

  test('two files that have changed places are both there', async () => {
    const { articles, indexDir, build } = await workspace({ 'a.md': page('Ferry', null, BODY), 'b.md': page('Bread', null, OTHER), ...PADDING });
    await build();
    await write(articles, { 'a.md': page('Bread', null, OTHER), 'b.md': page('Ferry', null, BODY) });
    await build();
    expect(await own(indexDir)).toEqual(['articles/a.md', 'articles/b.md']);
  });

  test('a copy made before the original was edited is taken in', async () => {
    const { articles, indexDir, build } = await workspace({ 'b.md': page('Ferry', null, BODY), ...PADDING });
    await build();
    await write(articles, { 'a.md': page('Kept', null, BODY), 'b.md': page('Ferry', null, OTHER) });
    await build();
    expect(await own(indexDir)).toEqual(['articles/a.md', 'articles/b.md']);
  });

  test('a copy in a file that cannot be read at the moment is taken in once it can', async () => {
    const { articles, indexDir, build } = await workspace({ 'a.md': page('Ferry', null, BODY), 'b.md': page('Again', null, BODY), ...PADDING });
    await build();
    await write(articles, { 'a.md': null, 'b.md': Uint8Array.of(0, 1, 2) });
    expect(await build()).toMatchObject({ failed: [{ error: { code: 'file-binary' } }], articles: { removed: [{ source: 'articles/a.md' }] } });
    await write(articles, { 'b.md': page('Again', null, BODY) });
    await build();
    expect(await own(indexDir)).toEqual(['articles/b.md']);
  });

  test('an article kept of a part that fails gives way to the same one elsewhere, and copies of it need no second look', async () => {
    const archive = (crc?: number) => zipBytes([{ name: 'x.md', data: page('Ferry', null, BODY), ...(crc === undefined ? {} : { crc }) }, { name: 'y.md', data: page('Bread', null, OTHER) }]);
    const { articles, indexDir, build } = await workspace({ 'm.zip': archive(), 'n.md': page('Again', null, BODY), ...PADDING });
    await build();
    await write(articles, { 'm.zip': archive(1) });
    expect(await build()).toMatchObject({ published: false, failed: [{ path: 'articles/m.zip/x.md' }], articles: { unchanged: 32 } });
    await write(articles, { 'a.md': page('Before', null, BODY) });
    const report = await build();
    expect(report.copies).toContainEqual({ source: 'articles/m.zip/x.md', of: 'articles/a.md' });
    expect(await own(indexDir)).toEqual(['articles/a.md', 'articles/m.zip/y.md']);
  });

  test('an archive that was renamed, and one that was unpacked to a folder of its name, is what it was', async () => {
    const entries = { 'x.md': page('Ferry', null, BODY), 'y.md': page('Short', null, 'Of its own.') };
    const { articles, indexDir, build } = await workspace({ 'm.zip': zipBytes(Object.entries(entries).map(([name, data]) => ({ name, data }))), ...PADDING });
    await build();
    await rename(join(articles, 'm.zip'), join(articles, 'k.zip'));
    expect(await build()).toMatchObject({ articles: { added: [], removed: [], moved: [{}, {}] }, passages: { fromCache: 0 } });
    expect(await own(indexDir)).toEqual(['articles/k.zip/x.md', 'articles/k.zip/y.md']);
    await write(articles, { 'k.zip': null });
    await write(articles, { 'k.zip/x.md': entries['x.md'], 'k.zip/y.md': entries['y.md'] });
    const unpacked = await build();
    expect(unpacked).toMatchObject({ articles: { total: 32, added: [], removed: [], moved: [], unchanged: 32 } });
    expect(await verifyGeneration(indexDir, unpacked.generation ?? '')).toMatchObject({ ok: true });
    await write(articles, { 'k.zip/x.md': null });
    expect(await build()).toMatchObject({ articles: { removed: [{ source: 'articles/k.zip/x.md' }] } });
  });

  test('an article that has gone from one file to another has moved', async () => {
    const lines = (...texts: string[]) => texts.map((text, i) => JSON.stringify({ id: `${text.length} ${i}`, title: text.slice(0, 9), text })).join('\n');
    const { articles, build } = await workspace({ 'a.jsonl': lines(BODY, 'One more.'), 'b.jsonl': lines('Another.'), ...PADDING });
    await build();
    await write(articles, { 'a.jsonl': lines('One more, as it was.'), 'b.jsonl': lines('Another.', BODY) });
    const dry = await build({ dryRun: true });
    const report = await build();
    expect(dry.articles).toEqual(report.articles);
    expect(report.articles.moved).toMatchObject([{ source: 'articles/b.jsonl', from: { source: 'articles/a.jsonl' } }]);
  });
});

test('an address that very many articles name tells none of them', async () => {
  const records = Array.from({ length: 50 }, (_, i) => JSON.stringify({ id: i, title: `Note ${i}`, url: 'https://example.org/blog', text: `Number ${i} of all.\n\nRead on at ${i % 40}.` }));
  const { articles, build } = await workspace({ 'all.jsonl': records.join('\n') });
  expect((await build()).articles.total).toBe(50);
  await write(articles, { 'more.jsonl': JSON.stringify({ id: 1, title: 'Note', url: 'https://example.org/blog', text: 'Number 51 of all.\n\nRead on at 1.' }) });
  expect(await build()).toMatchObject({ articles: { added: [{}] }, copies: [] });
});

describe('a record or chapter that cannot be read any more', () => {
  test.each([true, false])('stays as it was indexed, whatever way the generation is made (from nothing: %s)', async (anew) => {
    const record = (i: number) => JSON.stringify({ id: `n${i}`, title: `Note ${i}`, text: `The weather on day ${i} was fair.` });
    const { articles, indexDir, build } = await workspace({ 'notes.jsonl': Array.from({ length: 30 }, (_, i) => record(i)).join('\n'), 'd/a.md': page('Ferry', null, BODY) });
    await build();
    const now = (await readFile(join(articles, 'notes.jsonl'), 'utf8')).replace(record(3), '{"id": "n3", "text": broken').replace('day 7 was fair', 'day 7 was foul');
    await write(articles, { 'notes.jsonl': now });
    const report = await build(anew ? { spec: { dtype: 'fp32' } } : {});
    expect(report).toMatchObject({ published: true, failed: [{ path: 'articles/notes.jsonl/line 4' }], articles: { total: 31, changed: [{}], removed: [] } });
    await write(articles, { 'notes.jsonl': now.replace('{"id": "n3", "text": broken\n', '') });
    expect(await build()).toMatchObject({ failed: [], articles: { total: 30, removed: [{}] } });
    expect(await sources(indexDir)).toHaveLength(30);
  });
});
