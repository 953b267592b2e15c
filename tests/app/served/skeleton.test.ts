import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { launchBrowser } from './browser';
import { type Gate, newGate } from './gate';

const app = inject('app');

/** What the page looked like when its main part became busy, or ceased to be. */
interface State {
  busy: boolean;
  skeletons: number;
  resultsVisible: boolean;
  scrolled: number;
  focused: number;
  /** What the reader did last, and milliseconds since then. */
  act: string;
  elapsed: number;
}

let browser: Browser;
let context: BrowserContext;
let page: Page;
/** Lets the answer to the next page through. */
let gate: Gate;
let states: State[];
/** What the page is told to do when it has said how it looks. */
let order: 'stop' | '';

// Playwright's own arguments switch off the memory that Back comes out of.
beforeAll(async () => { browser = await launchBrowser({ ignoreDefaultArgs: ['--disable-back-forward-cache'] }); });
afterAll(() => browser.close());
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(10_000);
  page = await context.newPage();
  gate = newGate();
  states = [];
  order = '';
  await page.addInitScript(reportStates);
  await page.goto(`${app}/?q=people`);
  await page.route(/q=salt|\/articles\//, async (route) => {
    await gate.opened;
    await route.continue().catch(() => undefined);
  });
  await page.route('**/state?*', async (route) => {
    states.push(JSON.parse(new URL(route.request().url()).searchParams.get('is') ?? '') as State);
    await route.fulfill({ body: order });
  });
});
afterEach(async () => {
  gate.open();
  await context.close();
});

/** Runs in the page: while Chromium waits for the next one, nobody can ask this one how it looks. It says so itself. */
function reportStates(): void {
  let act = '';
  let acted = 0;
  for (const type of ['click', 'submit']) addEventListener(type, () => { [act, acted] = [type, performance.now()]; }, { capture: true });
  addEventListener('DOMContentLoaded', () => {
    const main = document.querySelector('main');
    if (main === null) return;
    new MutationObserver(() => {
      const items = [...document.querySelectorAll('[data-item]')];
      const state = {
        busy: main.ariaBusy === 'true',
        skeletons: main.querySelectorAll('[role=status]').length,
        resultsVisible: items[0]?.checkVisibility() === true,
        scrolled: scrollY,
        focused: items.indexOf(document.activeElement as Element),
        act,
        elapsed: performance.now() - acted,
      };
      void fetch(`/state?${new URLSearchParams({ is: JSON.stringify(state) }).toString()}`).then((response) => response.text()).then((text) => { if (text === 'stop') stop(); });
    }).observe(main, { attributeFilter: ['aria-busy'] });
  });
}

const link = () => page.locator('[data-open]').nth(2);
const skeletons = () => page.locator('main [role=status]').filter({ hasText: 'Loading' }).count();

/** Playwright keeps its promise of what is done when the next page is there, which is waited for at the gate. */
function leaveBy(act: Promise<void>): Promise<void> {
  act.catch(() => undefined);
  return expect.poll(() => states.length, { timeout: 10_000 }).toBeGreaterThan(0);
}

async function ask(): Promise<void> {
  await page.getByRole('searchbox').fill('salt');
  await leaveBy(page.keyboard.press('Enter'));
}

test('stands in the place of a page whose next one is not there after 150 ms, until it is', async () => {
  await ask();
  expect(states[0]).toMatchObject({ busy: true, skeletons: 1, resultsVisible: false });
  // Browsers round what they tell of the time.
  expect(states[0]?.elapsed).toBeGreaterThanOrEqual(149);
  gate.open();
  await page.waitForURL(/q=salt/);
  expect(await skeletons()).toBe(0);
  expect(await page.locator('[data-item]').first().isVisible()).toBe(true);
});

test('a link is waited for as well', async () => {
  await leaveBy(link().click());
  expect(states[0]).toMatchObject({ busy: true, skeletons: 1 });
});

test('neither a page for a new tab nor what is done in place is waited for', async () => {
  // By the page's own clock.
  await page.clock.install();
  const wait = () => page.clock.runFor(10_000);
  const tab = context.waitForEvent('page');
  await link().click({ modifiers: ['Control'] });
  await tab;
  await wait();
  // After the app's own listener, as other parts of the app may.
  await page.evaluate(() => addEventListener('click', (event) => event.preventDefault(), { once: true }));
  await link().click();
  await wait();
  // The first that is waited for is what is asked afterwards.
  await ask();
  expect(states[0]).toMatchObject({ busy: true, act: 'submit' });
});

describe('gives the page back as it was', () => {
  /** Scrolled, with the focus on an item. @returns how far */
  async function leaveByKeyboard(): Promise<number> {
    for (let i = 0; i < 3; i++) await page.keyboard.press('j');
    const scrolled = await page.evaluate(() => scrollY);
    expect(scrolled).toBeGreaterThan(0);
    await leaveBy(page.keyboard.press('o'));
    return scrolled;
  }

  test('when the reader does not want to wait', async () => {
    const scrolled = await leaveByKeyboard();
    await page.keyboard.press('Escape');
    await expect.poll(() => states.length).toBe(2);
    expect(states[1]).toMatchObject({ busy: false, skeletons: 0, resultsVisible: true, scrolled, focused: 2 });
  });

  test('when the browser stops loading', async () => {
    order = 'stop';
    const scrolled = await leaveByKeyboard();
    await expect.poll(() => states.length).toBe(2);
    expect(states[1]).toMatchObject({ busy: false, skeletons: 0, resultsVisible: true, scrolled, focused: 2 });
  });

  test('when the reader comes back to it', async () => {
    const scrolled = await leaveByKeyboard();
    gate.open();
    await page.waitForURL(/\/articles\//);
    await page.goBack();
    await page.waitForURL(/q=people/);
    expect(await skeletons()).toBe(0);
    expect(await page.locator('[data-item]').first().isVisible()).toBe(true);
    expect(await page.getByRole('main').getAttribute('aria-busy')).toBeNull();
    // A page made anew comes out a few pixels beside it, with skeleton or without.
    await expect.poll(async () => Math.abs(await page.evaluate(() => scrollY) - scrolled)).toBeLessThan(20);
  });
});
