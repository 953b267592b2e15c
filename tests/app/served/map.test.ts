import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { toScreen, type View, WHOLE } from '../../../app/client/map/view';
import { decodePoints, encodePoints, type MapPoints } from '../../../app/map/points';
import type { MapRegion } from '../../../lib/index';
import type { SearchResponse } from '../../../lib/search';
import { violations } from './axe';
import { launchBrowser } from './browser';
import { newGate } from './gate';

const app = inject('app');
const emptyApp = inject('emptyApp');

const QUESTION = 'What did the pilots carry under their coats?';
const ASKED = `/map?q=${encodeURIComponent(QUESTION)}`;
/** Ends a wait for something that will never come; measures nothing. */
const PATIENTLY = { timeout: 10_000 };

let browser: Browser;
let context: BrowserContext | null = null;
let complaints: string[];
let map: MapPoints;

beforeAll(async () => {
  browser = await launchBrowser();
  map = decodePoints(await (await fetch(`${app}/api/map/points`)).arrayBuffer());
});
afterAll(() => browser.close());
afterEach(async () => {
  await context?.close();
  context = null;
});

interface Options {
  javaScriptEnabled?: boolean;
  width?: number;
  origin?: string;
  colorScheme?: 'light' | 'dark';
  hasTouch?: boolean;
  before?: (page: Page) => Promise<unknown>;
}

async function open(path: string, { javaScriptEnabled = true, width = 1280, origin = app, colorScheme = 'light', hasTouch = false, before }: Options = {}): Promise<Page> {
  complaints = [];
  context = await browser.newContext({ javaScriptEnabled, colorScheme, hasTouch, viewport: { width, height: 800 }, reducedMotion: 'reduce' });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(error.message));
  await before?.(page);
  await page.goto(origin + path, { waitUntil: 'load' });
  if (javaScriptEnabled && origin === app) await page.locator('[data-map][data-drawn]').waitFor();
  return page;
}

const canvasOf = (page: Page) => page.locator('[data-map-canvas]');
const cardOf = (page: Page) => page.locator('[data-map-card]');
const chosenItem = (page: Page) => page.locator('[data-map-list] [data-on-map]');

/** Where a point is drawn, from the canvas's corner. */
async function drawnAt(page: Page, point: number, view: View = WHOLE): Promise<[number, number]> {
  const frame = await canvasOf(page).evaluate(({ clientWidth: width, clientHeight: height }) => ({ width, height }));
  return toScreen(view, frame, map.places[2 * point]!, map.places[2 * point + 1]!);
}

async function hover(page: Page, [x, y]: readonly [number, number]): Promise<void> {
  await canvasOf(page).hover({ position: { x, y } });
}

/** Red, green, blue and alpha where these are drawn. */
async function pixels(page: Page, places: [number, number][]): Promise<number[][]> {
  return canvasOf(page).evaluate((canvas, at) => at.map(([x, y]) => [...(canvas as HTMLCanvasElement).getContext('2d')!.getImageData(Math.round(x), Math.round(y), 1, 1).data]), places);
}

/** All that is drawn. */
const picture = (page: Page) => canvasOf(page).evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());

/** How many pixels of the canvas are of the colour that a token has now. */
async function pixelsOf(page: Page, token: string): Promise<number> {
  return canvasOf(page).evaluate((canvas, name) => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = `var(${name})`;
    const [red, green, blue] = getComputedStyle(probe).color.match(/\d+/g)!.map(Number);
    probe.remove();
    const { width, height } = canvas as HTMLCanvasElement;
    const { data } = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) if (data[i] === red && data[i + 1] === green && data[i + 2] === blue && data[i + 3] === 255) count++;
    return count;
  }, token);
}

