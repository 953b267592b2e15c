import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { articleAddress } from './article';
import { violations } from './axe';
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

async function open(path: string, width = 1280): Promise<void> {
  context = await browser.newContext({ viewport: { width, height: 800 } });
  context.setDefaultTimeout(10_000);
  page = await context.newPage();
  await page.goto(app + path, { waitUntil: 'networkidle' });
}

const panel = () => page.getByRole('complementary');
const opener = (ordinal: number) => page.getByRole('link', { name: `Related to ¶ ${ordinal}`, exact: true });
const heading = () => panel().getByRole('heading', { level: 2 }).first();
/** An item of the panel, when what was asked for has come. */
const firstItem = () => panel().locator('[data-item]').first();

async function openPanel(ordinal: number): Promise<void> {
  await opener(ordinal).click();
  await firstItem().waitFor();
}

describe('beside the text', () => {
  beforeEach(() => open(`${address}?via=ask%3Aq%3Dpilots`));

  test('what is related opens, named and with the focus, and the text stays where it is', async () => {
    const text = page.locator('#p3');
    const before = await text.boundingBox();
    await opener(2).focus();
    expect(await opener(2).getAttribute('aria-expanded')).toBe('false');
    await openPanel(2);
    expect(new URL(page.url()).pathname).toBe(address);
    expect(await heading().textContent()).toBe('Related to ¶\u00a02');
    expect(await panel().evaluate((aside) => aside === document.activeElement)).toBe(true);
    expect(await opener(2).getAttribute('aria-expanded')).toBe('true');
    expect(await text.boundingBox()).toEqual(before);
    const [left, right] = [await panel().boundingBox(), await text.boundingBox()].map((box) => box?.x ?? NaN);
    expect(left).toBeGreaterThan((right ?? NaN) + (before?.width ?? NaN));
  });

  test('is on the screen wherever one reads, and scrolls by itself', async () => {
    await page.setViewportSize({ width: 1280, height: 400 });
    await openPanel(3);
    for (const place of ['#p2', '#p3', 'footer']) {
      await page.locator(place).last().evaluate((element) => { element.scrollIntoView(); });
      expect(await page.evaluate(() => scrollY)).toBeGreaterThan(0);
      const box = await panel().boundingBox();
      expect(box?.y).toBeGreaterThanOrEqual(0);
      expect(box?.y).toBeLessThan(100);
      expect((box?.y ?? NaN) + (box?.height ?? NaN)).toBeLessThanOrEqual(400);
    }
    const scrolled = await page.evaluate(() => scrollY);
    await panel().evaluate((aside) => { aside.scrollTop = 100; });
    expect(await panel().evaluate((aside) => aside.scrollTop)).toBe(100);
    expect(await page.evaluate(() => scrollY)).toBe(scrolled);
  });

  test.each(['Escape', 'the button', 'its link'])('%s closes it and gives the focus back', async (by) => {
    await openPanel(2);
    if (by === 'Escape') await page.keyboard.press('Escape');
    else if (by === 'the button') await panel().getByRole('button', { name: 'Close' }).click();
    else await opener(2).click();
    expect(await panel().count()).toBe(0);
    expect(await opener(2).evaluate((link) => link === document.activeElement)).toBe(true);
    expect(await opener(2).getAttribute('aria-expanded')).toBe('false');
  });

  test('what is related to a related passage opens there too, with a way back', async () => {
    await openPanel(2);
    expect(await panel().getByRole('button', { name: 'Back' }).count()).toBe(0);
    const first = await firstItem().getAttribute('data-item');
    await firstItem().locator('a[data-related]').click();
    await expect.poll(() => firstItem().getAttribute('data-item').catch(() => first)).not.toBe(first);
    expect(await heading().textContent()).toMatch(/^Related passages to ¶ \d+ of /);
    await panel().getByRole('button', { name: 'Back' }).click();
    await expect.poll(() => firstItem().getAttribute('data-item').catch(() => null)).toBe(first);
    expect(await heading().textContent()).toBe('Related to ¶\u00a02');
    await page.keyboard.press('Escape');
    expect(await opener(2).evaluate((link) => link === document.activeElement)).toBe(true);
  });

  test('links out of it carry the way, and Back finds it open; so does a reload', async () => {
    await openPanel(2);
    const first = await firstItem().getAttribute('data-item');
    await firstItem().locator('a[data-open]').click();
    await page.waitForURL(/related%3A/);
    expect(new URL(page.url()).searchParams.getAll('via').map((step) => step.replace(/:.*\./s, ':'))).toEqual(['ask:q=pilots', 'read:p2', 'related:p2']);
    await page.goBack();
    await expect.poll(() => firstItem().getAttribute('data-item').catch(() => null)).toBe(first);
    expect(await heading().textContent()).toBe('Related to ¶\u00a02');
    await page.reload();
    await expect.poll(() => firstItem().getAttribute('data-item').catch(() => null)).toBe(first);
    await page.keyboard.press('Escape');
    await page.reload({ waitUntil: 'networkidle' });
    expect(await panel().count()).toBe(0);
  });

  test('stays while the fragment changes', async () => {
    await openPanel(2);
    await page.getByRole('link', { name: 'link to ¶ 3', exact: true }).click();
    await page.waitForURL(/#p3$/);
    expect(await heading().textContent()).toBe('Related to ¶\u00a02');
    await page.reload();
    await firstItem().waitFor();
  });

  test('what cannot be fetched is a link away', async () => {
    await page.route('**/related*', (route) => route.abort());
    await opener(2).click();
    const alert = panel().getByRole('alert');
    await alert.waitFor();
    expect(await alert.getByRole('link').getAttribute('href')).toMatch(/\.p2\/related\?via=/);
  });

  test('with a modifier the link is a link', async () => {
    await Promise.all([context.waitForEvent('page'), opener(2).click({ modifiers: ['Control'] })]);
    expect(await panel().count()).toBe(0);
  });
});

test.each([360, 1000])('at %d px it is a sheet from below that leaves some of the text, with a close button', async (width) => {
  await open(address, width);
  await openPanel(1);
  const box = await panel().boundingBox();
  expect(box).toMatchObject({ x: 0, width });
  expect(Math.round((box?.y ?? NaN) + (box?.height ?? NaN))).toBe(800);
  expect(box?.y).toBeGreaterThan(200);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  await panel().getByRole('button', { name: 'Close' }).click();
  expect(await panel().count()).toBe(0);
});

test('beside an article from the right it opens on the left', async () => {
  await open(await articleAddress(app, /النهر/));
  await openPanel(1);
  const box = await panel().boundingBox();
  expect((box?.x ?? NaN) + (box?.width ?? NaN)).toBeLessThan((await page.locator('#p1').boundingBox())?.x ?? NaN);
});

test('what gets the focus in the text stands above the sheet', async () => {
  await open(address, 360);
  await openPanel(1);
  const top = (await panel().boundingBox())?.y ?? NaN;
  await opener(1).focus();
  for (let i = 0; i < 3; i++) {
    await page.keyboard.press('Tab');
    const focused = await page.locator('[data-article-text] :focus').boundingBox();
    expect((focused?.y ?? NaN) + (focused?.height ?? NaN)).toBeLessThanOrEqual(top);
  }
});

test.each([360, 1280])('open, at %d px, it has no violation of WCAG 2.2 AA', async (width) => {
  await open(`${address}?p=1&via=ask%3Aq%3Dpilots`, width);
  await openPanel(1);
  expect(await violations(page)).toEqual([]);
});
