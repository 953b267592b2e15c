import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { articleAddress } from './article';
import { launchBrowser } from './browser';
import { follow } from './follow';

const app = inject('app');

const QUESTION = 'What did the pilots carry under their coats?';
const ASKED = `via=${encodeURIComponent(`ask:${new URLSearchParams({ q: QUESTION })}`)}`;

let browser: Browser;
let context: BrowserContext;
let winter: string;

beforeAll(async () => {
  browser = await launchBrowser();
  winter = await articleAddress(app, /^The winter/);
});
afterAll(() => browser.close());
afterEach(() => context.close());

/** Without JavaScript unless said otherwise: all of this is in the page. */
async function open(path: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  context = await browser.newContext({ viewport: { width: 1280, height: 800 }, javaScriptEnabled: false, ...options });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  await page.goto(app + path);
  return page;
}

const trailOf = (page: Page) => page.getByRole('navigation', { name: 'The way you came' });
const resultsOf = (page: Page) => page.getByRole('navigation', { name: /^Results/ });

describe('by a question', () => {
  test('its sentence is marked more strongly than its passage, and nothing where none was asked', async () => {
    const page = await open(`${winter}?p=1&${ASKED}#p1`);
    const mark = page.locator('#p1 mark');
    expect(await mark.allTextContents()).toEqual([expect.stringMatching(/^They carried the charts under their coats.*drawn\.$/)]);
    const grounds = await page.locator('#p1, #p1 mark').evaluateAll((elements) => elements.map((element) => getComputedStyle(element).backgroundColor));
    expect(new Set(grounds).size).toBe(2);
    expect(await page.locator('article p').first().textContent()).toMatch(/^When the harbour .* the weather\.$/);
    await page.goto(`${app}${winter}?p=1#p1`);
    expect(await page.locator('main mark').count()).toBe(0);
  });

  test('its sentence is marked where the passage goes on in another paragraph', async () => {
    const query = new URLSearchParams({ q: 'Nobody rang a bell', mode: 'lexical' });
    const page = await open(`${await articleAddress(app, /^Salt/)}?p=2&via=${encodeURIComponent(`ask:${query}`)}#p2`);
    expect(await page.locator('main mark').allTextContents()).toEqual(['Nobody rang a bell.']);
  });

  test('a passage that was read on the way to it says so when it is found again', async () => {
    const page = await open(`/?q=${encodeURIComponent(QUESTION)}`);
    const id = await page.locator('[data-item]').first().getAttribute('data-item');
    expect(await page.getByText('You came from this passage.').count()).toBe(0);
    await page.goto(`${app}/?q=${encodeURIComponent(QUESTION)}&via=${encodeURIComponent(`read:${id}`)}`);
    expect(await page.getByText('You came from this passage.').evaluateAll((said) => said.map((one) => one.closest('[data-item]')?.getAttribute('data-item')))).toEqual([id]);
  });

  test('next and previous result are a link away at the head and the foot, one after the other to the last', async () => {
    const page = await open(`/?q=${encodeURIComponent(QUESTION)}`);
    const found = await page.locator('[data-item]').evaluateAll((items) => items.map((item) => item.getAttribute('data-item')));
    await follow(page.locator('a[data-open]').first());
    for (const [i, id] of found.entries()) {
      await page.locator(`main :target[data-item="${id}"]`).waitFor();
      expect(await resultsOf(page).count()).toBe(2);
      expect(await resultsOf(page).first().textContent()).toContain(`Result ${i + 1} of ${found.length} for “${QUESTION}”`);
      expect(await trailOf(page).getByRole('link').count()).toBe(1);
      expect(await page.locator('a[rel=prev][data-previous]').count()).toBe(i === 0 ? 0 : 2);
      expect(await page.locator('a[rel=next][data-next]').count()).toBe(i === found.length - 1 ? 0 : 2);
      if (i < found.length - 1) await follow(page.locator('a[data-next]').last());
    }
    await follow(page.locator('a[data-previous]').first());
    expect(await page.locator('main :target').getAttribute('data-item')).toBe(found.at(-2));
    await follow(resultsOf(page).first().getByRole('link', { name: QUESTION }));
    await page.waitForURL(`${app}/?q=What+did+the+pilots+carry+under+their+coats%3F`);
  });

  test('what it did not find has no place among its results; the article stands whatever was asked', async () => {
    const page = await open(`${winter}?p=1&via=${encodeURIComponent('ask:q=dough&tag=food')}`);
    expect(await resultsOf(page).count()).toBe(0);
    expect(await trailOf(page).count()).toBe(1);
    for (const step of ['ask:q=a&mode=fuzzy', 'ask:q=a&k=0', `ask:q=${'a'.repeat(2_001)}`]) {
      const response = await page.goto(`${app}${winter}?p=1&via=${encodeURIComponent(step)}`);
      expect(response?.status()).toBe(200);
      expect(await page.locator('#p1').count()).toBe(1);
    }
  });
});

