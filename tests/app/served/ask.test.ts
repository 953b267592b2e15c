import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchBrowser } from './browser';
import { newGate } from './gate';
import type { SearchResponse } from '../../../lib/search';

const app = inject('app');

const PILOTS = '/?q=What+did+the+pilots+carry+under+their+coats%3F';

let browser: Browser;
let context: BrowserContext;
let complaints: string[];

beforeAll(async () => { browser = await launchBrowser(); });
afterAll(() => browser.close());
afterEach(() => context.close());

async function open(path: string, { javaScriptEnabled = true, width = 1280 } = {}): Promise<Page> {
  complaints = [];
  context = await browser.newContext({ javaScriptEnabled, viewport: { width, height: 700 } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: app });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(app + path);
  return page;
}

async function search(query: string): Promise<SearchResponse> {
  return (await (await fetch(`${app}/api/search?${query}`)).json()) as SearchResponse;
}

/**
 * The page says itself that it shows that it waits for the next one, and whether its results are to be seen then: from
 * outside it cannot be looked at while it is on its way to another.
 */
async function reportWaiting(page: Page): Promise<{ resultsSeen: Promise<string> }> {
  const resultsSeen = page.waitForEvent('console', (message) => message.text().startsWith('waits, results seen: ')).then((message) => message.text().split(': ')[1]!);
  await page.evaluate(() => {
    const result = document.querySelector('main li[id] > article');
    const main = document.getElementById('main')!;
    new MutationObserver(() => { if (main.ariaBusy === 'true') console.debug(`waits, results seen: ${String(result?.checkVisibility())}`); }).observe(main, { attributeFilter: ['aria-busy'] });
  });
  return { resultsSeen };
}

/** The results that answer the question, without those opened in place. */
const results = (page: Page) => page.locator('main li[id^=r] > article');
const relatedOf = (page: Page, nth: number) => results(page).nth(nth).locator('> footer a[data-related]');

describe('a result', () => {
  test('says how well it fits and what it was found by, in words too', async () => {
    const page = await open(PILOTS);
    const first = results(page).first();
    const why = first.locator('p', { hasText: 'by meaning' });
    expect(await why.innerText()).toMatch(/¶¶¶¶.*fits.*, by meaning, and by the words .*coats/);
    expect(await why.locator('[aria-hidden]').textContent()).toMatch(/^¶+·*$/);
    expect(await first.getByRole('link', { name: /^¶ 1/ }).count()).toBe(1);
    expect(await first.locator('ul').first().innerText()).toMatch(/14 February 2021|20 February 2021/);
  });

  test('of words alone is found by words alone', async () => {
    const page = await open('/?q=charts&mode=lexical');
    expect(await results(page).first().innerText()).toContain(', by the word charts');
  });
});

test('what was found can be seen on the map, and read again from there, by the way that led to it', async () => {
  const page = await open('/?q=What+did+the+pilots+carry+under+their+coats%3F&mode=dense&via=ask%3Aq%3Dgoats', { javaScriptEnabled: false });
  const asked = page.url();
  const found = await results(page).count();
  await page.getByRole('link', { name: /^See (it|them) on the map$/ }).click();
  await page.waitForURL('**/map?*');
  expect(await page.locator('[data-map-rank]').count()).toBe(found);
  await page.getByRole('link', { name: 'Read them' }).click();
  await page.waitForURL(asked);
});

