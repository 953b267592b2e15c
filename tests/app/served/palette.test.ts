import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { launchBrowser } from './browser';
import { newGate } from './gate';

const app = inject('app');

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

const box = () => page.getByRole('combobox', { name: 'Article, question or page' });
const options = () => page.getByRole('option');
const press = (key: string) => page.keyboard.press(key);
const asked = (question: string) => page.goto(`${app}/?q=${encodeURIComponent(question)}`);

async function openPalette(): Promise<void> {
  await press('Control+k');
  await box().waitFor();
}

/** What assistive technology takes for the chosen option. */
async function active(): Promise<string> {
  const id = await box().getAttribute('aria-activedescendant') ?? '';
  const chosen = page.locator(`[id="${id}"]`);
  expect(await page.getByRole('option', { selected: true }).count()).toBe(1);
  expect(await chosen.getAttribute('aria-selected')).toBe('true');
  return (await chosen.textContent() ?? '').trim();
}

const article = (id: string, title: string, author: string | null = null) => ({ id, title, author, published: '2024-03-31' });

/** Answers lookups of articles by what is asked for; those not named find nothing. */
async function answerArticles(answers: Record<string, { articles?: unknown[]; status?: number; after?: Promise<void> }>): Promise<void> {
  await page.route('**/api/articles?*', async (route) => {
    const { articles = [], status = 200, after } = answers[new URL(route.request().url()).searchParams.get('q') ?? ''] ?? {};
    await after;
    await route.fulfill({ status, json: { articles } }).catch(() => undefined);
  });
}

describe('opens', () => {
  beforeEach(() => page.goto(app));

  test('by Ctrl K while somebody types, and by ⌘ K; the same keys close it, as does Escape', async () => {
    await page.getByRole('searchbox').focus();
    await openPalette();
    expect(await box().evaluate((element) => element === document.activeElement)).toBe(true);
    await press('Control+k');
    expect(await box().isVisible()).toBe(false);
    await press('Meta+k');
    expect(await box().isVisible()).toBe(true);
    await press('Escape');
    expect(await box().isVisible()).toBe(false);
    expect(await page.getByRole('searchbox').evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test('from the foot of the page, and closes by a click beside it', async () => {
    await page.getByRole('button', { name: 'Go to…' }).click();
    expect(await box().isVisible()).toBe(true);
    await page.mouse.click(5, 5);
    expect(await box().isVisible()).toBe(false);
  });

  test('and stays when a press that began in it ends beside it, or the other way round', async () => {
    await openPalette();
    await page.keyboard.type('salt');
    const { x, y, width, height } = (await box().boundingBox())!;
    const [inside, beside] = [{ x: x + width / 2, y: y + height / 2 }, { x: 5, y: 5 }];
    for (const [from, to] of [[inside, beside], [beside, inside]] as const) {
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(to.x, to.y);
      await page.mouse.up();
      expect(await box().isVisible()).toBe(true);
    }
    await page.mouse.click(beside.x, beside.y);
    expect(await box().isVisible()).toBe(false);
  });

  test('with the pages, and goes around them by arrows, Home and End', async () => {
    await openPalette();
    expect(await options().allTextContents()).toEqual(['Ask', 'Library', 'Map', 'Status'].map((name) => expect.stringContaining(name) as string));
    expect(await active()).toBe('Ask');
    await press('ArrowDown');
    expect(await active()).toBe('Library');
    await press('End');
    expect(await active()).toBe('Status');
    await press('ArrowDown');
    expect(await active()).toBe('Ask');
    await press('ArrowUp');
    expect(await active()).toBe('Status');
    await press('Home');
    expect(await active()).toBe('Ask');
  });

  test('empty again after it was closed', async () => {
    await openPalette();
    await page.keyboard.type('lib');
    await press('Escape');
    await openPalette();
    expect(await box().inputValue()).toBe('');
    expect(await options().count()).toBe(4);
  });
});

describe('goes', () => {
  beforeEach(() => page.goto(app));

  test('to a page, by some of its letters', async () => {
    await openPalette();
    await page.keyboard.type('lib');
    expect(await active()).toBe('Library');
    await press('Enter');
    await page.waitForURL(`${app}/library`);
  });

  test('to what is typed as a question', async () => {
    await openPalette();
    await page.keyboard.type('  <b>salt</b> & bread ');
    expect(await active()).toBe('Ask “<b>salt</b> & bread”');
    await press('Enter');
    await page.waitForURL((url) => url.pathname === '/' && url.searchParams.get('q') === '<b>salt</b> & bread');
  });

  test('nowhere by the Enter that ends a composition, of which Safari says so by its number alone', async () => {
    await openPalette();
    await page.keyboard.type('lib');
    const isTaken = await box().evaluate((element) => !element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true })));
    expect(isTaken).toBe(false);
    expect(await box().isVisible()).toBe(true);
  });

  test('to what is pasted, whole, and is told there when it is too long', async () => {
    const pasted = 'word '.repeat(500).trim();
    await openPalette();
    await page.keyboard.insertText(pasted);
    expect(await box().inputValue()).toBe(pasted);
    await page.getByText('No article has this in its title.').waitFor();
    await press('Enter');
    await page.waitForURL(/\?q=word/);
    expect(await page.getByRole('alert').innerText()).toMatch(/^That cannot be asked: /);
  });

  test('to an article of this index', async () => {
    await openPalette();
    await page.keyboard.type('winter');
    const option = page.getByRole('group', { name: 'Articles' }).getByRole('option').first();
    await option.waitFor();
    await option.click();
    await page.waitForURL(/\/articles\/[^/]+$/);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/winter/i);
  });

  test('where the mouse points', async () => {
    await openPalette();
    await page.getByRole('option', { name: 'Status' }).hover();
    expect(await active()).toBe('Status');
    await page.getByRole('option', { name: 'Status' }).click();
    await page.waitForURL(`${app}/status`);
  });
});