/** A finger goes up from a place in the middle of the window, and rests before it is lifted: nothing rolls on. */
async function swipeUp(page: Page, from: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const [x, began] = [page.viewportSize()!.width / 2, Date.now() / 1000 - 2];
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', up: number, seconds: number) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y: from - up }], timestamp: began + seconds });
  await touch('touchStart', 0, 0);
  for (const up of [30, 60, 90, 120, 150, 180]) await touch('touchMove', up, up / 1000);
  await touch('touchMove', 181, 1);
  await touch('touchEnd', 181, 1.5);
  await session.detach();
}

/** How often the page asks for a frame, while ten of them go by. */
function pictures(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { requestAnimationFrame: real } = window;
    let asked = 0;
    window.requestAnimationFrame = (callback) => { asked++; return real(callback); };
    for (let frame = 0; frame < 10; frame++) await new Promise((resolve) => real(resolve));
    window.requestAnimationFrame = real;
    return asked;
  });
}

/** @returns what has been said aloud since, line by line */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  const lines = await page.evaluateHandle(() => {
    const heard: string[] = [];
    const place = document.querySelector('[data-said]')!;
    new MutationObserver(() => { if (place.textContent !== '') heard.push(place.textContent); }).observe(place, { childList: true });
    return heard;
  });
  return () => lines.jsonValue();
}

const allPoints = (page: Page) => Promise.all([...map.rows.keys()].map((point) => drawnAt(page, point)));
const luminance = ([red = 0, green = 0, blue = 0]: number[]) => (red + green + blue) / 3;

/** The point nearest to the middle: from there the map can be dragged any way. */
function middlePoint(): number {
  const distance = (point: number) => Math.hypot(map.places[2 * point]! - 0.5, map.places[2 * point + 1]! - 0.5);
  return [...map.rows.keys()].sort((a, b) => distance(a) - distance(b))[0]!;
}

/** A point with no other near it, so that a pointer there can mean no other. */
function lonelyPoint(): number {
  const gap = (point: number) => Math.min(...[...map.rows.keys()].filter((other) => other !== point).map((other) => Math.hypot(map.places[2 * point]! - map.places[2 * other]!, map.places[2 * point + 1]! - map.places[2 * other + 1]!)));
  return [...map.rows.keys()].sort((a, b) => gap(b) - gap(a))[0]!;
}

async function passageAt(row: number) {
  return (await (await fetch(`${app}/api/map/passages/${row}`)).json()) as { generation: string; passage: { id: string; ordinal: number; opening: string }; article: { id: string; title: string } };
}

