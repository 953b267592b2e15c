import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { root } from '../../../scripts/build-engine.mjs';
import { compressedSize, firstLoadScripts, firstLoadTable } from '../../../scripts/start/first-load.mjs';
import { launchBrowser } from './browser';
import { startServer } from './server';

const app = inject('app');
const nextDir = join(root, '.next');

const MOST_BYTES = 110_000;

let browser: Browser;
/** Addresses of pages by their routes. */
const addresses: Record<string, string> = { '/': '/', '/library': '/library', '/map': '/map', '/status': '/status' };

beforeAll(async () => {
  browser = await launchBrowser();
  const { results: [first] } = await (await fetch(`${app}/api/search?q=salt`)).json() as { results: { passage: { id: string }; article: { id: string } }[] };
  addresses['/articles/[id]'] = `/articles/${first?.article.id}`;
  addresses['/passages/[id]/related'] = `/passages/${first?.passage.id}/related`;
});
afterAll(() => browser.close());

/** Scripts that Chromium gets for a page, with the bytes that came over the wire, heads not counted. */
async function scriptsOf(address: string): Promise<{ file: string; bytes: number }[]> {
  const page = await browser.newPage();
  const loading: Promise<{ file: string; bytes: number }>[] = [];
  page.on('requestfinished', (request) => {
    if (request.resourceType() !== 'script') return;
    loading.push(request.sizes().then(({ responseBodySize }) => ({ file: new URL(request.url()).pathname.replace('/_next/', ''), bytes: responseBodySize })));
  });
  await page.goto(app + address, { waitUntil: 'networkidle' });
  const scripts = await Promise.all(loading);
  await page.close();
  return scripts;
}

const { pages, forOldBrowsers } = firstLoadScripts(nextDir);

test.each(pages)('$page loads the scripts that its build says, and not more than 110 kB of them', async ({ page, scripts }) => {
  const loaded = await scriptsOf(addresses[page] ?? page);
  const first = loaded.filter(({ file }) => scripts.includes(file));
  const bytes = first.reduce((sum, script) => sum + script.bytes, 0);
  expect(bytes).toBeGreaterThan(1_000);
  expect(first.map(({ file }) => file).sort()).toEqual([...scripts].sort());
  // What a page fetches later, for what only it has: the map draws itself.
  const later = loaded.filter((script) => !first.includes(script));
  expect(later.length).toBe(page === '/map' ? 1 : 0);
  expect(later.reduce((sum, script) => sum + script.bytes, bytes)).toBeLessThanOrEqual(MOST_BYTES);
  // The server compresses as it sees fit; what is printed may not be far from it.
  expect(Math.abs(compressedSize(nextDir, scripts).gzip / bytes - 1)).toBeLessThan(0.05);
});

test('polyfills are for browsers without modules: this one never asks for them', () => {
  expect(forOldBrowsers.length).toBeGreaterThan(0);
  for (const { scripts } of pages) for (const file of forOldBrowsers) expect(scripts).not.toContain(file);
});

test('the table has a line for each page', () => {
  const table = firstLoadTable(nextDir);
  for (const { page } of pages) expect(table).toMatch(new RegExp(`^  ${page.replaceAll(/[[\]]/g, '\\$&')} +\\d+ kB gzip, +\\d+ kB brotli$`, 'm'));
});

test('a page that throws is shown as one that went wrong, with its digest, as a 500', async () => {
  // An engine whose answers no page can do anything with: the front page throws while it is rendered.
  const server = await startServer(join(root, 'nowhere'), 'globalThis.pilcrowEngine = new Proxy({}, { get: () => async () => ({}) })');
  try {
    const page = await browser.newPage();
    const response = await page.goto(server.origin);
    expect(response?.status()).toBe(500);
    await page.getByRole('heading', { name: 'This went wrong' }).waitFor();
    expect(await page.getByText('In the log:').locator('code').textContent()).toMatch(/^\d+/);
    expect(await page.getByRole('main').textContent()).not.toContain('TypeError');
    await page.close();
  } finally {
    await server.close();
  }
});