describe('articles', () => {
  beforeEach(() => page.goto(app));

  test('are text, with author and date', async () => {
    await answerArticles({ salt: { articles: [article('a', '<img src=x onerror=alert(1)> Salt', 'Ana'), article('b', 'Salt')] } });
    await openPalette();
    await page.keyboard.type('salt');
    const found = page.getByRole('group', { name: 'Articles' }).getByRole('option');
    await found.first().waitFor();
    expect((await found.allTextContents()).map((text) => text.trim())).toEqual(['<img src=x onerror=alert(1)> Salt Ana, 31 March 2024', 'Salt 31 March 2024']);
    expect(await page.locator('#palette img').count()).toBe(0);
  });

  test('of what was typed before do not come after those of what is typed now', async () => {
    const gate = newGate();
    await answerArticles({ sal: { articles: [article('old', 'Salad')], after: gate.opened }, salt: { articles: [article('new', 'Salt')] } });
    await openPalette();
    const first = page.waitForRequest(/articles\?q=sal$/);
    await page.keyboard.type('sal');
    await first;
    await page.keyboard.type('t');
    await page.getByRole('option', { name: 'Salt 31' }).waitFor();
    gate.open();
    // An answer that comes after it.
    await page.evaluate(async () => (await fetch('/api/articles?q=later')).text());
    expect(await page.getByRole('option', { name: 'Salad' }).count()).toBe(0);
  });

  test('come in without taking the choice away', async () => {
    const gate = newGate();
    await answerArticles({ map: { articles: [article('m', 'Maps')], after: gate.opened } });
    await openPalette();
    const lookup = page.waitForRequest('**/api/articles?*');
    await page.keyboard.type('map');
    await press('ArrowDown');
    expect(await active()).toBe('Ask “map”');
    await lookup;
    gate.open();
    await page.getByRole('option', { name: 'Maps' }).waitFor();
    expect(await active()).toBe('Ask “map”');
  });

  test('of one title are told apart when others come in', async () => {
    const gate = newGate();
    const [a, b, c] = ['a', 'b', 'c'].map((id) => article(id, 'Salt'));
    await answerArticles({ sal: { articles: [a, b] }, salt: { articles: [c, a, b], after: gate.opened } });
    await openPalette();
    await page.keyboard.type('sal');
    await expect.poll(() => options().count()).toBe(3);
    await page.keyboard.type('t');
    await press('ArrowDown');
    gate.open();
    await expect.poll(() => options().count()).toBe(4);
    expect(await active()).toBe('Salt 31 March 2024');
    await press('Enter');
    await page.waitForURL(`${app}/articles/b`);
  });

  test('written from right to left have author and date beside them in their order', async () => {
    await answerArticles({ a: { articles: [article('a', 'ملح البحر', 'أمينة حداد')] } });
    await openPalette();
    await page.keyboard.type('a');
    const found = page.getByRole('group', { name: 'Articles' }).getByRole('option');
    await found.waitFor();
    const lefts = await found.evaluate((option) => ['ملح', 'حداد', '31', 'March', '2024'].map((words) => {
      const walker = document.createTreeWalker(option, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const { data } = walker.currentNode as Text;
        if (!data.includes(words)) continue;
        const range = document.createRange();
        range.setStart(walker.currentNode, data.indexOf(words));
        range.setEnd(walker.currentNode, data.indexOf(words) + words.length);
        return range.getBoundingClientRect().left;
      }
      throw new Error(words);
    }));
    expect(lefts).toEqual([...lefts].sort((a, b) => a - b));
  });

  test('of an author with a very long name say that there is more of it than room', async () => {
    await answerArticles({ salt: { articles: [article('a', 'Salt', 'Ana Maria de Sousa '.repeat(20))] } });
    await openPalette();
    await page.keyboard.type('salt');
    const note = page.getByRole('group', { name: 'Articles' }).locator('.note');
    await note.waitFor();
    expect(await note.evaluate((element) => ({ cut: element.scrollWidth > element.clientWidth, by: getComputedStyle(element).textOverflow }))).toEqual({ cut: true, by: 'ellipsis' });
    expect(await page.getByRole('listbox').evaluate((list) => list.scrollWidth - list.clientWidth)).toBe(0);
  });

  test('that cannot be looked up, or are not there, are a quiet line', async () => {
    await answerArticles({ broken: { status: 503 } });
    await openPalette();
    await page.keyboard.type('broken');
    await page.getByText('Articles cannot be looked up just now.').waitFor();
    await box().fill('zzz');
    await page.getByText('No article has this in its title.').waitFor();
    expect(await active()).toBe('Ask “zzz”');
    await box().fill('');
    expect((await page.locator('#palette [role=status]').textContent())).toBe('');
  });
});