describe('the map is drawn', () => {
  test('with ink where the points are, and then nothing is at work', async () => {
    const page = await open('/map');
    const colours = await pixels(page, await allPoints(page));
    // Names stand above some.
    expect(colours.filter((colour) => colour[3] === 255 && luminance(colour) < 130).length).toBeGreaterThan(0.7 * map.rows.length);
    // Once more at most, when the face of the names has come.
    await expect.poll(() => pictures(page), PATIENTLY).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('anew when the paper is another, by the system or by choice', async () => {
    const page = await open('/map');
    const places = [await drawnAt(page, lonelyPoint())];
    const isLight = async () => luminance((await pixels(page, places))[0]!) > 128;
    expect(await isLight()).toBe(false);
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await expect.poll(isLight, PATIENTLY).toBe(true);
    await page.getByRole('radio', { name: 'light' }).check();
    await expect.poll(isLight, PATIENTLY).toBe(false);
  });

  test('with colours that are taken apart when they change, not for each picture', async () => {
    const page = await open('/map');
    const place = [await drawnAt(page, lonelyPoint())];
    const taken = await page.evaluateHandle(() => {
      const count = { times: 0 };
      const { prototype } = OffscreenCanvasRenderingContext2D;
      const real = prototype.getImageData;
      prototype.getImageData = function (this: OffscreenCanvasRenderingContext2D, ...area) {
        count.times++;
        return real.apply(this, area);
      };
      return count;
    });
    const before = await pixels(page, place);
    await page.getByRole('button', { name: 'Larger' }).click();
    await expect.poll(() => pixels(page, place), PATIENTLY).not.toEqual(before);
    expect(await taken.jsonValue()).toEqual({ times: 0 });
    await page.getByRole('radio', { name: 'dark' }).check();
    await expect.poll(() => taken.evaluate(({ times }) => times), PATIENTLY).toBeGreaterThan(0);
  });

  test('on a canvas of another size when the window is', async () => {
    const page = await open('/map');
    await page.setViewportSize({ width: 700, height: 600 });
    await expect.poll(async () => luminance((await pixels(page, [await drawnAt(page, lonelyPoint())]))[0]!), PATIENTLY).toBeLessThan(130);
  });
});

describe('the pointer', () => {
  test('shows what lies there, and opens it', async () => {
    const page = await open('/map');
    const point = lonelyPoint();
    const { passage, article } = await passageAt(map.rows[point]!);
    await hover(page, await drawnAt(page, point));
    await cardOf(page).waitFor();
    expect(await cardOf(page).textContent()).toBe(`${article.title} ¶\u00a0${passage.ordinal}${passage.opening}`);
    await hover(page, [1, 1]);
    await cardOf(page).waitFor({ state: 'hidden' });
    const [x, y] = await drawnAt(page, point);
    await canvasOf(page).click({ position: { x, y } });
    await page.waitForURL(`**/articles/${article.id}?p=${passage.ordinal}#p${passage.ordinal}`);
  });

  test('goes from a point to its card without losing it', async () => {
    const page = await open('/map', { before: (fresh) => fresh.clock.install() });
    await hover(page, await drawnAt(page, lonelyPoint()));
    await cardOf(page).getByRole('link').hover();
    await page.clock.fastForward(60_000);
    expect(await cardOf(page).isVisible()).toBe(true);
  });

  test('has its card dismissed by Escape wherever the focus is, but not from within a dialog', async () => {
    const page = await open('/map');
    const palette = page.getByRole('dialog');
    await hover(page, await drawnAt(page, lonelyPoint()));
    await cardOf(page).waitFor();
    await page.keyboard.press('Escape');
    expect(await cardOf(page).isVisible()).toBe(false);

    const box = page.getByRole('searchbox');
    await box.fill('salt');
    await hover(page, [1, 1]);
    await hover(page, await drawnAt(page, lonelyPoint()));
    await cardOf(page).waitFor();
    await page.keyboard.press('Escape');
    expect(await cardOf(page).isVisible()).toBe(false);
    expect(await box.evaluate((element: HTMLInputElement) => [element.value, element === document.activeElement])).toEqual(['salt', false]);

    // Away from the map: the mouse has no part in what follows.
    await page.mouse.move(1, 1);
    await canvasOf(page).focus();
    await page.keyboard.press('ArrowRight');
    await cardOf(page).waitFor();
    await page.keyboard.press('Control+k');
    await palette.waitFor();
    await page.keyboard.press('Escape');
    await palette.waitFor({ state: 'hidden' });
    expect(await cardOf(page).isVisible()).toBe(true);
  });

  test('drags the map, and the wheel brings it nearer where the pointer is', async () => {
    const page = await open('/map');
    const point = middlePoint();
    const { passage, article } = await passageAt(map.rows[point]!);
    const [x, y] = await drawnAt(page, point);
    const box = (await canvasOf(page).boundingBox())!;
    await page.mouse.move(box.x + x, box.y + y);
    await page.mouse.wheel(0, -600);
    await cardOf(page).waitFor();
    await page.mouse.down();
    await page.mouse.move(box.x + x + 90, box.y + y - 60, { steps: 4 });
    await page.mouse.up();
    await cardOf(page).waitFor({ state: 'hidden' });
    expect(new URL(page.url()).pathname).toBe('/map');
    await page.mouse.move(box.x + x + 91, box.y + y - 60);
    await cardOf(page).waitFor();
    expect(await cardOf(page).getByRole('link').getAttribute('href')).toBe(`${app}/articles/${article.id}?p=${passage.ordinal}#p${passage.ordinal}`);
  });

  test('of a finger shows the card first', async () => {
    const page = await open('/map', { hasTouch: true, before: (fresh) => fresh.clock.install() });
    const box = (await canvasOf(page).boundingBox())!;
    const [x, y] = await drawnAt(page, lonelyPoint());
    await page.touchscreen.tap(box.x + x, box.y + y);
    await cardOf(page).waitFor();
    await page.clock.fastForward(60_000);
    expect(await cardOf(page).isVisible()).toBe(true);
    await cardOf(page).getByRole('link').tap();
    await page.waitForURL(/\/articles\//);
  });

  test('of a finger scrolls the page while the whole map is shown, and moves a map that is nearer', async () => {
    const page = await open('/map', { hasTouch: true, width: 390 });
    const place = [await drawnAt(page, lonelyPoint())];
    const whole = await pixels(page, place);
    await swipeUp(page, 400);
    await expect.poll(() => page.evaluate(() => scrollY), PATIENTLY).toBeGreaterThan(50);
    expect(await pixels(page, place)).toEqual(whole);

    await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
    await page.getByRole('button', { name: 'Larger' }).tap();
    await expect.poll(() => pixels(page, place), PATIENTLY).not.toEqual(whole);
    await expect.poll(() => pictures(page), PATIENTLY).toBe(0);
    const nearer = await picture(page);
    await swipeUp(page, 400);
    await expect.poll(() => picture(page), PATIENTLY).not.toBe(nearer);
    expect(await page.evaluate(() => scrollY)).toBe(0);

    await page.getByRole('button', { name: 'The whole map' }).tap();
    await expect.poll(() => pixels(page, place), PATIENTLY).toEqual(whole);
    await swipeUp(page, 400);
    await expect.poll(() => page.evaluate(() => scrollY), PATIENTLY).toBeGreaterThan(50);
  });

  test('of two fingers brings the map nearer', async () => {
    const page = await open('/map', { hasTouch: true });
    const place = [await drawnAt(page, lonelyPoint())];
    const before = await pixels(page, place);
    const session = await page.context().newCDPSession(page);
    const fingers = (apart: number) => ({ touchPoints: [{ id: 1, x: 400 - apart, y: 400 }, { id: 2, x: 400 + apart, y: 400 }] });
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', ...fingers(50) });
    for (const apart of [80, 120, 160]) await session.send('Input.dispatchTouchEvent', { type: 'touchMove', ...fingers(apart) });
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await expect.poll(() => pixels(page, place), PATIENTLY).not.toEqual(before);
    expect(await cardOf(page).isVisible()).toBe(false);
    await page.getByRole('button', { name: 'The whole map' }).tap();
    await expect.poll(() => pixels(page, place), PATIENTLY).toEqual(before);
  });

  test('without a wheel has buttons', async () => {
    const page = await open('/map');
    const place = [await drawnAt(page, lonelyPoint())];
    const before = await pixels(page, place);
    await page.getByRole('button', { name: 'Larger' }).click();
    await expect.poll(() => pixels(page, place), PATIENTLY).not.toEqual(before);
    await page.getByRole('button', { name: 'The whole map' }).click();
    await expect.poll(() => pixels(page, place), PATIENTLY).toEqual(before);
  });
});

test('the keyboard goes from passage to passage, hears each, opens one, and lets go', async () => {
  const page = await open('/map');
  const said = () => page.locator('[data-said]').textContent();
  await canvasOf(page).focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(said, PATIENTLY).toContain('¶');
  expect(await cardOf(page).isVisible()).toBe(true);
  const heard = await listen(page);
  for (const [i, key] of ['ArrowLeft', 'ArrowLeft', 'ArrowUp', 'ArrowRight', 'ArrowDown'].entries()) {
    await page.keyboard.press(key);
    await expect.poll(async () => (await heard()).length, PATIENTLY).toBe(i + 1);
  }
  expect(new Set(await heard()).size).toBeGreaterThan(2);
  for (let i = 0; i < map.rows.length; i++) await page.keyboard.press('ArrowLeft');
  await expect.poll(said, PATIENTLY).toBe('No passage farther left.');
  await page.keyboard.press('Escape');
  expect(await cardOf(page).isVisible()).toBe(false);

  await page.keyboard.press('+');
  await page.keyboard.press('ArrowDown');
  await cardOf(page).waitFor();
  const link = (await cardOf(page).getByRole('link').getAttribute('href'))!;
  await page.keyboard.press('0');
  await page.keyboard.press('Enter');
  await page.waitForURL(link);
});

test('Back finds the map as it was left, with the passage that was pointed at', async () => {
  const page = await open('/map');
  await page.locator('[data-map-zoom=in]').click();
  await page.locator('[data-map-zoom=in]').click();
  await canvasOf(page).focus();
  await page.keyboard.press('ArrowLeft');
  await cardOf(page).waitFor();
  // What is drawn has been kept once it is in the history's entry.
  await page.waitForFunction(() => typeof (history.state as { map?: { row?: unknown } } | null)?.map?.row === 'number');
  const left = await picture(page);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/articles/**');
  const opened = page.url();
  await page.goBack();
  await cardOf(page).waitFor();
  await expect.poll(() => picture(page)).toBe(left);
  await canvasOf(page).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(opened);
});

describe('a question', () => {
  test('lights its answers, in the order of the list and of the API', async () => {
    const page = await open(ASKED);
    const { results } = (await (await fetch(`${app}/api/search?q=${encodeURIComponent(QUESTION)}`)).json()) as SearchResponse;
    const items = page.locator('[data-map-list] [data-item]');
    expect(await items.evaluateAll((found) => found.map((item) => item.getAttribute('data-item')))).toEqual(results.map(({ passage }) => passage.id));
    expect(await items.evaluateAll((found) => found.map((item) => Number(item.getAttribute('data-map-rank'))))).toEqual(results.map(({ rank }) => rank));
    expect(await pixelsOf(page, '--rubric')).toBeGreaterThan(100 * results.length);
    expect(complaints).toEqual([]);
  });

  test('has a list that points at the map, and is pointed at', async () => {
    const page = await open(ASKED);
    const before = await pixelsOf(page, '--rubric');
    const item = page.locator('[data-map-list] [data-item]').first();
    await item.hover();
    await expect.poll(() => pixelsOf(page, '--rubric'), PATIENTLY).toBeGreaterThan(before + 20);
    await item.getByRole('link').focus();
    await hover(page, [2, 2]);
    await page.getByRole('searchbox', { name: 'Question to find on the map' }).focus();
    await expect.poll(() => pixelsOf(page, '--rubric'), PATIENTLY).toBe(before);

    await canvasOf(page).focus();
    await page.keyboard.press('ArrowRight');
    await chosenItem(page).waitFor();
    expect(await chosenItem(page).getAttribute('data-item')).toBe(await item.getAttribute('data-item'));
  });

  test('goes along to what is opened', async () => {
    const page = await open(ASKED);
    const href = (await page.locator('[data-map-list] [data-open]').first().getAttribute('href'))!;
    expect(new URL(href, app).searchParams.getAll('via')).toEqual([`ask:${new URLSearchParams({ q: QUESTION })}`]);
    await canvasOf(page).focus();
    await page.keyboard.press('ArrowRight');
    await cardOf(page).waitFor();
    expect(await cardOf(page).getByRole('link').getAttribute('href')).toBe(app + href);
  });

  test('has one box, where that of every page is', async () => {
    const page = await open('/map');
    expect(await page.getByRole('searchbox').count()).toBe(1);
    await page.keyboard.press('/');
    expect(await page.getByRole('searchbox', { name: 'Question to find on the map' }).evaluate((box) => box === document.activeElement)).toBe(true);
  });

  test('is a form', async () => {
    const page = await open('/map', { javaScriptEnabled: false });
    await page.getByRole('searchbox', { name: 'Question to find on the map' }).fill('salt');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.waitForURL('**/map?q=salt');
    expect(await page.locator('[data-item]').count()).toBeGreaterThan(0);
  });
});

describe('regions', () => {
  const regionsOf = async () => ((await (await fetch(`${app}/api/map`)).json()) as { regions: MapRegion[] }).regions;

  test.each([true, false])('are listed as the API has them, and each has its passages (JavaScript: %s)', async (javaScriptEnabled) => {
    const page = await open('/map', { javaScriptEnabled });
    const expected = (await regionsOf()).sort((a, b) => b.passages - a.passages || a.id - b.id);
    const links = page.getByRole('region', { name: /regions?$/ }).getByRole('listitem');
    expect(await links.allTextContents()).toEqual(expected.map(({ words, passages }) => `${words.join(', ')}${passages} ${passages === 1 ? 'passage' : 'passages'}`));
    expect(expected.reduce((sum, { passages }) => sum + passages, 0)).toBe(map.passages);
    await links.first().getByRole('link').click();
    await page.waitForURL(`**/map?region=${expected[0]!.id}`);
    expect(await page.locator('h1').textContent()).toBe(expected[0]!.words.join(', '));
    const shown = await page.locator('[data-map-region]').evaluateAll((items) => items.map((item) => Number(item.getAttribute('data-map-region'))));
    expect(shown.length).toBeGreaterThan(0);
    expect(new Set(shown)).toEqual(new Set([expected[0]!.id]));
  });

  test.each([['/map?region=999', 404], ['/map?region=x', 400], ['/map?region=1&region=2', 400], ['/api/map/passages/99999', 404], ['/api/map/passages/x', 400], ['/map?q=salt&mode=fuzzy', 400], ['/map?region=', 400]])('%s is %d', async (path, status) => {
    const response = await fetch(app + path);
    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(/whole number|given 2 times|Not here|no passage|fuzzy/);
  });
});

test('without JavaScript a sketch stands for the map', async () => {
  const page = await open('/map', { javaScriptEnabled: false });
  expect(await canvasOf(page).isVisible()).toBe(false);
  expect(await page.locator('[data-map] svg').isVisible()).toBe(true);
  expect(await page.locator('[data-map] circle').count()).toBe(map.regions.length);
  expect(await page.locator('[data-map] button:visible').count()).toBe(0);
});

test('on paper stands the sketch', async () => {
  const page = await open('/map');
  expect(await page.locator('[data-map] svg').isVisible()).toBe(false);
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('[data-map] svg').isVisible()).toBe(true);
  expect(await canvasOf(page).isVisible()).toBe(false);
});

