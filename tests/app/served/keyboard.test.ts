import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { launchBrowser } from './browser';

const app = inject('app');
const RESULTS = '/?q=people';

let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => { browser = await launchBrowser(); });
afterAll(() => browser.close());
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(10_000);
  page = await context.newPage();
});
afterEach(() => context.close());

const open = (path: string) => page.goto(app + path);
const has = (locator: Locator): Promise<boolean> => locator.evaluate((element: Element) => element === document.activeElement);
const item = (index: number) => page.locator('[data-item]').nth(index);
const box = () => page.getByRole('searchbox');
const hrefIn = async (within: Locator, selector: string) => app + (await within.locator(selector).getAttribute('href') ?? '');

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** A key as another layout, or a half-composed word, sends it. */
function send(init: Omit<KeyboardEventInit, 'view'>): Promise<boolean> {
  return page.evaluate((event) => !(document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...event })), init);
}

describe('items', () => {
  beforeEach(() => open(RESULTS));

  test('j and k go through them, from the first in view, and stop at the ends', async () => {
    await press('j');
    expect(await has(item(0))).toBe(true);
    await press('j', 'j', 'k');
    expect(await has(item(1))).toBe(true);
    const last = await page.locator('[data-item]').count() - 1;
    for (let i = 0; i < last + 3; i++) await press('j');
    expect(await has(item(last))).toBe(true);
    for (let i = 0; i < last + 3; i++) await press('k');
    expect(await has(item(0))).toBe(true);
  });

  test('the one with the focus is in view, and shows it without a box around it', async () => {
    for (let i = 0; i < 4; i++) {
      await press('j');
      const { top, start } = await item(i).evaluate((element) => ({ top: element.getBoundingClientRect().top, start: getComputedStyle(element, '::before').borderInlineStartWidth }));
      expect(top).toBeGreaterThanOrEqual(0);
      expect(top).toBeLessThan(800);
      expect(start).toBe('3px');
    }
  });

  test.each(['Enter', 'o'])('%s opens the passage in its article', async (key) => {
    await press('j', 'j');
    const href = await hrefIn(item(1), 'a[data-open]');
    await press(key);
    await page.waitForURL(href);
    expect(await page.locator('main article').count()).toBe(1);
  });

  test('Enter on a link in an item is for that link, not for the item', async () => {
    const address = page.url();
    const link = item(0).locator('a[data-related]').first();
    await link.focus();
    await press('Enter');
    await item(0).locator('[data-item]').first().waitFor();
    expect(page.url()).toBe(address);
  });

  test('o without a focused item takes the first in view', async () => {
    const href = await hrefIn(item(0), 'a[data-open]');
    await press('o');
    await page.waitForURL(href);
  });

  test('r asks for what is related, c for a copy, of the item with the focus', async () => {
    await page.evaluate(() => {
      const clicked: string[] = [];
      Object.assign(window, { clicked });
      document.querySelectorAll('[data-item]').forEach((element, index) => {
        element.querySelector('button[data-copy]')?.remove();
        element.insertAdjacentHTML('beforeend', '<button data-copy>Copy</button>');
        for (const name of ['data-copy', 'data-related']) {
          element.querySelector(`[${name}]`)?.addEventListener('click', (event) => { event.preventDefault(); event.stopPropagation(); clicked.push(`${index} ${name}`); });
        }
      });
    });
    await press('j', 'j', 'r', 'c', 'k', 'c');
    expect(await page.evaluate(() => (window as unknown as { clicked: string[] }).clicked)).toEqual(['1 data-related', '1 data-copy', '0 data-copy']);
  });

  test('[ and ] follow the ways to the previous and the next', async () => {
    const put = (name: string, q: string) => page.evaluate(([attribute, href]) => document.querySelector('main')!.insertAdjacentHTML('beforeend', `<a ${attribute} href="${href}">on</a>`), [name, `/?q=${q}`] as const);
    await put('data-next', 'salt');
    await press(']');
    await page.waitForURL(/q=salt$/);
    await put('data-previous', 'bread');
    await press('[');
    await page.waitForURL(/q=bread$/);
  });

  test('where there is nothing to do, a key does nothing', async () => {
    const url = page.url();
    expect(await send({ key: '[' })).toBe(false);
    expect(await send({ key: 'Enter' })).toBe(false);
    expect(page.url()).toBe(url);
  });
});

