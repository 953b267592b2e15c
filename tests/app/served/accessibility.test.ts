import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchBrowser } from './browser';

const app = inject('app');
const emptyApp = inject('emptyApp');

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
/** Addresses of the pages by what they are. */
const pages: Record<string, string> = {};

beforeAll(async () => {
  browser = await launchBrowser();
  const response = await fetch(`${app}/api/search?q=salt`);
  const { results: [first] } = await response.json() as { results: { passage: { id: string; ordinal: number }; article: { id: string } }[] };
  Object.assign(pages, {
    'the front page': `${app}/`,
    'results': `${app}/?q=salt&tag=food&tag=history`,
    'a question that cannot be asked': `${app}/?q=salt&mode=fuzzy`,
    'an article': `${app}/articles/${first?.article.id}?p=2#p2`,
    'related passages': `${app}/passages/${first?.passage.id}/related`,
    'what is not there': `${app}/nothing`,
    'no index': `${emptyApp}/`,
  });
});
afterAll(() => browser.close());

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  describe.each([360, 1280])('at %d px', (width) => {
    test.each(['the front page', 'results', 'a question that cannot be asked', 'an article', 'related passages', 'what is not there', 'no index'])('%s has no violation of WCAG 2.2 AA', async (name) => {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 }, reducedMotion: 'reduce' });
      const page = await context.newPage();
      await page.goto(pages[name]!, { waitUntil: 'networkidle' });
      await page.evaluate(axeSource);
      const violations = await page.evaluate(async () => {
        const { axe: injected } = window as unknown as { axe: typeof axe };
        const found = await injected.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
        return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      });
      await context.close();
      expect(violations).toEqual([]);
    });
  });
});
