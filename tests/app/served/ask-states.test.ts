import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../../scripts/build-engine.mjs';
import { launchBrowser } from './browser';
import { startServer, type Server } from './server';

/** Ends a wait for something that will never come; measures nothing. */
const PATIENTLY = { timeout: 20_000, interval: 50 };
const QUESTION = '/?q=how+was+the+ferry+kept+running';

let folder = '';
let indexDir = '';
let server: Server;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pilcrow-states-'));
  indexDir = join(folder, 'index');
  [server, browser] = await Promise.all([startServer(indexDir), launchBrowser()]);
});
afterAll(async () => {
  await Promise.all([browser.close(), server.close()]);
  await rm(folder, { recursive: true, force: true });
});

/** Starts `pilcrow index` on changed articles and stops it in its work, with the lock in its hands. */
async function startedIndex(edition: string): Promise<ChildProcess> {
  const articles = join(folder, 'articles');
  await mkdir(articles, { recursive: true });
  for (const subject of ['ferry', 'harbour', 'bakery']) {
    await writeFile(join(articles, `${subject}.txt`), `The ${subject}\nThe ${edition} edition tells how the people of the island kept the ${subject} running in the winter of the great storm.`);
  }
  const run = spawn(process.execPath, [join(root, 'scripts', 'bin.mjs'), 'index', articles, '--index-dir', indexDir], { cwd: root, stdio: 'ignore' });
  await expect.poll(() => existsSync(join(indexDir, 'writer.json')), PATIENTLY).toBe(true);
  run.kill('SIGSTOP');
  return run;
}

async function finished(run: ChildProcess): Promise<void> {
  const ended = once(run, 'exit');
  run.kill('SIGCONT');
  expect((await ended)[0]).toBe(0);
}

async function open(path: string, javaScriptEnabled = true): Promise<Page> {
  const page = await browser.newPage({ javaScriptEnabled });
  page.setDefaultTimeout(20_000);
  await page.goto(server.origin + path);
  return page;
}

test('the first index is awaited with how far it is, and the page comes back by itself', async () => {
  const idle = await open('/', false);
  expect(await idle.locator('main').innerText()).toMatch(/Nothing has been indexed yet[\s\S]*npx pilcrow index[\s\S]*When it is done, reload this page/);
  const page = await open('/');
  const run = await startedIndex('amber');
  await page.getByText(/^The first index is being made: .*\d+ %/).waitFor();
  expect(await page.getByRole('progressbar').count()).toBe(1);
  expect(await (await open(QUESTION, false)).locator('main').innerText()).toContain('The first index is being made');
  await finished(run);
  await page.getByRole('link', { name: '3 articles' }).waitFor();
});

test('while the index is brought up to date that is said, and when there is a newer one', async () => {
  const before = await browser.newPage();
  await before.clock.install();
  await before.goto(server.origin + QUESTION);
  expect(await before.locator('[data-part=index-notice]').innerText()).toBe('');

  const run = await startedIndex('cobalt');
  const page = await open(QUESTION);
  await page.getByText(/^The index is being brought up to date: \d+ %.*; answers come from the one before\.$/).waitFor();
  expect(await page.locator('main').innerText()).toContain('The amber edition');
  await finished(run);
  await page.getByRole('status').getByText('The index has been brought up to date.').waitFor();
  await page.getByRole('link', { name: 'Ask it again' }).click();
  await page.getByText('The cobalt edition').first().waitFor();
  expect(new URL(page.url()).search).toBe(QUESTION.slice(1));
  expect(await page.locator('[data-part=index-notice]').innerText()).toBe('');
  // A page that was there before anybody was at work looks now and then, and is told too.
  await before.clock.fastForward(20_000);
  await before.getByRole('link', { name: 'Ask it again' }).waitFor();
});

test('an older index that answers in place of a damaged one is no secret', async () => {
  const current = (await readFile(join(indexDir, 'current'), 'utf8')).trim();
  await truncate(join(indexDir, 'generations', current, 'vectors.hnsw'), 100);
  await expect.poll(async () => (await (await open(QUESTION, false)).locator('main').innerText()), PATIENTLY).toContain('The newest state of the index cannot be used; answers come from that of');
});