describe('the trail', () => {
  test('grows step by step, each a link to where it was with the way there, and loops are cut', async () => {
    const page = await open(`/?q=${encodeURIComponent(QUESTION)}`);
    const steps = () => trailOf(page).getByRole('link').allTextContents();
    await follow(page.locator('a[data-open]').first());
    await follow(page.getByRole('link', { name: 'related to ¶ 2' }));
    await follow(page.locator('[data-item] a[data-open]').first());
    expect(await steps()).toEqual([`“${QUESTION}”`, 'The winter the pilots walked\u00a0¶\u00a02', 'related']);
    const address = page.url();
    await follow(trailOf(page).getByRole('link').nth(1));
    expect(await steps()).toEqual([`“${QUESTION}”`]);
    expect(await page.locator('main :target').getAttribute('id')).toBe('p2');
    await context.close();

    const elsewhere = await open(address.slice(app.length));
    expect(await trailOf(elsewhere).getByRole('link').count()).toBe(3);
    for (const link of await trailOf(elsewhere).getByRole('link').all()) {
      expect((await fetch(app + (await link.getAttribute('href') ?? ''))).status).toBe(200);
    }
  });

  test.each([320, 1280])('long words in it are clipped at %d px, and whole as its titles', async (width) => {
    const long = 'which of the many people who walked over the ice in the winter of the great frost carried '.repeat(4).trim();
    const salt = (await articleAddress(app, /^Salt/)).slice('/articles/'.length);
    const page = await open(`${winter}?p=1&${[`ask:q=${long}`, `read:${salt}.p1`, `related:${salt}.p1`, `read:${salt}.p2`].map((step) => `via=${encodeURIComponent(step)}`).join('&')}`, { viewport: { width, height: 800 } });
    const links = await trailOf(page).getByRole('link').evaluateAll((all) => all.map((link) => ({ title: link.getAttribute('title'), height: link.getBoundingClientRect().height, shown: link.textContent })));
    expect(links[0]?.title).toBe(`“${long}”`);
    expect(links.map(({ title, shown }) => title === shown)).toEqual([true, true, true, true]);
    for (const { height } of links) expect(height).toBeLessThan(40);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });

  test('a step that is gone stays, without its title', async () => {
    const page = await open(`${winter}?via=${encodeURIComponent('read:gone-1.p3')}&via=nonsense`);
    expect(await trailOf(page).getByRole('link').allTextContents()).toEqual(['a passage that is gone\u00a0¶\u00a03']);
  });
});

test('a passage that the article has no longer is said to be missing', async () => {
  const page = await open(`${winter}?p=99#p99`);
  expect(await page.locator('main').textContent()).toContain('This article has no ¶\u00a099');
  expect(await page.locator('main [class*=marked]').count()).toBe(0);
});

