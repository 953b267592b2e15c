import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { articleAddress } from './article';
import { launchBrowser } from './browser';

const app = inject('app');

let browser: Browser;
let context: BrowserContext;
let page: Page;
let address: string;

beforeAll(async () => {
  browser = await launchBrowser();
  address = await articleAddress(app, /^The winter/);
});
afterAll(() => browser.close());
afterEach(() => context.close());

async function open(path: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<void> {
  context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(10_000);
  page = await context.newPage();
  await page.goto(app + path, { waitUntil: 'networkidle' });
}

const button = () => page.getByRole('link', { name: 'Find passages like this' });
/** Far longer than a selection has to stand still, by the page's own clock. */
const settled = () => page.clock.runFor(10_000);

/** Selects between two texts, each of which stands in one text node; resolves when the page knows. */
async function select(from: string, to: string): Promise<void> {
  await page.evaluate(async ([first, last]) => {
    const known = new Promise((resolve) => { document.addEventListener('selectionchange', resolve, { once: true }); });
    const walker = document.createTreeWalker(document.querySelector('main')!, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent ?? '';
      if (text.includes(first!)) range.setStart(node, text.indexOf(first!));
      if (text.includes(last!)) range.setEnd(node, text.indexOf(last!) + last!.length);
    }
    getSelection()!.removeAllRanges();
    getSelection()!.addRange(range);
    await known;
  }, [from, to]);
}

test('words selected lead to a search by meaning for them, with the way kept', async () => {
  await open(`${address}?p=1&via=ask%3Aq%3Dpilots#p1`);
  await select('bread for nine', 'coal for five');
  await button().waitFor();
  const [box, passage] = [await button().boundingBox(), await page.locator('#p2').boundingBox()];
  expect(box?.y).toBeGreaterThan(passage?.y ?? NaN);
  expect(box?.y).toBeLessThan((passage?.y ?? NaN) + (passage?.height ?? NaN));
  await button().click();
  await page.waitForURL(/\?q=/);
  const { searchParams } = new URL(page.url());
  expect(searchParams.get('q')).toBe('bread for nine days and coal for five');
  expect(searchParams.get('mode')).toBe('dense');
  expect(searchParams.getAll('via').map((step) => step.replace(/:.*\./s, ':'))).toEqual(['ask:q=pilots', 'read:p2']);
  expect(await page.locator('[data-item]').first().textContent()).toContain('The ships had bread for nine days');
});

test('across passages it is the text alone, without what stands in the margin', async () => {
  await open(address);
  await select('dissolved by the', 'bread for nine days');
  await button().waitFor();
  expect(new URL(await button().getAttribute('href') ?? '', app).searchParams.get('q')).toBe('dissolved by the weather. The ships had bread for nine days');
});

test('of words that are cut by it the whole is asked, and what is selected stays', async () => {
  await open(address);
  await select('read for nine', 'coal for fiv');
  await button().waitFor();
  expect(new URL(await button().getAttribute('href') ?? '', app).searchParams.get('q')).toBe('bread for nine days and coal for five');
  expect(await page.evaluate(() => getSelection()!.toString())).toBe('read for nine days and coal for fiv');
});

test('Escape on it gives the focus back to the passage', async () => {
  await open(address);
  await select('bread for nine', 'coal for five');
  await button().focus();
  await page.keyboard.press('Escape');
  await button().waitFor({ state: 'hidden' });
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('p2');
});

test('Escape lets go of it first, and of the panel beside the text the second time', async () => {
  await open(address);
  await page.getByRole('link', { name: 'Related to ¶ 2', exact: true }).click();
  await page.locator('[data-part=related]').waitFor();
  await select('bread for nine', 'coal for five');
  await button().waitFor();
  await page.keyboard.press('Escape');
  await button().waitFor({ state: 'hidden' });
  expect(await page.locator('[data-panel]').isVisible()).toBe(true);
  await page.keyboard.press('Escape');
  await page.locator('[data-panel]').waitFor({ state: 'hidden' });
});

test('by keyboard it is a few stops on', async () => {
  await open(address);
  await page.clock.install();
  await page.locator('#p2').focus();
  await select('bread for nine', 'coal for five');
  await button().waitFor();
  for (let stops = 0; stops < 4; stops++) {
    await page.keyboard.press('Tab');
    if (await button().evaluate((link) => link === document.activeElement)) break;
  }
  await settled();
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=bread\+for\+nine/);
});

test('by touch', async () => {
  await open(address, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await select('bread for nine', 'coal for five');
  await button().tap();
  await page.waitForURL(/q=bread\+for\+nine/);
});

test.each([
  ['fewer than three words', 'nine days', 'nine days'],
  ['the title', 'The winter the', 'pilots walked'],
  ['from the title into the text', 'The winter the', 'went out to'],
])('%s is nothing to search for', async (_name, from, to) => {
  await open(address);
  await page.clock.install();
  await select(from, to);
  await settled();
  expect(await button().count()).toBe(0);
  // What would be something to search for is by then.
  await select('bread for nine', 'coal for five');
  await settled();
  expect(await button().count()).toBe(1);
});

test('it goes with the selection, and with Escape', async () => {
  await open(address);
  await select('bread for nine', 'coal for five');
  await button().waitFor();
  await page.evaluate(() => { getSelection()!.removeAllRanges(); });
  await button().waitFor({ state: 'hidden' });
  await select('bread for nine', 'coal for five');
  await button().waitFor();
  await page.keyboard.press('Escape');
  await button().waitFor({ state: 'hidden' });
});

test('it never moves the text or its mark', async () => {
  await open(`${await articleAddress(app, /^Salt/)}#p2`);
  const measure = () => page.locator('[data-article-text] :is(p, span)').evaluateAll((elements) => elements.filter((element) => element.closest('[data-marginalia], [data-find-like]') === null).map((element) => `${element.getBoundingClientRect().top} ${getComputedStyle(element).backgroundColor}`));
  const before = await measure();
  await select('Salt was the', 'that reached every kitchen');
  await button().waitFor();
  expect(await measure()).toEqual(before);
});