test('where there is no index the page says so', async () => {
  expect((await fetch(`${emptyApp}/map`)).status).toBe(503);
  const page = await open('/map', { origin: emptyApp });
  expect(await page.locator('h1').textContent()).toBe('Nothing has been indexed yet');
});

test('when the map cannot be had the page says so, and nothing of it is left to be pressed or to complain', async () => {
  context = await browser.newContext();
  const page = await context.newPage();
  const rejections: string[] = [];
  await page.exposeFunction('reject', (reason: string) => { rejections.push(reason); });
  await page.addInitScript(() => {
    addEventListener('unhandledrejection', ({ reason }) => void (window as unknown as { reject: (reason: string) => Promise<void> }).reject(String(reason)));
  });
  await page.route('**/api/map/points', (route) => route.abort());
  await page.goto(`${app}/map`);
  await page.getByRole('alert').filter({ hasText: 'The map could not be drawn' }).waitFor();
  expect(await page.getByRole('region', { name: /regions?$/ }).isVisible()).toBe(true);
  expect(await page.locator('[data-map] button:visible').count()).toBe(0);
  // Whatever the page has told before this has come by then.
  await page.evaluate(() => (window as unknown as { reject: (reason: string) => Promise<void> }).reject('the last'));
  expect(rejections).toEqual(['the last']);

  await page.unroute('**/api/map/points');
  await page.getByRole('link', { name: 'Reload' }).click();
  await page.locator('[data-map][data-drawn]').waitFor();
});

