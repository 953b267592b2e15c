import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { articleAddress } from './article';
import { launchBrowser } from './browser';
import { follow } from './follow';

const app = inject('app');

let browser: Browser;
let context: BrowserContext;
/** What the pages of a test asked for, and what they complained of. */
let requests: string[];
let complaints: string[];

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
afterEach(() => context.close());

async function open(path: string, { javaScriptEnabled = true, width = 1280 } = {}): Promise<Page> {
  requests = [];
  complaints = [];
  context = await browser.newContext({ javaScriptEnabled, viewport: { width, height: 800 } });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(app + path, { waitUntil: 'networkidle' });
  return page;
}

/** The text on ground of the marker's colour, in reading order. */
async function markedText(page: Page): Promise<string> {
  return page.locator('article :is([class*=passage], [class*=passage] p)').evaluateAll((passages) =>
    passages.filter((passage) => getComputedStyle(passage).backgroundColor !== 'rgba(0, 0, 0, 0)').map(({ textContent }) => textContent).join(' | '),
  );
}

describe.each([['with JavaScript', true], ['without JavaScript', false]])('%s', (_name, javaScriptEnabled) => {
  test('ask, read the evidence, follow it to its article, and on to what is related', async () => {
    const page = await open('/', { javaScriptEnabled });
    await page.getByRole('searchbox', { name: 'Your question' }).fill('What did the pilots carry under their coats?');
    await follow(page.getByRole('button', { name: 'Ask' }));
    await page.waitForURL(/\?q=What/);
    const first = page.getByRole('listitem').filter({ has: page.locator('mark') }).first();
    expect(await first.locator('mark').textContent()).toMatch(/^They carried the charts under their coats/);
    expect(await first.textContent()).toContain('Also in');

    await follow(first.getByRole('heading').getByRole('link'));
    await page.waitForURL(/\/articles\/[^/]+\?p=1&via=ask[^#]+#p1$/);
    expect(await markedText(page)).toContain('They carried the charts under their coats');
    expect(await markedText(page)).not.toContain('The ships had bread');

    const related = page.getByRole('link', { name: 'related to ¶ 2' });
    if (javaScriptEnabled) await page.goto(`${app}${await related.getAttribute('href')}`);
    else await related.click();
    await page.waitForURL(/\/passages\/[^/]+\.p2\/related\?/);
    expect(await page.locator('blockquote').textContent()).toContain('The ships had bread');
    expect(await page.locator('mark').count()).toBeGreaterThan(0);

    await follow(page.locator('blockquote').getByRole('link'));
    await page.waitForURL(/#p2$/);
    expect(await markedText(page)).toContain('The ships had bread');
  });

  test('the way of searching is chosen in the form and stays in the address', async () => {
    const page = await open('/?q=charts', { javaScriptEnabled });
    await page.getByRole('radio', { name: 'words', exact: true }).check();
    await follow(page.getByRole('button', { name: 'Ask' }));
    await page.waitForURL(/mode=lexical/);
    expect(await page.getByRole('radio', { name: 'words', exact: true }).isChecked()).toBe(true);
    expect(await page.getByText(', by the word').count()).toBeGreaterThan(0);
  });
});

describe('an article', () => {
  const article = (title: RegExp) => articleAddress(app, title);

  test('a bare fragment marks its passage', async () => {
    const page = await open(`${await article(/^The winter/)}#p2`);
    expect(await markedText(page)).toContain('The ships had bread');
  });

  test('another fragment takes the mark over', async () => {
    const page = await open(`${await article(/^The winter/)}?p=1#p1`);
    await page.getByRole('link', { name: 'link to ¶ 2', exact: true }).click();
    const marked = await markedText(page);
    expect(marked).toContain('The ships had bread');
    expect(marked).not.toContain('charts under their coats');
  });

  test('each passage of a long paragraph has its own anchor and mark, and no word is lost', async () => {
    const page = await open(`${await article(/^Salt/)}?p=2#p2`);
    const marked = await markedText(page);
    expect(marked).not.toContain('Salt was the first tax');
    const text = await page.locator('article p').first().evaluate((p) => {
      const copy = p.cloneNode(true) as HTMLElement;
      for (const note of copy.querySelectorAll('[class*=marginalia]')) note.remove();
      return copy.textContent;
    });
    expect(text).toMatch(/^Salt was the first tax .* without being called\.$/);
    expect(text).not.toMatch(/\.[A-Z]/);
  });

  test('short paragraphs of one passage make one block', async () => {
    const page = await open(await article(/^Salt/));
    const short = page.locator('div[class*=passage]').filter({ hasText: 'It was over.' });
    expect(await short.locator('p').allTextContents()).toEqual(['It was over.', 'Nobody rang a bell.']);
  });

  test('a passage that ends in the next paragraph is marked to its end, by its fragment alone', async () => {
    const page = await open(`${await article(/^Salt/)}#p2`);
    const marked = await markedText(page);
    expect(marked).toContain('In one year the officers');
    expect(marked).toContain('Nobody rang a bell.');
    expect(marked).not.toContain('Salt was the first tax');
  });

  test('knows its language and direction', async () => {
    const page = await open(await article(/النهر/));
    expect(await page.locator('main article').getAttribute('lang')).toBe('ar');
    expect(await page.locator('main h1').evaluate((heading) => getComputedStyle(heading).direction)).toBe('rtl');
  });

  test('markup in it is text', async () => {
    const page = await open(await article(/^Headlines/));
    expect(await page.locator('h1').textContent()).toBe('Headlines with <script>window.hacked = 1</script> in them');
    expect(await page.locator('main').textContent()).toContain('<img src=x onerror="window.hacked = 1">');
    expect(await page.locator('main').textContent()).toContain('goat &amp; printed');
    expect(await page.locator('main img, main script').count()).toBe(0);
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    expect(complaints).toEqual([]);
  });
});

describe('the keyboard', () => {
  test('/ goes to the question box from anywhere, and is a letter in it', async () => {
    const page = await open('/?q=charts');
    const box = page.getByRole('searchbox');
    expect(await box.evaluate((element) => element === document.activeElement)).toBe(false);
    await page.keyboard.press('/');
    expect(await box.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.type('and/or');
    expect(await box.inputValue()).toBe('and/or');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=and%2For/);
  });

  test('the first stop skips to the text', async () => {
    const page = await open('/?q=charts');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the text');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
  });
});

test.each(['/', '/?q=charts', '/passages/nothing/related'])('%s asks nobody but its own server, and breaks no policy', async (path) => {
  await open(path);
  expect(requests.length).toBeGreaterThan(3);
  expect(requests.filter((url) => new URL(url).origin !== app)).toEqual([]);
  expect(complaints.filter((text) => !text.includes('status of 404'))).toEqual([]);
});

test.each([320, 768, 1920])('nothing runs over the edge at %d px', async (width) => {
  for (const path of ['/', '/?q=salt']) {
    const page = await open(path, { width });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await context.close();
  }
});