describe('related passages', () => {
  test('open below their passage, within each other, and close again', async () => {
    const page = await open(PILOTS);
    const link = relatedOf(page, 0);
    expect(await link.getAttribute('aria-expanded')).toBe('false');
    await link.focus();
    await page.keyboard.press('Enter');
    const inner = results(page).first().locator('[data-part=related] article');
    await inner.first().waitFor();
    expect(await inner.count()).toBeGreaterThan(1);
    expect(page.url()).toBe(app + PILOTS);
    expect(await link.getAttribute('aria-expanded')).toBe('true');
    expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await inner.first().innerText()).toMatch(/far off|close/);

    await inner.first().locator('> footer a[data-related]').click();
    const innermost = inner.first().locator('[data-part=related] article');
    await innermost.first().waitFor();
    expect(await innermost.first().locator('> footer a[data-related]').getAttribute('aria-expanded')).toBe('false');

    await link.click();
    expect(await link.getAttribute('aria-expanded')).toBe('false');
    expect(await page.locator('[data-part=related]').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('lead to more of one article, with the way kept, and to more of all', async () => {
    const [first] = (await search('q=people&perArticle=1')).results;
    const page = await open(`/passages/${first!.passage.id}/related?perArticle=1&via=ask%3Aq%3Dpeople`, { javaScriptEnabled: false });
    const items = page.locator('main [data-item]');
    const more = page.getByRole('link', { name: /^\d+ more from this article/ }).first();
    const title = (await more.textContent() ?? '').replace(/^.*article, /, '');
    await more.click();
    await page.waitForURL('**/related?*article=*');
    expect(new URL(page.url()).searchParams.get('via')).toBe('ask:q=people');
    expect(await items.count()).toBeGreaterThan(1);
    for (const heading of await items.getByRole('heading').allInnerTexts()) expect(heading).toBe(title);
    expect(await page.getByRole('list', { name: 'Only articles with' }).innerText()).toContain(`article “${title}”`);
    await page.getByRole('link', { name: /^remove/ }).first().click();
    await page.waitForURL((url) => !url.searchParams.has('article'));
    const few = await items.count();
    await page.getByRole('link', { name: 'More passages' }).click();
    await page.waitForURL('**k=20*');
    expect(await items.count()).toBeGreaterThan(few);
    expect(await page.locator(':target').evaluate((item) => [...item.parentElement!.children].indexOf(item))).toBe(few);
  });

  test('of nothing chosen are none, and what cannot be asked is said', async () => {
    const [first] = (await search('q=people')).results;
    const page = await open(`/passages/${first!.passage.id}/related?author=Nobody`);
    expect(await page.getByRole('main').innerText()).toContain('None of the other articles chosen has anything near this.');
    expect(await page.getByRole('main').innerText()).toContain('No article here has the author ‘Nobody’.');
    expect((await page.goto(`${app}/passages/${first!.passage.id}/related?k=many`))?.status()).toBe(400);
    expect(await page.getByRole('alert').innerText()).toBe('That cannot be asked: k "many" is not a number: give a whole number from 1 to 100.');
  });

  test('and the page are found again by Back as they were left', async () => {
    const page = await open('/?q=people', { width: 360 });
    await relatedOf(page, 1).click();
    const inner = results(page).nth(1).locator('[data-part=related] article');
    await inner.first().waitFor();
    await inner.first().locator('> footer a[data-related]').click();
    await inner.first().locator('[data-part=related] article').first().waitFor();
    await page.getByText('Narrow down').first().click();
    const target = results(page).last().getByRole('heading').getByRole('link');
    await target.scrollIntoViewIfNeeded();
    const left = await page.evaluate(() => ({ scroll: scrollY, height: document.body.scrollHeight }));
    await target.click();
    await page.waitForURL(/\/articles\//);

    await page.goBack();
    await expect.poll(() => page.locator('[data-part=related] [data-part=related]').count()).toBe(1);
    await expect.poll(() => page.evaluate(() => ({ scroll: scrollY, height: document.body.scrollHeight }))).toEqual(left);
    expect(await page.locator('details').first().evaluate((details: HTMLDetailsElement) => details.open)).toBe(true);

    await page.goForward();
    expect(new URL(page.url()).pathname).toMatch(/^\/articles\//);
  });

  test('nor is the place lost when the next page takes its time', async () => {
    const page = await open('/?q=people', { width: 360 });
    const { resultsSeen } = await reportWaiting(page);
    await page.route('**/articles/**', async (route) => {
      await resultsSeen;
      await route.continue().catch(() => undefined);
    });
    const target = results(page).nth(3).getByRole('heading').getByRole('link');
    await target.scrollIntoViewIfNeeded();
    const left = await page.evaluate(() => scrollY);
    expect(left).toBeGreaterThan(500);
    await target.click();
    await page.waitForURL(/\/articles\//);
    await page.goBack();
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(left);
  });

  test('that take their time are awaited in sight, and what keeps them is said there', async () => {
    const page = await open(PILOTS);
    const gate = newGate();
    await page.route('**/related*', async (route) => {
      await gate.opened;
      await route.abort();
    });
    await relatedOf(page, 0).click();
    const place = results(page).first().locator('[data-below]');
    await place.getByText('Loading').waitFor({ state: 'attached' });
    gate.open();
    await place.getByRole('alert').waitFor();
    expect(await place.innerText()).toBe('Related passages could not be loaded: Pilcrow is not responding. Try again.');
    expect(await relatedOf(page, 0).getAttribute('aria-expanded')).toBe('false');

    await page.unroute('**/related*');
    await relatedOf(page, 0).click();
    await place.locator('article').first().waitFor();
    expect(await place.getByRole('alert').count()).toBe(0);
  });

  test('closed before they came stay closed', async () => {
    const page = await open(PILOTS);
    // Whatever they wait for by the page's clock has then come.
    await page.clock.install();
    const gate = newGate();
    await page.route('**/related*', async (route) => {
      await gate.opened;
      await route.continue().catch(() => undefined);
    }, { times: 1 });
    const asked = page.waitForRequest('**/related*');
    await relatedOf(page, 0).click();
    await asked;
    await relatedOf(page, 0).click();
    gate.open();
    await page.clock.runFor(10_000);
    // What is asked for later comes later.
    await relatedOf(page, 1).click();
    await results(page).nth(1).locator('[data-part=related]').waitFor();
    expect(await page.locator('[data-part=related], main [role=alert], main [class*=skeleton]').count()).toBe(1);
  });

  test('are a page without scripts', async () => {
    const page = await open(PILOTS, { javaScriptEnabled: false });
    expect(await page.getByRole('button', { name: /Copy/ }).count()).toBe(0);
    await relatedOf(page, 0).click();
    await page.waitForURL(/\/related\?via=ask/);
    expect(await page.locator('[data-part=related] article').count()).toBeGreaterThan(1);
  });
});

describe('copying', () => {
  /** What is on the clipboard after pressing a button of the result of an article. */
  async function copied(page: Page, title: string, button: string): Promise<string> {
    const item = results(page).filter({ has: page.getByRole('heading', { name: title }) }).first();
    await item.getByRole('button', { name: `Copy ${button}` }).click();
    await item.getByRole('button', { name: 'Copied' }).first().waitFor();
    const said = page.locator('body > [role=status]');
    await expect.poll(() => said.textContent()).toBe('Copied');
    await said.evaluate((region) => { region.textContent = ''; });
    return page.evaluate(() => navigator.clipboard.readText());
  }

  test('takes the passage along with its source', async () => {
    const page = await open('/?q=bread+coal+cabin+doors+captain');
    const title = 'The winter the pilots walked';
    const item = results(page).filter({ has: page.getByRole('heading', { name: title }) }).first();
    const text = await item.locator('> p[dir]').innerText();
    const ordinal = /¶\s(\d+)/.exec(await item.innerText())?.[1];
    expect(await copied(page, title, 'quotation')).toBe(`> ${text}\n\n— Ines Karlsen, [${title}](https://www.harbour-archive.example/pilots), 14 February 2021, ¶ ${ordinal}\n`);
    expect(await copied(page, title, 'plain text')).toBe(`${text}\n\n— Ines Karlsen, “${title}”, 14 February 2021, ¶ ${ordinal}\nhttps://www.harbour-archive.example/pilots\n`);
    expect(await copied(page, title, 'link')).toMatch(new RegExp(`^${app}/articles/cold-harbour-[^/]+\\?p=${ordinal}#p${ordinal}$`));
  });

  test('an article without author, date and address is cited by this app, its markup as text', async () => {
    const page = await open('/?q=goat+photograph+letters+column');
    const said = await copied(page, 'Headlines with', 'quotation');
    expect(said).toContain(String.raw`\<img src=x onerror="window.hacked = 1"\>`);
    expect(said).toContain(String.raw`goat \&amp; printed`);
    expect(said).toMatch(new RegExp(String.raw`\n— \[Headlines with \\<script\\>window\.hacked = 1\\</script\\> in them\]\(${app}/articles/hostile-[^)]+\), ¶ 1\n$`));
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    expect(complaints).toEqual([]);
  });

  test('works without the clipboard of today, and gives the button its words back', async () => {
    const page = await open(PILOTS);
    await page.evaluate(() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not here')); });
    const button = results(page).first().locator('button[data-copy]');
    await button.click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^> When the harbour froze/);
    await expect.poll(() => button.innerText()).toBe('✓ Copied');
    await expect.poll(() => button.textContent(), { timeout: 5000 }).toBe('Copy quotation');
  });

  test('is said on the button pressed last alone', async () => {
    const page = await open(PILOTS);
    // So that none gets its words back by itself.
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 60_000);
    const buttons = results(page).first().locator('> footer [data-copy-as]');
    const copy = async (nth: number) => {
      await buttons.nth(nth).click();
      await expect.poll(() => buttons.nth(nth).innerText()).toBe('✓ Copied');
    };
    await copy(0);
    await copy(1);
    await copy(2);
    expect(await buttons.allTextContents()).toEqual(['Copy quotation', 'Copy plain text', '✓ Copied']);
    await copy(0);
    expect(await buttons.allTextContents()).toEqual(['✓ Copied', 'Copy plain text', 'Copy link']);
  });

  test('without the clipboard of today leaves what is selected as it is', async () => {
    const page = await open(PILOTS);
    const selected = await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('not here'));
      getSelection()!.selectAllChildren(document.querySelector('main h1, main h2')!);
      return getSelection()!.toString();
    });
    expect(selected).not.toBe('');
    await page.keyboard.press('c');
    await expect.poll(() => results(page).first().locator('button[data-copy]').innerText()).toBe('✓ Copied');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^> When the harbour froze/);
    expect(await page.evaluate(() => getSelection()!.toString())).toBe(selected);
  });
});

