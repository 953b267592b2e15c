import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { articleAddress } from './article';
import { violations } from './axe';
import { launchBrowser } from './browser';

const app = inject('app');
const emptyApp = inject('emptyApp');

interface Shown {
  address: string;
  /** What a reader does on it first. */
  act?: (page: Page) => Promise<void>;
}

/** Pages by what they are; all are looked at in each combination of theme and width. */
const SHOWN = [
  'the front page', 'results with filters', 'results with related passages open', 'a question that cannot be asked', 'a question that nothing answers',
  'an article', 'an article with related passages open', 'an article in Arabic, come to by a question', 'related passages',
  'the library', 'the library narrowed down', 'the map', 'the map with a question', 'a region of the map', 'the status', 'what is not there', 'no index', 'the palette', 'the palette with words typed', 'the keys',
] as const;

let browser: Browser;
let shown: Record<(typeof SHOWN)[number], Shown>;

beforeAll(async () => {
  browser = await launchBrowser();
  const response = await fetch(`${app}/api/search?q=salt`);
  const { results: [first] } = await response.json() as { results: { passage: { id: string }; article: { id: string } }[] };
  const article = `${app}/articles/${first?.article.id}?p=2#p2`;
  const results = `${app}/?q=salt&tag=food&tag=history`;
  shown = {
    'the front page': { address: `${app}/` },
    'results with filters': { address: results },
    'results with related passages open': { address: results, act: openRelated },
    'a question that cannot be asked': { address: `${app}/?q=salt&mode=fuzzy` },
    'a question that nothing answers': { address: `${app}/?q=xylophone&mode=lexical` },
    'an article': { address: article },
    'an article with related passages open': { address: article, act: openRelated },
    'an article in Arabic, come to by a question': { address: `${app}${await articleAddress(app, /النهر/)}?p=1&via=ask%3Aq%3Driver#p1` },
    'related passages': { address: `${app}/passages/${first?.passage.id}/related` },
    'the library': { address: `${app}/library` },
    'the library narrowed down': { address: `${app}/library?q=salt&tag=food&from=2001` },
    'the map': { address: `${app}/map` },
    'the map with a question': { address: `${app}/map?q=salt` },
    'a region of the map': { address: `${app}/map?region=0` },
    'the status': { address: `${app}/status` },
    'what is not there': { address: `${app}/nothing` },
    'no index': { address: `${emptyApp}/` },
    'the palette': { address: results, act: (page) => page.keyboard.press('Control+k') },
    'the palette with words typed': { address: results, act: typeInPalette },
    'the keys': { address: results, act: (page) => page.keyboard.press('?') },
  };
});
afterAll(() => browser.close());

/** Opens what is related to a passage in place, and stays on the page. */
async function openRelated(page: Page): Promise<void> {
  const { pathname } = new URL(page.url());
  await page.locator('a[href*="/related"]').first().click();
  await page.locator('[data-part=related] [data-item]').first().waitFor();
  expect(new URL(page.url()).pathname).toBe(pathname);
}

async function typeInPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  const lookup = page.waitForResponse('**/api/articles?*');
  await page.keyboard.type('salt');
  await lookup;
}

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  describe.each([360, 1280])('at %d px', (width) => {
    let context: BrowserContext;
    let page: Page;
    beforeAll(async () => {
      context = await browser.newContext({ colorScheme, viewport: { width, height: 800 }, reducedMotion: 'reduce' });
      context.setDefaultTimeout(5_000);
      page = await context.newPage();
    });
    afterAll(() => context.close());

    test.each(SHOWN)('%s has no violation of WCAG 2.2 AA', async (name) => {
      const { address, act } = shown[name];
      const response = await page.goto(address);
      // A page that is not there would be judged as the one that says so.
      if (name !== 'what is not there') expect(response?.status()).not.toBe(404);
      await act?.(page);
      expect(await violations(page)).toEqual([]);
    });
  });
});
