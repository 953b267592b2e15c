import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { launchBrowser } from './browser';
import { type Gate, newGate } from './gate';

const app = inject('app');

let browser: Browser;
let context: BrowserContext;
let page: Page;
/** Lets the answer to the next page through. */
let gate: Gate;

// Playwright's own arguments switch off the memory that Back comes out of.
beforeAll(async () => { browser = await launchBrowser({ ignoreDefaultArgs: ['--disable-back-forward-cache'] }); });
afterAll(() => browser.close());
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(10_000);
  page = await context.newPage();
  // The page's timers go by this clock: no test waits, none depends on how fast the machine is.
  await page.clock.install();
  await page.goto(`${app}/?q=people`);
  await page.clock.pauseAt(Date.now() + 3_600_000);
  gate = newGate();
  await page.route(/q=salt|\/articles\//, async (route) => {
    await gate.opened;
    await route.continue().catch(() => undefined);
  });
});
afterEach(async () => {
  gate.open();
  await context.close();
});

const skeleton = () => page.getByRole('status').filter({ hasText: 'Loading' });
const results = () => page.locator('[data-item]').first();

/** Asks the next question, whose answer waits at the gate. */
async function ask(): Promise<void> {
  await page.getByRole('searchbox').fill('salt');
  await leaveBy(() => page.keyboard.press('Enter'));
}

/** Playwright's own promise of what is done is kept when the next page is there: here it is waited at the gate before. */
async function leaveBy(act: () => Promise<void>): Promise<void> {
  const request = page.waitForRequest((sent) => sent.isNavigationRequest());
  act().catch(() => undefined);
  await request;
}

test('a page that comes within 150 ms comes without it', async () => {
  await ask();
  await page.clock.runFor(149);
  expect(await skeleton().count()).toBe(0);
  expect(await results().isVisible()).toBe(true);
  gate.open();
  await page.waitForURL(/q=salt/);
  expect(await skeleton().count()).toBe(0);
});

test('after that it stands in the place of the page, until the next one is there', async () => {
  await ask();
  await page.clock.runFor(151);
  expect(await skeleton().count()).toBe(1);
  expect(await results().isVisible()).toBe(false);
  expect(await page.getByRole('main').getAttribute('aria-busy')).toBe('true');
  gate.open();
  await page.waitForURL(/q=salt/);
  expect(await skeleton().count()).toBe(0);
  expect(await results().isVisible()).toBe(true);
});

test('a link is waited for as well; one for a new tab is not', async () => {
  const link = page.locator('[data-open]').first();
  const tab = context.waitForEvent('page');
  await link.click({ modifiers: ['Control'] });
  await page.clock.runFor(1_000);
  expect(await skeleton().count()).toBe(0);
  await (await tab).close();
  await leaveBy(() => link.click());
  await page.clock.runFor(600);
  expect(await skeleton().count()).toBe(1);
});

test('what another part of the page does in place is not waited for', async () => {
  await page.evaluate(() => addEventListener('click', (event) => event.preventDefault()));
  await page.locator('[data-open]').first().click();
  await page.clock.runFor(600);
  expect(await skeleton().count()).toBe(0);
});

describe('gives the page back as it was', () => {
  /** Scrolled, with the focus on the link that is followed. */
  async function leaveByKeyboard(): Promise<number> {
    for (let i = 0; i < 3; i++) await page.keyboard.press('j');
    const scrolled = await page.evaluate(() => scrollY);
    expect(scrolled).toBeGreaterThan(0);
    await leaveBy(() => page.keyboard.press('o'));
    await page.clock.runFor(600);
    expect(await skeleton().count()).toBe(1);
    return scrolled;
  }
  async function expectWhole(scrolled: number): Promise<void> {
    expect(await skeleton().count()).toBe(0);
    expect(await results().isVisible()).toBe(true);
    expect(await page.getByRole('main').getAttribute('aria-busy')).toBeNull();
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(scrolled);
  }

  test('when the reader does not want to wait', async () => {
    const scrolled = await leaveByKeyboard();
    await page.keyboard.press('Escape');
    await expectWhole(scrolled);
    expect(await page.locator('[data-item]').nth(2).evaluate((item) => item === document.activeElement)).toBe(true);
  });

  test('when the browser stops loading', async () => {
    const scrolled = await leaveByKeyboard();
    await page.evaluate(() => window.stop());
    await expectWhole(scrolled);
  });

  test('when the reader comes back to it', async () => {
    const scrolled = await leaveByKeyboard();
    gate.open();
    await page.waitForURL(/\/articles\//);
    await page.goBack();
    await expectWhole(scrolled);
  });
});
