import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { launchBrowser } from './browser';
import { follow } from './follow';

const app = inject('app');

let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => { browser = await launchBrowser(); });
afterAll(() => browser.close());
beforeEach(async () => {
  context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(5_000);
  page = await context.newPage();
});
afterEach(() => context.close());

async function ask(question: string): Promise<void> {
  await page.goto(app);
  await page.getByRole('searchbox', { name: 'Your question' }).fill(question);
  await follow(page.getByRole('button', { name: 'Ask' }));
}

test('a question is asked, its passage read in the article, and what is related followed and left again', async () => {
  await ask('What did the pilots carry under their coats?');
  expect(await page.locator('mark').first().textContent()).toMatch(/^They carried the charts/);
  const asked = page.url();

  await follow(page.locator('[data-open]').first());
  expect(new URL(page.url()).pathname).toMatch(/^\/articles\//);
  expect(await page.locator('main article').textContent()).toContain('charts under their coats');

  await follow(page.locator('main a[href*="/related"]').first());
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Related passages');
  await follow(page.locator('[data-open]').first());
  expect(new URL(page.url()).pathname).toMatch(/^\/articles\//);

  await follow(page.getByRole('navigation', { name: 'The way you came' }).getByRole('link').first());
  expect(page.url()).toBe(asked);
});

test('what narrows a search down is taken away again by a link', async () => {
  await page.goto(`${app}/?q=people&tag=food&tag=sea`);
  await follow(page.getByRole('link', { name: /^remove.*food$/ }));
  expect(new URL(page.url()).searchParams.getAll('tag')).toEqual(['sea']);
  expect(await page.locator('[data-item]').count()).toBeGreaterThan(0);
});

test('what nothing answers is said', async () => {
  await ask('xylophone');
  expect(await page.getByRole('main').innerText()).toMatch(/Nothing here (seems to )?answers? this/);
});

test('the library lists every article, and each can be read', async () => {
  const response = await page.goto(`${app}/library`);
  expect(response?.status()).toBe(200);
  const articles = page.locator('main a[href^="/articles/"]');
  expect(new Set(await articles.evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname))).size).toBe(8);
  const title = await articles.first().textContent();
  await follow(articles.first());
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(title);
});

test('the status says what is indexed', async () => {
  const response = await page.goto(`${app}/status`);
  expect(response?.status()).toBe(200);
  expect(await page.getByRole('main').innerText()).toContain('8 articles in 14 passages');
});

test('the map has a page that says what there is instead', async () => {
  const response = await page.goto(`${app}/map`);
  expect(response?.status()).toBe(200);
  expect((await page.getByRole('main').innerText()).trim()).not.toBe('');
});

test.each(['/', '/?q=people', '/library', '/status'])('%s offers nothing that only scripts can do', async (path) => {
  await page.goto(app + path);
  expect(await page.locator('.scripted').evaluateAll((elements) => elements.filter((element) => element.checkVisibility()).length)).toBe(0);
  expect(await page.locator('dialog').evaluateAll((dialogs) => dialogs.filter((dialog) => dialog.checkVisibility()).length)).toBe(0);
});