describe('keys are left alone', () => {
  beforeEach(() => open(RESULTS));

  test('while somebody types', async () => {
    await press('/');
    await page.keyboard.type('jkorc?[]/');
    expect(await box().inputValue()).toBe('jkorc?[]/');
    expect(await page.locator('dialog:modal').count()).toBe(0);
  });

  test.each([{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { isComposing: true }, { keyCode: 229 }, { modifierAltGraph: true }])('with %o', async (modifier) => {
    expect(await send({ key: 'j', code: 'KeyJ', ...modifier })).toBe(false);
    expect(await has(item(0))).toBe(false);
  });

  test.each([
    ['ó of Polish keyboards', { key: 'ó', code: 'KeyO', ctrlKey: true, altKey: true, modifierAltGraph: true }],
    ['˚ of a Mac', { key: '˚', code: 'KeyK', altKey: true }],
    ['® of a Mac', { key: '®', code: 'KeyR', altKey: true }],
    ['a letter of Turkish keyboards', { key: 'ı', code: 'KeyR' }],
    ['a capital', { key: 'J', code: 'KeyJ', shiftKey: true }],
  ])('when they write %s', async (_name, init) => {
    expect(await send(init)).toBe(false);
    expect(await has(item(0))).toBe(false);
  });

  test('while a dialog is open', async () => {
    await press('?', 'j');
    expect(await has(item(0))).toBe(false);
    await press('Escape', 'j');
    expect(await has(item(0))).toBe(true);
  });
});

describe('other keyboards', () => {
  beforeEach(() => open(RESULTS));

  test('letters of another script count by their key', async () => {
    expect(await send({ key: 'о', code: 'KeyJ' })).toBe(true);
    expect(await has(item(0))).toBe(true);
    expect(await send({ key: 'л', code: 'KeyK', ctrlKey: true })).toBe(true);
    expect(await page.locator('#palette').isVisible()).toBe(true);
  });

  test('letters of another order count by what they write', async () => {
    expect(await send({ key: 'j', code: 'KeyC' })).toBe(true);
    expect(await has(item(0))).toBe(true);
  });

  test('signs that need AltGr or ⌥ are typed with it', async () => {
    await page.evaluate(() => document.querySelector('main')!.insertAdjacentHTML('beforeend', '<a data-next href="#there">on</a>'));
    expect(await send({ key: ']', code: 'Digit9', ctrlKey: true, altKey: true, modifierAltGraph: true })).toBe(true);
    expect(await send({ key: ']', code: 'Digit6', altKey: true })).toBe(true);
    expect(await send({ key: '/', code: 'Digit7', shiftKey: true })).toBe(true);
    await press('Escape');
    expect(await send({ key: '?', code: 'Minus', shiftKey: true })).toBe(true);
  });

  test('Caps Lock makes no other key of a letter', async () => {
    expect(await send({ key: 'J', code: 'KeyJ', modifierCapsLock: true })).toBe(true);
    expect(await has(item(0))).toBe(true);
    expect(await send({ key: 'K', code: 'KeyK', modifierCapsLock: true, ctrlKey: true })).toBe(true);
    expect(await page.locator('#palette').isVisible()).toBe(true);
  });
});

describe('held down', () => {
  beforeEach(() => open(RESULTS));

  /** Pressed again without having been let go a key is one that repeats itself. */
  const hold = async (key: string) => { for (let i = 0; i < 4; i++) await page.keyboard.down(key); };

  test('j goes on', async () => {
    await hold('j');
    expect(await has(item(3))).toBe(true);
  });

  test('Ctrl K opens the palette and leaves it open', async () => {
    await page.keyboard.down('Control');
    for (let i = 0; i < 2; i++) {
      await page.keyboard.down('k');
      expect(await page.locator('#palette').isVisible()).toBe(true);
    }
  });

  test('r asks for what is related once', async () => {
    const link = item(0).locator('a[data-related]').first();
    await hold('r');
    expect(await link.getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.up('r');
    await hold('r');
    expect(await link.getAttribute('aria-expanded')).toBe('false');
  });

  test('/ goes to the question box and does not write there', async () => {
    await hold('/');
    expect(await has(box())).toBe(true);
    expect(await box().inputValue()).toBe('people');
    await page.keyboard.up('/');
    await hold('/');
    expect(await box().inputValue()).toBe('////');
  });

  test('Enter that opens the palette does not choose there', async () => {
    await page.getByRole('button', { name: 'Go to…' }).focus();
    await hold('Enter');
    expect(await page.locator('#palette').isVisible()).toBe(true);
  });
});

describe('single letters and signs', () => {
  const choice = () => page.getByRole('checkbox', { name: 'Single letters and signs work' });
  const buttonWords = () => page.getByRole('contentinfo').getByRole('button', { name: 'Keys' }).innerText();

  async function choose(work: boolean): Promise<void> {
    await page.getByRole('contentinfo').getByRole('button', { name: 'Keys' }).click();
    await choice().setChecked(work);
    await press('Escape');
  }

  test('can be turned off, in this browser, and on again', async () => {
    await open(RESULTS);
    expect(await buttonWords()).toBe('Keys ?');
    await choose(false);
    for (const kept of [false, true]) {
      if (kept) await page.reload();
      expect(await buttonWords()).toBe('Keys');
      for (const key of ['j', 'o', 'r', 'c', '/', '?']) expect(await send({ key })).toBe(false);
      expect(await has(item(0))).toBe(false);
    }
    await choose(true);
    expect(await send({ key: 'j' })).toBe(true);
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(['pilcrow-questions']);
  });

  test('turned off take no other key along', async () => {
    await open(RESULTS);
    await choose(false);
    await press('Control+k');
    expect(await page.locator('#palette').isVisible()).toBe(true);
    await press('Escape');
    await box().focus();
    await press('Escape');
    expect(await has(box())).toBe(false);
    await item(0).focus();
    const href = await hrefIn(item(0), 'a[data-open]');
    await press('Enter');
    await page.waitForURL(href);
  });

  test.each(['all of it', 'writing'])('are turned off for the page where the browser forbids %s of its storage', async (forbidden) => {
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    await page.addInitScript((all) => {
      const forbid = () => { throw new DOMException('forbidden', 'SecurityError'); };
      if (all) Object.defineProperty(window, 'localStorage', { get: forbid });
      else Storage.prototype.setItem = forbid;
    }, forbidden === 'all of it');
    await open(RESULTS);
    expect(await send({ key: 'j' })).toBe(true);
    await choose(false);
    expect(await send({ key: 'j' })).toBe(false);
    await choose(true);
    expect(await send({ key: 'j' })).toBe(true);
    expect(errors).toEqual([]);
  });
});

test('Escape leaves the question box as it is', async () => {
  await open(RESULTS);
  await press('/');
  expect(await has(box())).toBe(true);
  await press('Escape');
  expect(await has(box())).toBe(false);
  expect(await box().inputValue()).toBe('people');
  await press('j');
  expect(await has(item(0))).toBe(true);
});

test('? shows the keys, from the foot of the page too; Escape and its button close them', async () => {
  await open(RESULTS);
  const help = page.getByRole('dialog', { name: 'Keys' });
  await press('?');
  expect(await help.isVisible()).toBe(true);
  await press('Escape');
  expect(await help.isVisible()).toBe(false);
  const button = page.getByRole('contentinfo').getByRole('button', { name: 'Keys' });
  await button.focus();
  await press('Enter');
  await tabTo(help.getByRole('button', { name: 'Close' }));
  await press('Enter');
  expect(await help.isVisible()).toBe(false);
  expect(await has(button)).toBe(true);
});

test('the keys are shown from their beginning however small the window, each in a box of its own height', async () => {
  await page.setViewportSize({ width: 320, height: 225 });
  await open(RESULTS);
  await press('?');
  const help = page.getByRole('dialog', { name: 'Keys' });
  expect(await has(help.getByRole('heading'))).toBe(true);
  expect(await help.evaluate((dialog) => ({ scrolls: dialog.scrollHeight > dialog.clientHeight, scrolled: dialog.scrollTop }))).toEqual({ scrolls: true, scrolled: 0 });
  const heights = await help.locator('kbd').evaluateAll((boxes) => boxes.map((element) => element.getBoundingClientRect().height));
  expect(Math.max(...heights)).toBeLessThan(Math.min(...heights) + 4);
});

/** Goes on with Tab until the focus is there. */
async function tabTo(locator: Locator): Promise<void> {
  for (let i = 0; i < 80 && !await has(locator); i++) await press('Tab');
  expect(await has(locator)).toBe(true);
}

test('by the keyboard alone: ask, read, follow what is related, and come back', async () => {
  await open('/');
  await page.keyboard.type('What did the pilots carry under their coats?');
  await press('Enter');
  await page.waitForURL(/\?q=What/);
  const asked = page.url();
  const trail = () => page.getByRole('navigation', { name: 'The way you came' }).getByRole('link');

  await press('j', 'Enter');
  await page.waitForURL(/\/articles\/.*#p1$/);
  expect(await page.locator('main article').textContent()).toContain('They carried the charts under their coats');
  await tabTo(trail().first());
  await press('Enter');
  await page.waitForURL(asked);

  await press('j', 'r');
  const related = page.locator('[data-part=related] [data-item]').first();
  await related.waitFor();
  for (let i = 0; i < 30 && !await has(related); i++) await press('j');
  const title = await related.getByRole('heading').textContent();
  await press('Enter');
  await page.waitForURL(/\/articles\//);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(title);
  await tabTo(trail().first());
  await press('Enter');
  await page.waitForURL(asked);
  expect(await page.locator('mark').first().textContent()).toMatch(/^They carried the charts/);
});
