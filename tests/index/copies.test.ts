import { describe, expect, test } from 'vitest';
import { openCurrent } from '../../lib/index';
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