describe('filters', () => {
  test('are links whose counts are the articles that remain', async () => {
    const page = await open('/?q=people');
    const links = await page.getByRole('navigation', { name: 'Narrow down' }).getByRole('link').evaluateAll((found) =>
      found.map((link) => ({ href: link.getAttribute('href') ?? '', articles: Number(/ (\d+) article/.exec(link.textContent)?.[1]) })),
    );
    expect(links.map(({ href }) => new URLSearchParams(href.slice(2)).get('tag'))).toContain('sea');
    for (const { href, articles } of links) {
      // Duplicates are folded: the articles that have them are named below.
      const found = await search(`${href.slice(2)}&k=100&perArticle=100&mode=dense`);
      const ids = found.results.flatMap(({ article, alsoIn }) => [article.id, ...alsoIn.map((other) => other.article.id)]);
      expect({ href, articles: new Set(ids).size }).toEqual({ href, articles });
    }
  });

  test('name languages', async () => {
    const page = await open('/?q=people');
    const facets = page.getByRole('navigation', { name: 'Narrow down' });
    expect(await facets.getByRole('link', { name: /^Arabic 1 article/ }).getAttribute('href')).toBe('/?q=people&language=ar');
  });

  test('are chosen, kept with another question, and taken away', async () => {
    const page = await open('/?q=people');
    const facets = page.getByRole('navigation', { name: 'Narrow down' });
    await facets.getByRole('link', { name: /^food 2 articles/ }).click();
    await page.waitForURL('**/?q=people&tag=food');
    await facets.getByRole('link', { name: /^2019 1 article/ }).click();
    await page.waitForURL('**/?q=people&tag=food&from=2019&to=2019');
    expect(await page.getByRole('list', { name: 'Only articles with' }).innerText()).toMatch(/tag food remove[\s\S]*year 2019 remove[\s\S]*remove all/);

    await page.getByRole('searchbox').fill('salt');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=salt/);
    expect(new URL(page.url()).searchParams.getAll('tag')).toEqual(['food']);
    expect(new URL(page.url()).searchParams.get('from')).toBe('2019');

    await facets.getByRole('link', { name: /^2019.*chosen, remove/ }).click();
    await page.waitForURL((url) => !url.searchParams.has('from') && url.searchParams.has('tag'));
    await page.getByRole('link', { name: 'remove tag food' }).click();
    await page.waitForURL((url) => !url.searchParams.has('tag'));
  });

  test('by dates are given in words of the calendar', async () => {
    const page = await open('/?q=people&tag=sea');
    await page.getByLabel('From').fill('2021-02-15');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.waitForURL(/from=2021-02-15/);
    expect(await page.getByRole('list', { name: 'Only articles with' }).innerText()).toContain('from 15 February 2021');
    expect(await results(page).getByRole('heading').allInnerTexts()).not.toContain('The winter the pilots walked');
    expect(await results(page).count()).toBeGreaterThan(0);
  });

  test('of one kind are alternatives, and say so', async () => {
    const page = await open('/?q=people&tag=food');
    const headings = page.getByRole('navigation', { name: 'Narrow down' }).getByRole('heading');
    expect(await headings.allInnerTexts()).toEqual(expect.arrayContaining(['Author', 'Tag, any of']));
  });

  test('can be passed by on the way to the passages', async () => {
    const page = await open('/?q=people');
    const past = page.getByRole('link', { name: 'Past the filters' });
    await past.focus();
    expect((await past.boundingBox())?.height).toBeGreaterThan(24);
    await page.keyboard.press('Enter');
    await page.waitForURL('**#found');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('li[id]')?.id)).toBe('r1');
  });

  test('that were opened stay open while one goes on choosing', async () => {
    const page = await open('/?q=people', { width: 360 });
    await page.getByText('Narrow down').first().click();
    await page.getByRole('link', { name: /^food 2 articles/ }).click();
    await page.waitForURL('**tag=food*');
    await page.getByRole('link', { name: /^sea/ }).click();
    await page.waitForURL('**tag=sea*');
    await page.getByText('Narrow down (2 chosen)').click();
    await page.getByRole('link', { name: 'remove tag sea' }).click();
    await page.waitForURL((url) => !url.searchParams.getAll('tag').includes('sea'));
    expect(await page.locator('details').first().evaluate((details: HTMLDetailsElement) => details.open)).toBe(false);
  });

  test('stand behind a closed door on narrow screens, which says how many there are', async () => {
    const page = await open('/?q=people&tag=food&tag=sea', { width: 768 });
    const door = page.getByText('Narrow down (2 chosen)');
    expect(await page.getByRole('link', { name: /^winter/ }).isVisible()).toBe(false);
    await door.click();
    await page.getByRole('link', { name: /^winter 1 article/ }).waitFor();
  });

  test('are offered before anything is asked', async () => {
    const page = await open('/', { javaScriptEnabled: false });
    await page.getByText('Narrow down').first().click();
    await page.getByRole('link', { name: /^food/ }).click();
    await page.waitForURL('**/?tag=food');
    expect(await page.getByRole('list', { name: 'Only articles with' }).innerText()).toContain('tag food');
    await page.getByRole('searchbox').fill('who smuggled');
    await page.getByRole('button', { name: 'Ask' }).click();
    await page.waitForURL(/tag=food/);
    expect(await results(page).count()).toBeGreaterThan(0);
  });

  test('that nobody knows are named, with the way without them', async () => {
    const page = await open('/?q=people&author=Nobody+<b>At</b>+All');
    expect(await page.locator('main').innerText()).toContain('No article here has the author ‘Nobody <b>At</b> All’.');
    await page.getByRole('link', { name: 'Ask without it' }).click();
    await page.waitForURL('**/?q=people');
  });
});

