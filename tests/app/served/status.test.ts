import { readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { WriterLock } from '../../../lib/index';
import { violations } from './axe';
import { bookshelf, type Bookshelf } from './bookshelf';
import { launchBrowser } from './browser';

/** Ends a wait for something that will never come; measures nothing. */
const PATIENTLY = { timeout: 20_000, interval: 100 };

let shelf: Bookshelf;
let browser: Browser;

beforeAll(async () => {
  [shelf, browser] = await Promise.all([bookshelf({ 'ferry.txt': edition('ferry', 'amber'), 'bakery.txt': edition('bakery', 'amber') }), launchBrowser()]);
});
afterAll(() => Promise.all([browser.close(), shelf.close()]));

function edition(subject: string, name: string): string {
  return `The ${subject}\nThe ${name} edition tells how the people of the island kept the ${subject} running in the winter of the great storm.`;
}

async function open({ javaScriptEnabled = true, width = 1280 } = {}): Promise<Page> {
  const page = await browser.newPage({ javaScriptEnabled, viewport: { width, height: 800 }, reducedMotion: 'reduce' });
  page.setDefaultTimeout(20_000);
  await page.goto(`${shelf.server.origin}/status`);
  return page;
}

const current = async () => (await readFile(join(shelf.indexDir, 'current'), 'utf8')).trim();
const text = (page: Page) => page.locator('main').innerText();

test('says what is indexed, by what, from where and how big it is, and no path of this machine', async () => {
  const page = await open({ javaScriptEnabled: false });
  const said = await text(page);
  for (const words of ['2 articles in 2 passages', 'just now', 'all-MiniLM-L6-v2', '384 dimensions', await current(), '2 articles added', 'npx pilcrow index']) expect(said).toContain(words);
  expect(said).toMatch(/On disk\s+[\d.]+ kB \([\d,]+ bytes\)/);
  expect(await page.content()).not.toContain(shelf.indexDir.replace(/\/index$/, ''));
  expect(await page.getByRole('link', { name: 'articles', exact: true }).getAttribute('href')).toBe('/library?source=articles');
  expect(await page.locator('nav [aria-current=page]').textContent()).toBe('Status');
  await page.close();
});

test('an index that is being changed shows how far it is, and goes on showing it', async () => {
  const page = await open();
  await page.evaluate(() => { (window as { stayed?: boolean }).stayed = true; });
  const lock = await WriterLock.take(shelf.indexDir, { command: 'pilcrow index' });
  try {
    lock.tell({ phase: 'reading', done: 0.125, etaMs: 180_000 });
    await page.reload();
    await page.evaluate(() => { (window as { stayed?: boolean }).stayed = true; });
    const bar = page.getByRole('progressbar');
    expect(await bar.getAttribute('value')).toBe('0.125');
    expect(await text(page)).toMatch(/pilcrow index, begun just now[\s\S]*Reading the articles: 12 %, about 3 minutes left/);
    expect(await violations(page)).toEqual([]);
    const still = await open({ javaScriptEnabled: false });
    expect(await text(still)).toContain('Reload this page to see how far it is');
    await still.close();

    lock.tell({ phase: 'embedding', done: 0.5, etaMs: null });
    await expect.poll(() => text(page), PATIENTLY).toContain('50 %');
    await expect.poll(() => page.locator('[data-said]').textContent(), PATIENTLY).toBe('The index is being changed: taking in what the passages mean');
    expect(await bar.evaluate((element: HTMLProgressElement) => element.value)).toBe(0.5);
    expect(await text(page)).not.toContain(`${process.pid}`);

    // Within a phase only the figures change, and nobody is told.
    const same = await bar.elementHandle();
    await expect.poll(() => { lock.tell({ phase: 'embedding', done: 0.75, etaMs: null }); return text(page); }, PATIENTLY).toContain('75 %');
    expect(await same.evaluate((element) => element.isConnected && (element as HTMLProgressElement).value)).toBe(0.75);
    expect(await page.locator('[data-said]').textContent()).toContain('taking in');
  } finally {
    lock.release();
  }
  await expect.poll(() => text(page), PATIENTLY).toContain('Bringing it up to date');
  expect(await page.evaluate(() => (window as { stayed?: boolean }).stayed)).toBe(true);
  await page.close();
});

test('another generation is shown by itself while one looks, and the one before stays to go back to', async () => {
  const before = await current();
  // Whoever comes while the index is being changed looks every two seconds.
  const lock = await WriterLock.take(shelf.indexDir, { command: 'pilcrow index' });
  const page = await open();
  lock.release();
  await shelf.publish({ 'ferry.txt': edition('ferry', 'cobalt'), 'harbour.txt': edition('harbour', 'cobalt') });
  await expect.poll(() => text(page), PATIENTLY).toContain('3 articles in 3 passages');
  const said = await text(page);
  expect(said).toContain('1 article added, 1 changed; 1 as before');
  expect(said.indexOf(before)).toBeGreaterThan(said.lastIndexOf(await current()));
  const generations = page.getByRole('article');
  expect(await generations.count()).toBe(2);
  await generations.last().getByText('How to go back to it').click();
  expect(await generations.last().locator('pre').innerText()).toBe('npx pilcrow rollback');
  await page.setViewportSize({ width: 320, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  expect(await violations(page)).toEqual([]);
  await page.close();
});

test('while the newest generation cannot be used, the page says which answers, why, and what repairs it', async () => {
  const damaged = await current();
  await truncate(join(shelf.indexDir, 'generations', damaged, 'vectors.hnsw'), 100);
  await expect.poll(async () => ((await (await fetch(`${shelf.server.origin}/api/health`)).json()) as { fallback: unknown }).fallback, PATIENTLY).not.toBeNull();
  const page = await open({ width: 768 });
  const said = await text(page);
  expect(said).toContain('The newest state of the index cannot be used');
  expect(said).toMatch(/vectors\.hnsw/);
  expect(said).toContain('2 articles in 2 passages');
  expect(await page.getByRole('article').first().innerText()).toMatch(/should answer[\s\S]*Damaged: vectors\.hnsw/);
  expect(await page.getByRole('article').last().innerText()).toContain('answers now');
  expect(await violations(page)).toEqual([]);
  await page.close();
});

test('where no generation can be used it is a 503 that still lists them; where there is none, it says how to make one', async () => {
  const page = await open();
  const ids = await page.locator('article code').allTextContents();
  for (const id of ids.filter((one) => /^\d{8}T/.test(one))) await truncate(join(shelf.indexDir, 'generations', id, 'passages.sqlite'), 10);
  await expect.poll(async () => (await fetch(`${shelf.server.origin}/status`)).status, PATIENTLY).toBe(503);
  await page.reload();
  expect(await text(page)).toMatch(/Not available now[\s\S]*npx pilcrow index[\s\S]*Generations[\s\S]*Damaged: passages\.sqlite has 10 bytes/);
  expect(await violations(page)).toEqual([]);
  await page.goto(`${inject('emptyApp')}/status`);
  expect(await text(page)).toContain('Nothing has been indexed yet');
  await page.close();
});