test('when a passage cannot be had by the keyboard it is said', async () => {
  const page = await open('/map');
  const heard = await listen(page);
  await page.route('**/api/map/passages/*', (route) => route.abort());
  await canvasOf(page).focus();
  for (const [i, key] of ['ArrowRight', 'Enter'].entries()) {
    await page.keyboard.press(key);
    await expect.poll(async () => (await heard()).length, PATIENTLY).toBe(i + 1);
  }
  await page.unroute('**/api/map/passages/*');
  await page.route('**/api/map/passages/*', (route) => route.fulfill({ status: 503, json: {} }));
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await heard()).length, PATIENTLY).toBe(3);
  expect(new Set(await heard())).toEqual(new Set(['This passage cannot be fetched just now.']));
});

describe('when the index has another generation by now', () => {
  const isMap = (url: URL) => url.pathname === '/map';
  const drawn = (page: Page) => page.locator('[data-map]').getAttribute('data-drawn');
  const listed = (page: Page) => page.locator('[data-map-list]').getAttribute('data-generation');

  /** From now on the server answers as if it had made its index anew; `page` is the page's own part in that. */
  async function publish(page: Page, generation: string, rewrite = (html: string) => html): Promise<void> {
    await page.route('**/api/map/points', (route) => route.fulfill({ body: Buffer.from(encodePoints({ ...map, generation, passages: 12_345 })) }));
    await page.route('**/api/map/passages/*', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ json: { ...(await response.json()) as object, generation } });
    });
    await page.route(isMap, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: rewrite((await response.text()).replaceAll(`data-generation="${map.generation}"`, `data-generation="${generation}"`)) });
    });
  }

  test('the map is fetched again, and its name with it', async () => {
    const page = await open('/map');
    const heard = await listen(page);
    await publish(page, 'another');
    await hover(page, await drawnAt(page, lonelyPoint()));
    await expect.poll(() => drawn(page), PATIENTLY).toBe('another');
    expect(await listed(page)).toBe('another');
    expect(await canvasOf(page).getAttribute('aria-label')).toBe('Map of 12,345 passages');
    expect(await cardOf(page).isVisible()).toBe(false);
    await expect.poll(heard, PATIENTLY).toEqual(['The index has changed, and the map with it.']);
    expect(complaints).toEqual([]);
  });

  test('a list of another generation than the map is made anew', async () => {
    let asked = 0;
    const page = await open(ASKED, {
      before: (fresh) => fresh.route('**/map?q=*', async (route) => {
        const response = await route.fetch();
        const text = await response.text();
        await route.fulfill({ response, body: asked++ === 0 ? text.replaceAll(`data-generation="${map.generation}"`, 'data-generation="old"') : text });
      }),
    });
    expect(asked).toBe(2);
    expect(await listed(page)).toBe(map.generation);
  });

  test.each([
    ['on the link of an item stays there', '[data-item]:nth-child(2) a[data-open]', (html: string) => html],
    ['on an item stays there', '[data-item]:nth-child(2)', (html: string) => html],
    ['on the link to a region stays there', 'section li:last-child a', (html: string) => html],
    ['on an item that is gone goes to the list', '[data-item]:nth-child(2)', (html: string) => html.replaceAll('data-item="', 'data-item="another-')],
  ] as const)('the focus %s', async (name, selector, rewrite) => {
    const page = await open(ASKED);
    await page.getByRole('button', { name: 'The whole map' }).click();
    await publish(page, 'another', rewrite);
    const gate = newGate();
    await page.route('**/api/map/points', async (route) => {
      await gate.opened;
      await route.fallback();
    });
    const asked = page.waitForRequest('**/api/map/points');
    await hover(page, await drawnAt(page, lonelyPoint()));
    await asked;
    await page.locator('[data-map-list]').locator(selector).focus();
    gate.open();
    await expect.poll(() => drawn(page), PATIENTLY).toBe('another');
    const focused = page.locator('[data-generation=another]:focus, [data-generation=another] :focus');
    expect(await focused.evaluate((element, where) => element.matches(where), name.endsWith('the list') ? '[data-map-list]' : `[data-map-list] ${selector}`)).toBe(true);
  });

  test('a page that is no more on the map says so once, with a way to have it made anew', async () => {
    const page = await open('/map?region=0');
    await publish(page, 'another');
    let asked = 0;
    await page.route(isMap, async (route) => {
      asked++;
      await route.fulfill({ response: await route.fetch({ url: `${app}/map?region=999` }) });
    });
    await canvasOf(page).focus();
    await page.keyboard.press('ArrowRight');
    const notice = page.getByRole('alert').filter({ hasText: 'The index has changed' });
    await notice.waitFor();
    const reload = notice.getByRole('link', { name: 'Reload' });
    expect(await reload.evaluate((link) => link === document.activeElement)).toBe(true);
    expect(await page.locator('[data-map] :is(canvas, button):visible').count()).toBe(0);
    expect(asked).toBe(1);

    await reload.press('Enter');
    await page.getByRole('heading', { name: 'Not here' }).waitFor();
    expect(asked).toBe(2);
  });

  test('it is fetched once however many passages are looked at meanwhile', async () => {
    const page = await open('/map');
    await publish(page, 'another');
    const gate = newGate();
    let fetched = 0;
    await page.route('**/api/map/points', async (route) => {
      fetched++;
      await gate.opened;
      await route.fallback();
    });
    const heard = await listen(page);
    const points = [lonelyPoint(), middlePoint()];
    for (const point of points) {
      const answered = page.waitForResponse(`**/api/map/passages/${map.rows[point]}`);
      await hover(page, await drawnAt(page, point));
      await (await answered).finished();
    }
    gate.open();
    await expect.poll(() => drawn(page), PATIENTLY).toBe('another');
    await expect.poll(() => pictures(page), PATIENTLY).toBe(0);
    expect(await heard()).toEqual(['The index has changed, and the map with it.']);
    expect(fetched).toBe(1);
  });

  test('what is drawn and what is listed are of one generation, whenever another is published', async () => {
    const page = await open(ASKED);
    await publish(page, 'second');
    // Between the map and the list there is a third.
    await page.route(isMap, async (route) => {
      await page.unrouteAll();
      await publish(page, 'third');
      await route.fallback();
    }, { times: 1 });
    await canvasOf(page).focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => drawn(page), PATIENTLY).not.toBe(map.generation);
    expect([await drawn(page), await listed(page)]).toEqual(['third', 'third']);
  });
});

test('GET /api/map/points is told apart by its generation', async () => {
  const first = await fetch(`${app}/api/map/points`);
  expect(first.headers.get('content-type')).toBe('application/octet-stream');
  const tag = first.headers.get('etag')!;
  expect(tag).toBe(`"${map.generation}"`);
  await first.arrayBuffer();
  const again = await fetch(`${app}/api/map/points`, { headers: { 'If-None-Match': tag } });
  expect(again.status).toBe(304);
  expect((await again.arrayBuffer()).byteLength).toBe(0);
});

test.each(['/map', ASKED, '/map?region=0'])('nothing of %s runs over the edge from 320 to 1920 px', async (path) => {
  const page = await open(path);
  for (const width of [320, 768, 1920]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
});

test.each([['/map', 1280, 'dark'], [ASKED, 360, 'light'], [ASKED, 1280, 'dark'], ['/map?region=0', 1280, 'light']] as const)(
  '%s at %d px in %s has no violation of WCAG 2.2 AA',
  async (path, width, colorScheme) => {
    const page = await open(path, { colorScheme, width });
    await canvasOf(page).focus();
    await page.keyboard.press('ArrowRight');
    await cardOf(page).waitFor();
    expect(await violations(page)).toEqual([]);
  },
);