describe('honestly', () => {
  test('what nothing answers is not called an answer', async () => {
    const page = await open('/?q=quantum+chromodynamics+on+the+lattice');
    expect(await page.locator('main').innerText()).toContain('Nothing here seems to answer this. These passages come closest.');
    expect(await results(page).first().innerText()).toMatch(/barely fits|fits a little/);
  });

  test('nothing found says why, and where to look instead', async () => {
    const page = await open('/?q=zyzzyva&mode=lexical&tag=food');
    expect(await page.locator('main').innerText()).toContain('No passage in the articles chosen has these words.');
    await page.getByRole('link', { name: 'Search by meaning too' }).click();
    await page.waitForURL((url) => url.searchParams.get('mode') === 'hybrid' && url.searchParams.get('tag') === 'food');
    await page.goBack();
    await page.getByRole('link', { name: 'Ask all articles' }).click();
    await page.waitForURL((url) => !url.searchParams.has('tag'));
    expect(await page.locator('main').innerText()).toContain('No passage here has these words.');
  });

  test('a phrase that stands nowhere is named, with the way without its quotation marks', async () => {
    const page = await open('/?q=%22purple+telephone%22+goats');
    expect(await page.locator('main').innerText()).toContain('No passage here has “purple telephone” as it stands and meets the rest of the question.');
    await page.getByRole('link', { name: 'Ask without the quotation marks' }).click();
    await page.waitForURL('**/?q=purple+telephone+goats');
    expect(await results(page).count()).toBeGreaterThan(0);
    await page.goto(`${app}/?q=%22purple+telephone%22`);
    expect(await page.locator('main').innerText()).toContain('No passage here has “purple telephone” as it stands.');
  });

  test('a question that is too long is refused with a reason, not cut', async () => {
    const page = await open('/');
    await page.getByRole('searchbox').fill('why '.repeat(600));
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toContain('the question has 2,400 characters: at most 2,000 can be asked at once');
    expect(await page.getByRole('searchbox').inputValue()).toHaveLength(2_400);
  });

  test('a question that cannot be asked stays in the box', async () => {
    const page = await open('/?q=people&from=yesterday');
    expect(await page.getByRole('alert').innerText()).toMatch(/^That cannot be asked: from "yesterday" is not a date/);
    expect(await page.getByRole('searchbox').inputValue()).toBe('people');
    expect((await fetch(`${app}/?from=yesterday`)).status).toBe(400);
  });
});

