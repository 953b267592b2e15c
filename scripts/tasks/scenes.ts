import type { Page } from 'playwright-core';

/** A view of the app: where it is, and what a reader does there before the picture is taken. */
export interface Scene {
  name: string;
  /** Whether it is one of an app where nothing has been indexed. */
  isEmpty?: boolean;
  path: string;
  /** A page that was looked at before. */
  prepare?: string;
  act?: (page: Page) => Promise<void>;
}

/** One that the sample articles answer. */
export const QUESTION = 'How were textiles and mail disinfected during the plague?';

/** @param passage of an article that answers the question: the article's id and the ordinal */
export function scenes({ articleId, ordinal }: { articleId: string; ordinal: number }): Scene[] {
  const results = `/?q=${encodeURIComponent(QUESTION)}`;
  const article = `/articles/${articleId}?p=${ordinal}#p${ordinal}`;
  return [
    { name: 'ask', path: '/' },
    { name: 'results', path: results },
    { name: 'read', path: article },
    { name: 'panel', path: article, act: openPanel },
    { name: 'library', path: '/library' },
    { name: 'map', path: '/map', act: untilDrawn },
    { name: 'map-asked', path: `/map?q=${encodeURIComponent(QUESTION)}`, act: untilDrawn },
    { name: 'status', path: '/status' },
    { name: 'palette', prepare: '/?q=the+cost+of+shade', path: results, act: openPalette },
    { name: 'nothing-found', path: `/?q=${encodeURIComponent('zugzwang')}&mode=lexical` },
    { name: 'no-index', path: '/', isEmpty: true },
  ];
}

/** @throws Error when related passages are not opened in place */
async function openPanel(page: Page): Promise<void> {
  const { pathname } = new URL(page.url());
  await page.locator(':target a[data-related]').first().click();
  await page.locator('[data-part=related] [data-item]').first().waitFor();
  if (new URL(page.url()).pathname !== pathname) throw new Error('related passages are a page of their own');
}

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('the');
  await page.locator('#palette [aria-label=Articles] [role=option]').first().waitFor();
}

async function untilDrawn(page: Page): Promise<void> {
  await page.locator('[data-map][data-drawn]').waitFor();
}
