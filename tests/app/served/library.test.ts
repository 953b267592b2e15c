import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import type { ArticlePage } from '../../../lib/search';
import { violations } from './axe';
import { bookshelf, type Bookshelf } from './bookshelf';
import { launchBrowser } from './browser';
import { follow } from './follow';

const SUBJECTS = ['Archive', '“Bakery', 'Glacier', 'Harbour', 'Lantern', 'Égalité'];
const AUTHORS = ['Ada Brook', 'Ines Karlsen', 'Tomás Brandão'];
const LONG = 'Salt, silk and the household budget: how one grey crystal paid for three wars, ruined a dynasty and taught half a continent to smuggle by moonlight';

/** 118 articles of a kind, one with a title that is long, and one that is set from right to left. */
function articles(): Record<string, string> {
  const files: Record<string, string> = {};
  for (let i = 0; i < 118; i++) {
    const date = i % 10 === 0 ? '' : `date: ${2015 + (i % 6)}-0${1 + (i % 9)}-11\n`;
    const author = i % 4 === 3 ? '' : `author: ${AUTHORS[i % 4]}\n`;
    files[`${i % 2 ? 'letters' : 'essays'}/a${i}.md`] = `---\ntitle: ${SUBJECTS[i % 6]}, part ${i}\n${author}${date}tags: [${i % 3 ? 'sea' : 'land'}]\nlanguage: en\n---\n\nWhat part ${i} tells ${'again '.repeat(i % 17)}of it.\n`;
  }
  files['long.md'] = `---\ntitle: "${LONG}"\n---\n\nSalt was the first tax that reached every kitchen.\n`;
  files['arabic.md'] = '---\ntitle: مدينة على النهر\ndate: 2023-05-02\nlanguage: ar\n---\n\nكانت المدينة تستيقظ قبل شروق الشمس.\n';
  return files;
}

let shelf: Bookshelf;
let browser: Browser;
let context: BrowserContext | undefined;

beforeAll(async () => {
  [shelf, browser] = await Promise.all([bookshelf(articles()), launchBrowser()]);
});
afterAll(() => Promise.all([browser.close(), shelf.close()]));
afterEach(() => context?.close());

interface Reader {
  javaScriptEnabled?: boolean;
  width?: number;
  colorScheme?: 'light' | 'dark';
}

async function open(path: string, { javaScriptEnabled = false, width = 1280, colorScheme = 'light' }: Reader = {}): Promise<Page> {
  context = await browser.newContext({ javaScriptEnabled, viewport: { width, height: 800 }, colorScheme, reducedMotion: 'reduce' });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  await page.goto(shelf.server.origin + path);
  return page;
}

async function html(path: string, origin = shelf.server.origin): Promise<{ status: number; text: string }> {
  const response = await fetch(origin + path);
  return { status: response.status, text: (await response.text()).replaceAll('<!-- -->', '') };
}

async function listed(query: string): Promise<ArticlePage> {
  return (await (await fetch(`${shelf.server.origin}/api/articles?${query}`)).json()) as ArticlePage;
}

const titles = (page: Page) => page.locator('[data-item] [data-open]').allTextContents();
/** The values of a facet with the articles that each would leave. */
async function valuesOf(page: Page, facet: string): Promise<[string, number][]> {
  const texts = await page.locator(`nav[aria-label="Narrow down"] section:has(h2:text-is("${facet}")) a`).allInnerTexts();
  return texts.map((text) => { const [, label = '', articles] = /^(.*?)\s+(\d+)/s.exec(text) ?? []; return [label, Number(articles)]; });
}

const headings = (page: Page) => page.locator('section h2 bdi').allTextContents();