describe('the head of an article', () => {
  test('says how much there is, and leads to more by its author and with its tags', async () => {
    const page = await open(winter);
    const head = page.locator('article header');
    expect(await head.textContent()).toContain('3 passages');
    const hrefs = await head.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    expect(hrefs).toEqual(['/library?author=Ines+Karlsen', 'https://www.harbour-archive.example/pilots', '/library?tag=sea', '/library?tag=winter']);
  });

  test('asks within the article, with the way kept', async () => {
    const page = await open(`${winter}?p=1&${ASKED}`);
    await page.getByLabel('Ask within this article').fill('burned doors');
    await page.getByLabel('Ask within this article').press('Enter');
    await page.waitForURL(/q=burned\+doors/);
    const { searchParams } = new URL(page.url());
    expect(`/articles/${searchParams.get('article')}`).toBe(winter);
    expect(searchParams.getAll('via').map((step) => step.replace(/:.*\./s, ':'))).toEqual([`ask:q=${new URLSearchParams([['', QUESTION]]).toString().slice(1)}`, 'read:p1']);
    expect(await page.locator('mark').first().textContent()).toContain('burned the cabin doors');
  });

  test('is printed with the text and its source, and nothing else', async () => {
    const page = await open(`${winter}?p=1&${ASKED}`);
    await page.emulateMedia({ media: 'print' });
    const shown = await page.locator('body').innerText();
    expect(shown).toMatch(/^The winter the pilots walked\s+Ines Karlsen/);
    expect(shown).toMatch(/in an afternoon\.$/);
    expect(shown).not.toMatch(/Ask|Result|related|¶|Skip/);
    expect(await page.locator('article header a[rel~=noopener]').evaluate((link) => getComputedStyle(link, '::after').content)).toContain('https://www.harbour-archive.example/pilots');
  });
});

test('where the system chooses the colours the passage one came for has a rule beside it', async () => {
  const page = await open(`${winter}?p=1#p1`, { forcedColors: 'active' });
  expect(await page.locator('#p1').evaluate((passage) => getComputedStyle(passage).borderLeftWidth)).toBe('3px');
});

describe.each([['Arabic', /النهر/, 'ar'], ['Hebrew', /המגדלור/, 'he']])('an article in %s', (_name, title, language) => {
  test('is set from the right, its numbers in the margin there', async () => {
    const page = await open(await articleAddress(app, title));
    expect(await page.locator('main article').getAttribute('lang')).toBe(language);
    const [text, number] = [await page.locator('#p1 p').first().boundingBox(), await page.getByRole('link', { name: 'Related to ¶ 1', exact: true }).boundingBox()];
    expect(number?.x).toBeGreaterThan((text?.x ?? NaN) + (text?.width ?? NaN));
    expect(await page.locator('#p1 p').first().evaluate((p) => getComputedStyle(p).direction)).toBe('rtl');
    // An English date among its words keeps its order.
    const [day, year] = await page.locator('time').evaluate((time) => [/^\d+/, /\d+$/].map((part) => {
      const node = time.firstChild!;
      const range = document.createRange();
      const { index } = part.exec(node.textContent ?? '')!;
      range.setStart(node, index);
      range.setEnd(node, index + 1);
      return range.getBoundingClientRect().x;
    }));
    expect(day).toBeLessThan(year ?? NaN);
  });
});

test('an article in Japanese is set as such, in faces for it', async () => {
  const page = await open(await articleAddress(app, /図書館/));
  const style = await page.locator('[data-article-text] p').first().evaluate((p) => ({ ...getComputedStyle(p) }));
  expect(style).toMatchObject({ lineBreak: 'strict', fontFamily: expect.stringContaining('Noto Serif CJK JP') as string });
  expect(await page.locator('h1').evaluate((h1) => getComputedStyle(h1).letterSpacing)).toMatch(/normal|0px/);
});

test('its passages are set in its faces wherever they stand, and what the page says of them in the page’s', async () => {
  for (const [address, text] of [['/?q=図書館', 'main article'], ['/map?q=図書館', 'main [data-map-rank="1"]'], ['/library?q=図書館', 'main [data-item]']] as const) {
    const page = await open(address);
    const item = page.locator(text).first();
    const said = item.locator('[lang=ja]');
    expect(await said.first().textContent()).toMatch(/図書館/);
    expect(await said.first().evaluate((element) => getComputedStyle(element).fontFamily)).toContain('Noto Serif CJK JP');
    expect((await said.allTextContents()).join('')).not.toMatch(/[a-z]{3}/);
    expect(await item.evaluate((element) => element.closest('[lang]')?.getAttribute('lang'))).toBe('en');
    await context.close();
  }
});

test.each([320, 768, 1920])('no article runs over the edge at %d px', async (width) => {
  for (const title of [/^Salt/, /النهر/, /図書館/]) {
    const page = await open(`${await articleAddress(app, title)}?p=1&${ASKED}`, { viewport: { width, height: 800 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await context.close();
  }
});