describe('questions asked', () => {
  const questions = () => page.getByRole('group', { name: 'Questions asked' }).getByRole('option');
  const texts = async () => (await questions().allTextContents()).map((text) => text.trim());

  test('are kept, each once, the last first; those that found nothing or could not be asked are not', async () => {
    await asked('salt');
    await asked('bread');
    await asked('salt');
    await page.goto(`${app}/?q=unasked&mode=fuzzy`);
    await page.goto(app);
    await openPalette();
    expect(await texts()).toEqual(['salt', 'bread', 'Forget questions asked']);
  });

  test('are found without their marks, and asked again', async () => {
    await asked('où va le café crème');
    await page.goto(app);
    await openPalette();
    await page.keyboard.type('cafe cre');
    expect(await texts()).toEqual(['où va le café crème']);
    await press('Enter');
    await page.waitForURL((url) => url.searchParams.get('q') === 'où va le café crème');
  });

  test('can be forgotten', async () => {
    await asked('salt');
    await openPalette();
    await page.getByRole('option', { name: 'Forget' }).click();
    expect(await questions().count()).toBe(0);
    expect(await box().isVisible()).toBe(true);
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
  });

  test('are at most fifty, and what else is kept under their name is passed over', async () => {
    await page.goto(app);
    await page.evaluate(() => localStorage.setItem('pilcrow-questions', JSON.stringify([...Array.from({ length: 60 }, (_, i) => `question ${i}`), 7])));
    await asked('salt');
    const kept = await page.evaluate(() => JSON.parse(localStorage.getItem('pilcrow-questions') ?? '') as string[]);
    expect(kept).toHaveLength(50);
    expect(kept.slice(0, 2)).toEqual(['salt', 'question 0']);
    await page.evaluate(() => localStorage.setItem('pilcrow-questions', '{broken'));
    await page.goto(app);
    await openPalette();
    expect(await options().count()).toBe(4);
  });
});