test('more passages are a link away, at the first that is new', async () => {
  const page = await open('/?q=people&k=2');
  expect(await results(page).count()).toBe(2);
  await page.getByRole('link', { name: 'More passages' }).click();
  await page.waitForURL(/k=20#r3$/);
  expect(await results(page).count()).toBeGreaterThan(3);
  expect(await page.locator('#r3').evaluate((element) => element.getBoundingClientRect().top)).toBeLessThan(700);
  expect(await page.getByRole('link', { name: 'More passages' }).count()).toBe(0);
});

test('the front page has questions that are answered, articles, and ways to all there is', async () => {
  const page = await open('/');
  expect(await page.getByRole('searchbox').evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await page.getByRole('link', { name: '8 articles' }).getAttribute('href')).toBe('/library');
  expect(await page.getByRole('link', { name: /passages$/ }).getAttribute('href')).toBe('/status');
  const examples = page.getByRole('region', { name: 'Try asking' }).getByRole('link');
  const question = await examples.first().innerText();
  await examples.first().click();
  await page.waitForURL(/\?q=/);
  expect(await page.getByRole('searchbox').inputValue()).toBe(question);
  expect(await results(page).count()).toBeGreaterThan(0);
});

test('while the next answer takes its time the last one is out of the way', async () => {
  const page = await open(PILOTS);
  const { resultsSeen } = await reportWaiting(page);
  await page.route('**/?q=salt*', async (route) => {
    await resultsSeen;
    await route.continue().catch(() => undefined);
  });
  await page.getByRole('searchbox').fill('salt');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=salt/);
  expect(await resultsSeen).toBe('false');
  expect(await results(page).first().isVisible()).toBe(true);
});