describe('without JavaScript', () => {
  test('the newest come first below their years, and links lead to every order', async () => {
    const page = await open('/library');
    expect(await page.title()).toBe('Library ¶ Pilcrow');
    expect(await headings(page)).toEqual(['2023', '2020', '2019', '2018']);
    expect(await page.locator('[aria-label=Order] [aria-current=true]').textContent()).toBe('newest first');

    await follow(page.getByRole('link', { name: 'oldest first' }));
    expect((await headings(page))[0]).toBe('2015');
    await follow(page.getByRole('link', { name: 'title', exact: true }));
    expect(await headings(page)).toEqual(['A', 'B', 'E']);
    await follow(page.getByRole('link', { name: 'author', exact: true }));
    expect(await headings(page)).toEqual(['A', 'I']);
    expect(await page.locator('[aria-label=Order] [aria-current=true]').textContent()).toBe('author');
    await follow(page.getByRole('link', { name: 'longest first' }));
    expect(await headings(page)).toEqual([]);
    const words = (await page.locator('[class*=words]').allTextContents()).map((text) => Number.parseInt(text, 10));
    expect(words).toEqual([...words].sort((a, b) => b - a));
  });

  test('an entry says who, when, where, of what and how long, and leads to its article', async () => {
    const page = await open('/library?q=part+71');
    const entry = page.locator('[data-item]', { hasText: 'part 71' });
    for (const said of ['11 September 2020', 'articles/letters/a71.md', 'sea', '1 passage', ' words']) expect(await entry.innerText()).toContain(said);
    await follow(entry.getByRole('link'));
    expect(await page.locator('h1').textContent()).toBe('Égalité, part 71');
  });

  test('a page at a time, to the last and beyond', async () => {
    const page = await open('/library?sort=oldest&tag=sea&tag=land');
    const ways = page.getByRole('navigation', { name: 'Pages of the library' });
    expect(await ways.innerText()).toContain('Page 1 of 3');
    expect(await ways.getByRole('link').allTextContents()).toEqual(['Next', 'Last']);
    const first = await titles(page);
    await follow(ways.getByRole('link', { name: 'Next' }));
    expect(await page.title()).toBe('Library, page 2 ¶ Pilcrow');
    const second = await titles(page);
    await ways.getByRole('spinbutton').fill('3');
    await follow(ways.getByRole('button'));
    const third = await titles(page);
    expect(new Set([...first, ...second, ...third]).size).toBe(118);
    expect(third).toHaveLength(18);
    expect(await ways.getByRole('link').allTextContents()).toEqual(['First', 'Previous']);
    expect(new URL(page.url()).searchParams.getAll('tag')).toEqual(['sea', 'land']);

    const beyond = await page.goto(`${shelf.server.origin}/library?page=9`);
    expect(beyond?.status()).toBe(404);
    expect(await page.locator('main').innerText()).toContain('There is no page 9: the last is page 3.');
    expect(await ways.count()).toBe(0);
    await follow(page.locator('main').getByRole('link', { name: 'page 3' }));
    expect(await titles(page)).toHaveLength(20);
  });

  test('a facet leaves as many as it says, is marked, and can be taken away', async () => {
    const page = await open('/library?sort=title');
    const [tag, author, year] = [await valuesOf(page, 'Tag'), await valuesOf(page, 'Author'), await valuesOf(page, 'Year')];
    for (const [query, values] of [['tag', tag], ['author', author]] as const) {
      expect(values.length).toBeGreaterThan(1);
      for (const [label, said] of values) expect((await listed(new URLSearchParams({ [query]: label }).toString())).total).toBe(said);
    }
    expect(year.map(([label]) => label)).toEqual(['2023', '2020', '2019', '2018', '2017', '2016', '2015']);

    await follow(page.getByRole('navigation', { name: 'Narrow down' }).getByRole('link', { name: /^land/ }));
    expect(new URL(page.url()).search).toBe('?sort=title&tag=land');
        expect(await page.locator('main').innerText()).toContain(`${new Map(tag).get('land') ?? NaN} articles`);
    expect(await page.locator('nav[aria-label="Narrow down"] [aria-current=true] bdi').allTextContents()).toEqual(['land']);
    await follow(page.getByRole('link', { name: 'remove tag land' }));
    expect(new URL(page.url()).search).toBe('?sort=title');
  });

  test('the box finds by title and author, within what is chosen, and what is not there has ways out', async () => {
    const page = await open('/library?tag=sea&sort=oldest&page=2');
    await page.getByRole('searchbox', { name: 'Title or author' }).fill('harb');
    await follow(page.getByRole('button', { name: 'Find' }));
    expect(new URL(page.url()).searchParams.toString()).toBe('q=harb&sort=oldest&tag=sea');
    expect(await titles(page)).toHaveLength(0);
    await follow(page.getByRole('link', { name: 'Show all of those chosen' }));
    expect(new URL(page.url()).searchParams.has('q')).toBe(false);
    await page.goto(`${shelf.server.origin}/library?q=tomas`);
    expect(await page.locator('main').innerText()).toContain('29 articles with “tomas” in title or author');
    await page.goto(`${shelf.server.origin}/library?q=nobody+at+all`);
    expect(await page.locator('main').innerText()).toContain('No article here has “nobody at all” in its title or author.');
    await follow(page.getByRole('link', { name: 'Show all articles' }));
    expect(await page.locator('main').innerText()).toContain('120 articles: 1 to 50');
  });
});

test.each([
  ['page=x&tag=sea', 'page &quot;x&quot; is not a number'],
  ['page=0&tag=sea', 'page &quot;0&quot; is less than 1'],
  ['sort=colour&tag=sea', 'sort &quot;colour&quot; is not one of'],
  ['sort=title&sort=author&tag=sea', 'sort is given 2 times'],
  ['from=2020&to=2019&tag=sea', 'from 2020 is after to 2019'],
])('%s is explained, and the library shown without it, as a 400', async (query, words) => {
  const { status, text } = await html(`/library?${query}`);
  expect(status).toBe(400);
  expect(text).toMatch(new RegExp(`role="alert">That cannot be shown: ${words}`));
  expect(text).toContain('78 articles: 1 to 50');
});

test('a value that no article has is named, with the library without it a link away', async () => {
  const { status, text } = await html('/library?tag=seaside');
  expect(status).toBe(200);
  expect(text).toMatch(/No article here has the tag ‘<bdi>seaside<\/bdi>’\. <a href="\/library">/);
});

test('where nothing has been indexed the library says so, as a 503', async () => {
  const { status, text } = await html('/library', inject('emptyApp'));
  expect(status).toBe(503);
  expect(text).toContain('npx pilcrow index');
});

describe.each([['/library', 'the library'], ['/library?q=salt&sort=title', 'a title of two lines and more'], ['/library?page=9', 'beyond the end'], ['/library?sort=colour', 'what cannot be shown']])('%s', (path, what) => {
  test.each([[320, 'light'], [1280, 'dark']] as const)(`${what} fits into %d px and has no violation in the %s`, async (width, colorScheme) => {
    const page = await open(path, { javaScriptEnabled: true, width, colorScheme });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    expect(await violations(page)).toEqual([]);
  });
});

test('what narrows down is closed on narrow screens and open in the margin of wide ones', async () => {
  const narrow = await open('/library', { width: 768 });
  const facet = () => narrow.locator('nav[aria-label="Narrow down"] a').first();
  expect(await facet().isVisible()).toBe(false);
  await narrow.getByText('Narrow down').click();
  expect(await facet().isVisible()).toBe(true);
  await context?.close();
  const wide = await open('/library', { width: 1280 });
  const facets = (await wide.locator('nav[aria-label="Narrow down"] a').first().boundingBox())!;
  const list = (await wide.locator('[data-item]').first().boundingBox())!;
  expect(facets.x).toBeGreaterThan(list.x + list.width);
});
