import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchBrowser } from './browser';

const app = inject('app');

/** Ground and ink as computed, so that it shows whether the build left light-dark() as it was. */
const LIGHT = { ground: 'rgb(251, 249, 243)', ink: 'rgb(32, 28, 23)' };
const DARK = { ground: 'rgb(24, 21, 17)', ink: 'rgb(233, 226, 212)' };
const COLOURS = { light: LIGHT, dark: DARK };
const SCHEMES = ['light', 'dark'] as const;

let browser: Browser;
let context: BrowserContext;

beforeAll(async () => { browser = await launchBrowser(); });
afterAll(() => browser.close());
afterEach(() => context.close());

async function open(colorScheme: 'light' | 'dark', path = '/'): Promise<Page> {
  context = await browser.newContext({ colorScheme });
  const page = await context.newPage();
  await page.goto(app + path);
  return page;
}

function colours(page: Page): Promise<{ ground: string; ink: string }> {
  return page.evaluate(() => ({ ground: getComputedStyle(document.documentElement).backgroundColor, ink: getComputedStyle(document.body).color }));
}

const choose = (page: Page, name: string) => page.getByRole('group', { name: 'Paper' }).getByRole('radio', { name }).check();

describe.each(SCHEMES)('on a system in %s', (system) => {
  test('without a choice the page follows it, also when it changes', async () => {
    const page = await open(system);
    expect(await colours(page)).toEqual(COLOURS[system]);
    const other = system === 'light' ? 'dark' : 'light';
    await page.emulateMedia({ colorScheme: other });
    expect(await colours(page)).toEqual(COLOURS[other]);
  });

  test.each(SCHEMES)('%s by choice holds at once and on every page, fields included', async (choice) => {
    const page = await open(system);
    await choose(page, choice);
    expect(await colours(page)).toEqual(COLOURS[choice]);
    for (const path of ['/?q=salt', '/nothing']) {
      await page.goto(app + path);
      expect(await colours(page)).toEqual(COLOURS[choice]);
      expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe(choice);
      expect(await page.getByRole('radio', { name: choice }).isChecked()).toBe(true);
    }
  });

  test('the choice can be given back to it', async () => {
    const page = await open(system);
    await choose(page, system === 'light' ? 'dark' : 'light');
    await choose(page, 'as the system');
    expect(await colours(page)).toEqual(COLOURS[system]);
    await page.reload();
    expect(await colours(page)).toEqual(COLOURS[system]);
    expect(await context.cookies()).toEqual([]);
  });
});

test.each(SCHEMES)('%s by choice is in the first HTML: nothing flashes', async (theme) => {
  for (const path of ['/', '/?q=salt', '/nothing']) {
    const html = await (await fetch(app + path, { headers: { cookie: `pilcrow-theme=${theme}` } })).text();
    expect(/<html[^>]*>/.exec(html)?.[0]).toContain(`data-theme="${theme}"`);
  }
});

test.each(['', 'pilcrow-theme=sepia', 'pilcrow-theme="><script>'])('the cookie %j is no choice', async (cookie) => {
  const html = await (await fetch(app, { headers: { cookie } })).text();
  expect(/<html[^>]*>/.exec(html)?.[0]).not.toContain('data-theme');
});

test.each(['no JSON', '{}', '5', '[1]', '[["a"]]'])('a choice holds whatever else has kept %s under the name that visits are kept under', async (kept) => {
  const page = await open('light');
  await page.evaluate((value) => { addEventListener('pagehide', () => { sessionStorage.setItem('pilcrow-visits', value); }); }, kept);
  await page.reload();
  await choose(page, 'dark');
  expect(await colours(page)).toEqual(DARK);
});

test('a choice holds on a page come to from another site', async () => {
  const page = await open('light');
  await choose(page, 'dark');
  await page.route('http://elsewhere.example/', (route) => route.fulfill({ contentType: 'text/html', body: `<a href="${app}/?q=salt">there</a>` }));
  await page.goto('http://elsewhere.example/');
  await page.getByRole('link', { name: 'there' }).click();
  await page.waitForURL(/q=salt/);
  expect(await colours(page)).toEqual(DARK);
});

test('Back to a page shows the choice that holds there now', async () => {
  const page = await open('light', '/?q=salt');
  await page.getByRole('link', { name: 'Library' }).click();
  await page.waitForURL('**/library');
  await choose(page, 'dark');
  await page.goBack();
  await page.waitForURL(/q=salt/);
  expect(await colours(page)).toEqual(DARK);
  await expect.poll(() => page.getByRole('radio', { name: 'dark' }).isChecked()).toBe(true);
});

test('where cookies are forbidden a choice holds for the page, and nothing breaks', async () => {
  const page = await open('light');
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.evaluate(() => {
    const forbid = () => { throw new DOMException('forbidden', 'SecurityError'); };
    Object.defineProperty(document, 'cookie', { get: forbid, set: forbid });
  });
  await choose(page, 'dark');
  expect(await colours(page)).toEqual(DARK);
  expect(errors).toEqual([]);
});