test('typing asks nothing, and nothing is asked by an empty box', async () => {
  const page = await open('/');
  await page.clock.install();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.keyboard.type('salt');
  await page.getByRole('searchbox').fill('');
  await page.keyboard.press('Enter');
  await page.clock.runFor(10_000);
  expect(page.url()).toBe(`${app}/`);
  await page.getByRole('searchbox').fill('bread');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=bread/);
  // The first that anything was asked.
  expect(asked[0]).toBe(page.url());
  expect((await fetch(`${app}/?q=`)).status).toBe(200);
});

test('on paper there are the question, the passages and their sources, and nothing to press', async () => {
  const page = await open(PILOTS);
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('heading', { level: 1 }).evaluate((heading) => heading.getBoundingClientRect().height)).toBeGreaterThan(10);
  expect(await results(page).first().innerText()).toContain('Also in');
  expect(await page.locator('button:visible, input:visible, summary:visible, nav:visible').count()).toBe(0);
  expect(await page.getByText('Related passages').first().isVisible()).toBe(false);
  // Paper may be as wide as a screen: no margin is left for what is not printed.
  expect((await results(page).first().boundingBox())?.width).toBeGreaterThan(500);
});

test('a box in which is asked from the right stays whole at its left, and joined to its button', async () => {
  const page = await open('/?q=القهوة');
  const sides = await page.getByRole('searchbox').evaluate((box) => {
    const { direction, borderLeftWidth, borderRightWidth } = getComputedStyle(box);
    return { direction, left: parseFloat(borderLeftWidth), right: parseFloat(borderRightWidth) };
  });
  expect(sides).toEqual({ direction: 'rtl', left: 1, right: 0 });
});

test.each([320, 1280])('lists within lists stay within %d px', async (width) => {
  const page = await open('/?q=salt', { width });
  for (const selector of ['li[id] > article > footer a[data-related]', '[data-part=related] footer a[data-related]', '[data-part=related] [data-part=related] footer a[data-related]']) {
    await page.locator(selector).first().click();
    await page.locator(selector).first().locator('xpath=ancestor::article[1]').locator('> [data-below] [data-part]').waitFor();
  }
  if (width === 320) await page.getByText('Narrow down').first().click();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
});
