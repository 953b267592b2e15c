import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchBrowser } from './browser';

const app = inject('app');
const emptyApp = inject('emptyApp');

async function page(path: string, origin = app): Promise<{ status: number; html: string }> {
  const response = await fetch(origin + path);
  return { status: response.status, html: await response.text() };
}

test('the results are in the first HTML, the evidence marked', async () => {
  const { status, html } = await page('/?q=What+did+the+pilots+carry+under+their+coats%3F');
  expect(status).toBe(200);
  expect(/<mark>[^<]*/.exec(html)?.[0]).toMatch(/^<mark>They carried the charts under their coats/);
  expect(/<title>.*?<\/title>/.exec(html)?.[0]).toBe('<title>What did the pilots carry under their coats? ¶ Pilcrow</title>');
});

test('the front page says what is in the index', async () => {
  const { status, html } = await page('/');
  expect(status).toBe(200);
  expect(html).toContain('8 articles');
});

const NOWHERE = ['/articles/nothing', '/articles/..%2F..%2Fetc', '/articles/%ff', '/passages/nothing.p1/related', '/passages/%/related', '/nothing', '/articles'];

test.each(NOWHERE)('%s is a real 404', async (path) => {
  const { status, html } = await page(path);
  expect(status).toBe(404);
  expect(html).toContain('<title>Not here ¶ Pilcrow</title>');
  expect(html).not.toContain('__next_error__');
});

describe('without JavaScript', () => {
  let browser: Browser;
  beforeAll(async () => { browser = await launchBrowser(); });
  afterAll(() => browser.close());

  async function shown(address: string): Promise<string> {
    const reader = await browser.newPage({ javaScriptEnabled: false });
    await reader.goto(address);
    const text = await reader.locator('main').innerText();
    await reader.close();
    return text;
  }

  test.each(NOWHERE)('%s is a page that can be read', async (path) => {
    expect(await shown(app + path)).toMatch(/^Not here\s+The index has nothing at this address/);
  });

  test('so is the page of an app without an index', async () => {
    expect(await shown(emptyApp)).toContain('Nothing has been indexed yet');
  });
});

test.each(['POST', 'PUT', 'DELETE', 'PROPFIND', 'OPTIONS'])('%s is refused: pages can only be read', async (method) => {
  for (const path of ['/', '/articles/nothing']) {
    const response = await fetch(app + path, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
  }
});

test('HEAD has the status of GET', async () => {
  const statuses = ['/', '/articles/nothing'].map(async (path) => (await fetch(app + path, { method: 'HEAD' })).status);
  expect(await Promise.all(statuses)).toEqual([200, 404]);
});

test.each([
  ['an unknown mode', '/?q=a&mode=fuzzy', 'mode &quot;fuzzy&quot; is not one of'],
  ['k of 0', '/?q=a&k=0', 'k &quot;0&quot; is less than 1'],
  ['a date that is none', '/?q=a&from=yesterday', 'is not a date'],
  ['too long a question', `/?q=${'a'.repeat(2001)}`, 'the question has 2,001 characters'],
])('%s is explained on the page, which is a 400', async (_name, path, words) => {
  const { status, html } = await page(path);
  expect(status).toBe(400);
  expect(html).toContain('role="alert"');
  expect(html).toContain(words);
});

test('filters are kept in the form and can be taken away one by one', async () => {
  const { html } = await page('/?q=people&tag=food&tag=sea');
  expect(html).toContain('<input type="hidden" name="tag" value="food"/>');
  expect(html).toContain('href="/?q=people&amp;tag=sea"');
});

test('what a limit left out of an article is a link away, and the article a filter by its title', async () => {
  const { html } = await page('/?q=people&perArticle=1&tag=food');
  const [link, href] = /<a href="([^"]*)">\d+ more from this article/.exec(html.replaceAll('<!-- -->', '')) ?? [];
  expect(link).toBeDefined();
  expect(href).toMatch(/^\/\?q=people&amp;tag=food&amp;article=/);
  const { html: within } = await page((href ?? '').replaceAll('&amp;', '&'));
  const title = />article “([^<]*)”</.exec(within.replaceAll('<!-- -->', ''))?.[1];
  expect(title).not.toBe(undefined);
  expect(within.match(/<h2[^>]*><a[^>]*>[^<]*/g)?.every((heading) => heading.endsWith(`>${title ?? ''}`))).toBe(true);
  expect(within).toContain('href="/?q=people&amp;tag=food"');
});

test('an article filter for an article that is gone shows its id', async () => {
  const { status, html } = await page('/?q=people&article=gone-1234');
  expect(status).toBe(200);
  expect(html).toContain('article “gone-1234”');
});

describe('where nothing has been indexed', () => {
  test.each(['/', '/?q=anything', '/articles/x', '/passages/x.p1/related'])('%s says so with the command, as a 503', async (path) => {
    const { status, html } = await page(path, emptyApp);
    expect(status).toBe(503);
    expect(html).toContain('npx pilcrow index');
    expect(html).not.toMatch(/\/tmp\/|\bat \S+ \(/);
  });
});
