import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import type { SearchResponse } from '../../lib/search';
import { launchBrowser } from '../../tests/app/served/browser';
import { root } from '../build-engine.mjs';
import { withSampleApp } from './sample-app';
import { QUESTION, type Scene, scenes } from './scenes';

const FOLDER = join(root, 'docs', 'screenshots');
const SIZES = { wide: { width: 1280, height: 900 }, narrow: { width: 390, height: 844 } };
const SCHEMES = ['light', 'dark'] as const;
const DEVICE_SCALE = 1.5;
/** Milliseconds for whatever a scene waits for. */
const PATIENCE_MS = 10_000;

/**
 * Takes a picture of each scene in each size and theme, into docs/screenshots/.
 * @param names of scenes; none means all
 * @returns whether all of them could be taken
 */
export default function takeScreenshots(names: readonly string[]): Promise<boolean> {
  return withSampleApp(async ({ app, emptyApp }) => {
    const known = scenes(await answerOf(app));
    const chosen = known.filter(({ name }) => names.length === 0 || names.includes(name));
    await mkdir(FOLDER, { recursive: true });
    const browser = await launchBrowser();
    let missing = 0;
    try {
      for (const scene of chosen) missing += await takeScene(browser, scene, scene.isEmpty ? emptyApp : app);
    } finally {
      await browser.close();
    }
    return missing === 0 && chosen.length > 0;
  });
}

/** The best passage for the question, to be read in its article. */
async function answerOf(app: string): Promise<{ articleId: string; ordinal: number }> {
  const response = await fetch(`${app}/api/search?${new URLSearchParams({ q: QUESTION }).toString()}`);
  const { results: [first] } = await response.json() as SearchResponse;
  if (first === undefined) throw new Error('the sample articles answer nothing');
  return { articleId: first.article.id, ordinal: first.passage.ordinal };
}

/** @returns how many pictures could not be taken */
async function takeScene(browser: Browser, scene: Scene, origin: string): Promise<number> {
  let missing = 0;
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of SCHEMES) {
      const name = `${scene.name}-${size}-${colorScheme}.png`;
      const context = await browser.newContext({ colorScheme, viewport, deviceScaleFactor: DEVICE_SCALE, reducedMotion: 'reduce' });
      context.setDefaultTimeout(PATIENCE_MS);
      try {
        await take(await context.newPage(), scene, origin, join(FOLDER, name));
        process.stdout.write(`${name}\n`);
      } catch (error) {
        missing += 1;
        process.stderr.write(`${name} is missing: ${String(error).split('\n', 1).join('')}\n`);
      } finally {
        await context.close();
      }
    }
  }
  return missing;
}

async function take(page: Page, { path, prepare, act }: Scene, origin: string, file: string): Promise<void> {
  if (prepare !== undefined) await page.goto(origin + prepare);
  const response = await page.goto(origin + path, { waitUntil: 'networkidle' });
  if (response?.status() === 404) throw new Error(`there is no ${path}`);
  await act?.(page);
  // Paper, ink and a marker: a palette holds them, in a third of the bytes.
  await sharp(await page.screenshot()).png({ palette: true, quality: 95 }).toFile(file);
}
