import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refreshWeb, type Refreshed, type RefreshOptions, type WebSource } from '../../lib/article/fetch/refresh';
import { FetchStore } from '../../lib/article/fetch/store';
import type { PilcrowError } from '../../lib/errors';
import { page, rss, Served, sitemap, sitemapIndex, TestClock, testNetwork } from './served';

const DAY = 24 * 60 * 60 * 1_000;

let clock: TestClock;
let network: ReturnType<typeof testNetwork>;
let site: Served;
let other: Served;
let root: string;
let store: string;

beforeEach(async () => {
  clock = new TestClock();
  network = testNetwork(clock);
  site = await Served.start();
  other = await Served.start('127.0.0.2');
  root = mkdtempSync(join(tmpdir(), 'pilcrow-fetch-'));
  store = join(root, 'fetched');
});

afterEach(async () => {
  await site.stop();
  await other.stop();
  rmSync(root, { recursive: true, force: true });
});

function refresh(url: string, source: Partial<WebSource> = {}, options: Partial<RefreshOptions> = {}): Promise<Refreshed> {
  clock.skip(60_000);
  return refreshWeb({ url, follow: true, limit: null, match: null, allowPrivate: true, ...source }, { store, network, ...options });
}

/** A page that says when it changed last. */
function versioned(served: Served, path: string, version = '1'): string {
  const etag = `"${version}"`;
  return served.at(path, ({ headers }, response) => {
    if (headers['if-none-match'] === etag) response.writeHead(304).end();
    else response.writeHead(200, { etag, 'content-type': 'text/html; charset=utf-8' }).end(page(`${path} ${version}`));
  });
}

function versionedPages(count: number): string[] {
  return Array.from({ length: count }, (_, n) => versioned(site, `/p${n + 1}`));
}

const urls = ({ documents }: Refreshed): string[] => documents.map(({ url }) => url);
const paths = (refreshed: Refreshed): string[] => urls(refreshed).map((url) => new URL(url).pathname);
const reasons = ({ skipped }: Refreshed): string[] => skipped.map(({ reason }) => reason);

describe('what an address is', () => {
  test('a page is a document, without asking for rules', async () => {
    const url = versioned(site, '/posts/one');
    const { documents, ...rest } = await refresh(url);
    expect(rest).toEqual({ failed: [], skipped: [], fetched: 1, unchanged: 0, used: [url] });
    expect(documents).toEqual([{ url, finalUrl: url, body: expect.stringContaining(store) as string, bytes: page('/posts/one 1').length, contentType: 'text/html', charset: 'utf-8', name: 'one' }]);
    expect(readFileSync(documents[0]!.body, 'utf8')).toBe(page('/posts/one 1'));
    expect(site.asked.map(({ path }) => path)).toEqual(['/posts/one']);
  });

  test('a feed that is not followed is a document', async () => {
    const url = site.at('/feed', rss([versioned(site, '/one')]));
    expect(await refresh(url, { follow: false })).toMatchObject({ documents: [{ url, name: 'feed' }], fetched: 1 });
    expect(site.asked).toHaveLength(1);
  });

  test('a feed that is followed is its pages, in its order, relative to where it is', async () => {
    versionedPages(3);
    const feed = site.at('/blog/feed', (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(rss(['/p2', `${site.origin}/p3#more`, '../p1', '/p2'])));
    const refreshed = await refresh(feed);
    expect(refreshed).toMatchObject({ failed: [], skipped: [], fetched: 3 });
    expect(paths(refreshed)).toEqual(['/p2', '/p3', '/p1']);
  });

  test('a sitemap is its pages, followed or not, packed or not', async () => {
    const pages = versionedPages(2);
    const packed = site.at('/sitemap.xml.gz', (_request, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end(gzipSync(sitemap(pages.map((url) => [url])))));
    expect(urls(await refresh(packed, { follow: false }))).toEqual(pages);
    expect(urls(await refresh(site.at('/sitemap.xml', sitemap(pages.map((url) => [url])))))).toEqual(pages);
  });

  test('sitemaps list sitemaps, three levels deep; a part that is missing is told and no page is lost by it', async () => {
    const [one = '', two = '', three = ''] = versionedPages(3);
    site.at('/deep.xml', sitemap([[three]]));
    site.at('/too-deep.xml', sitemap([[`${site.origin}/never`]]));
    site.at('/c.xml', sitemapIndex([`${site.origin}/deep.xml`, `${site.origin}/deeper.xml`]));
    site.at('/deeper.xml', sitemapIndex([`${site.origin}/too-deep.xml`]));
    site.at('/a.xml', sitemap([[one]]));
    site.at('/b.xml', sitemap([[two]]));
    const url = site.at('/index.xml', sitemapIndex(['a', 'b', 'c', 'a', 'index'].map((name) => `${site.origin}/${name}.xml`)));
    const first = await refresh(url);
    expect(urls(first)).toEqual([one, two, three]);
    expect(reasons(first)).toEqual(['1 of its sitemaps are more than 100, or more than 3 deep']);
    for (const broken of [404, page('Closed for today'), 503]) {
      site.at('/b.xml', broken);
      const second = await refresh(url);
      expect(second.failed.map(({ url: of }) => of)).toEqual([`${site.origin}/b.xml`]);
      expect(urls(second).sort()).toEqual([one, two, three]);
    }
  });

  test('names tell formats where content does not', async () => {
    const typed = (path: string, type: string, body: string): string => site.at(path, (_request, response) => response.writeHead(200, { 'content-type': type }).end(body));
    const names = async (url: string): Promise<string | undefined> => (await refresh(url)).documents[0]?.name;
    expect(await names(typed('/notes', 'text/plain', 'Some words.'))).toBe('notes.txt');
    expect(await names(typed('/README.md', 'text/html', page('About a file')))).toBe('README.md.html');
    expect(await names(typed('/raw/README.md', 'text/plain', '# Heading'))).toBe('README.md');
    expect(await names(typed('/a%2F..%2Fb', 'text/html', '<p>x'))).toBe('a_.._b.html');
    expect(await names(typed('/', 'application/octet-stream', '%PDF-1.7'))).toBe('127.0.0.1');
    expect(await names(typed('/data.json', 'text/plain', '[]'))).toBe('data.json');
  });
});

describe('which pages', () => {
  test('the newest, when there is a limit', async () => {
    versionedPages(5);
    const days = ['2024-01-01', '2024-05-01', '', '2024-03-01', '2024-04-01'];
    const url = site.at('/sitemap.xml', sitemap(days.map((day, n) => [`${site.origin}/p${n + 1}`, day === '' ? undefined : day])));
    const refreshed = await refresh(url, { limit: 3 });
    expect(paths(refreshed)).toEqual(['/p2', '/p4', '/p5']);
    expect(refreshed.skipped).toEqual([{ url, reason: '2 pages of it are beyond the limit of 3, the newest are taken' }]);
    expect(site.paths).not.toContain('/p1');
  });

  test('500 of a sitemap', async () => {
    const url = site.at('/sitemap.xml', sitemap(Array.from({ length: 503 }, (_, n) => [`${site.origin}/${n}`])));
    // All of them are missing, which is quick.
    const refreshed = await refresh(url);
    expect(refreshed.failed).toHaveLength(500);
    expect(reasons(refreshed)).toContain('3 pages of it are beyond the limit of 500, the newest are taken');
  });

  test.each([
    ['/blog/**', ['/blog/a', '/blog/2024/b']],
    ['/.well-known/*', ['/.well-known/y']],
    ['**/y', ['/.well-known/y']],
    ['blog/*', ['/blog/a']],
    ['**/*.html', ['/about/me.html']],
    ['!/blog/**', ['/about/me.html', '/k%C3%BCnste/x', '/.well-known/y']],
    ['/künste/*', ['/k%C3%BCnste/x']],
    ['http://*/blog/**', ['/blog/a', '/blog/2024/b']],
  ])('those that %s matches', async (match, expected) => {
    const all = ['/blog/a', '/blog/2024/b', '/about/me.html', '/künste/x', '/.well-known/y'].map((path) => versioned(site, encodeURI(path)));
    const refreshed = await refresh(site.at('/feed', rss(all)), { match });
    expect(paths(refreshed)).toEqual(expected);
    expect(reasons(refreshed)).toEqual([`${5 - expected.length} pages of it are not matched by ${match}`]);
  });

  test('links that are no addresses are told', async () => {
    const refreshed = await refresh(site.at('/feed', rss(['mailto:me@example.org', 'https://a:b@example.org/', versioned(site, '/one')])));
    expect(paths(refreshed)).toEqual(['/one']);
    expect(reasons(refreshed)).toEqual(['1 page of it is at no address that can be fetched, such as https://a:b@example.org/']);
  });

  test('a page with two addresses is one document', async () => {
    const one = versioned(site, '/one');
    const canonical = `<link rel="canonical" href="/one">${page('One')}`;
    const refreshed = await refresh(site.at('/feed', rss([
      site.at('/short', (_request, response) => response.writeHead(301, { location: '/one' }).end()), one,
      site.at('/one?utm_source=rss', canonical), site.at('/two?id=1', canonical),
    ])));
    expect(paths(refreshed)).toEqual(['/short', '/two']);
    expect(reasons(refreshed)).toEqual([`the same page as ${site.origin}/short`, `the same page as ${site.origin}/short`]);
  });
});

describe('the next run', () => {
  test('gets what has changed, and only that', async () => {
    versionedPages(3);
    const feed = site.at('/feed', rss(['/p1', '/p2', '/p3']));
    await refresh(feed);
    versioned(site, '/p2', '2');
    const asked = site.asked.length;
    const refreshed = await refresh(feed);
    expect(refreshed).toMatchObject({ fetched: 1, unchanged: 2, failed: [] });
    expect(readFileSync(refreshed.documents[1]!.body, 'utf8')).toBe(page('/p2 2'));
    expect(site.asked.slice(asked).map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"1"', '"1"', '"1"']);
    expect(readdirSync(store).filter((name) => name.endsWith('.body'))).toHaveLength(5);
  });

  test('a server that knows no conditions sends all again, which is no change', async () => {
    const url = site.at('/page', page('Page'));
    await refresh(url);
    expect(await refresh(url)).toMatchObject({ fetched: 0, unchanged: 1 });
  });

  test('does not ask for pages of which a sitemap says the same as before', async () => {
    versionedPages(2);
    const old = new Date(clock.now() - 100 * DAY).toISOString();
    const dated = (second: string): string => site.at('/sitemap.xml', sitemap([[`${site.origin}/p1`, old], [`${site.origin}/p2`, second]]));
    await refresh(dated(old));
    expect(await refresh(dated(new Date(clock.now()).toISOString()))).toMatchObject({ unchanged: 2 });
    expect(site.paths.slice(3)).toEqual(['/sitemap.xml', '/p2']);
    // A tenth of its age later it is asked for all the same.
    clock.skip(11 * DAY);
    await refresh(dated(old));
    expect(site.paths.slice(5)).toContain('/p1');
  });

  test('keeps pages that a feed has let go of, until they are gone', async () => {
    const [one = '', two = '', three = ''] = versionedPages(3);
    const feed = site.at('/feed', rss([one, two]));
    await refresh(feed);
    site.at('/feed', rss([three, two]));
    const second = await refresh(feed);
    expect(urls(second)).toEqual([three, two, one]);
    expect(site.paths.filter((path) => path === '/p1')).toHaveLength(1);

    site.at('/p1', 410);
    clock.skip(40 * DAY);
    const third = await refresh(feed);
    expect(urls(third)).toEqual([three, two]);
    expect(third.failed).toMatchObject([{ url: one, document: null, error: { message: `${one} answered 410 Gone` } }]);
    expect(existsSync(second.documents[2]!.body)).toBe(false);
    expect(await refresh(feed)).toMatchObject({ failed: [] });
  });

  test('lets go of what a sitemap does not list any more', async () => {
    const [one = '', two = ''] = versionedPages(2);
    const url = site.at('/sitemap.xml', sitemap([[one], [two]]));
    await refresh(url);
    site.at('/sitemap.xml', sitemap([[two]]));
    expect(urls(await refresh(url))).toEqual([two]);
  });

  test('has what it had of a page that fails, and of a feed that does', async () => {
    const [one = '', two = ''] = versionedPages(2);
    const feed = site.at('/feed', rss([one, two]));
    const { documents } = await refresh(feed);
    site.at('/p1', 403);
    const refreshed = await refresh(feed);
    expect(urls(refreshed)).toEqual([two]);
    expect(refreshed.failed).toMatchObject([{ url: one, document: documents[0], error: { code: 'fetch-failed' } }]);

    versioned(site, '/p1');
    for (const broken of [500, 404, page('Closed for today')]) {
      site.at('/feed', broken);
      const without = await refresh(feed);
      expect(without.failed).toMatchObject([{ url: feed, document: null }]);
      expect(urls(without)).toEqual([one, two]);
    }
    site.at('/feed', rss([two, one]));
    expect(urls(await refresh(feed))).toEqual([two, one]);
  });

  test('a named page that fails stays, too', async () => {
    const url = versioned(site, '/page');
    const { documents } = await refresh(url);
    site.at('/page', 404);
    expect(await refresh(url)).toMatchObject({ documents: [], failed: [{ url, document: documents[0] }] });
  });

  test('asks for nothing that it asked for a moment ago, if it may be a moment old', async () => {
    const feed = site.at('/feed', rss(versionedPages(2)));
    await refresh(feed);
    const asked = site.asked.length;
    expect(await refresh(feed, {}, { maxAgeMs: 10 * 60_000 })).toMatchObject({ unchanged: 2 });
    expect(site.asked).toHaveLength(asked);
  });

  test('goes on where one was stopped', async () => {
    versionedPages(3);
    const feed = site.at('/feed', rss(['/p1', '/p2', '/p3']));
    const abort = new AbortController();
    const stopped = refresh(feed, {}, { signal: abort.signal, onProgress: ({ stage, done }) => { if (stage === 'pages' && done === 2) abort.abort(); } });
    await expect(stopped).rejects.toMatchObject({ code: 'interrupted', hint: 'what was fetched is kept, the next run goes on from there' });
    expect(site.paths).toEqual(['/feed', '/p1', '/p2']);
    expect(await refresh(feed)).toMatchObject({ fetched: 1, unchanged: 2 });
    expect(site.paths).toEqual(['/feed', '/p1', '/p2', '/p3']);
    // The run after that is a new one.
    await refresh(feed);
    expect(site.paths.slice(4)).toEqual(['/feed', '/p1', '/p2', '/p3']);
  });

  test('is stopped while a page is silent', async () => {
    const abort = new AbortController();
    const feed = site.at('/feed', rss([site.at('/silent', () => { abort.abort(); })]));
    await expect(refresh(feed, {}, { signal: abort.signal })).rejects.toMatchObject({ code: 'interrupted' });
  });
});

describe('manners', () => {
  test('one request at a time on a host and a second between them, several hosts beside each other', async () => {
    const pages = [site, other].flatMap((served) => [1, 2, 3].map((n) => served.at(`/${n}`, (_request, response) => { setTimeout(() => response.end(page(`${n}`)), 10); })));
    const refreshed = await refresh(site.at('/feed', rss(pages)));
    expect(urls(refreshed)).toEqual(pages);
    for (const { most, asked, host } of [site, other]) {
      expect(most).toBe(1);
      const pauses = network.politeness.pauses(host);
      expect(pauses).toHaveLength(asked.length - 1);
      expect(Math.min(...pauses)).toBeGreaterThanOrEqual(1_000);
    }
    // Beside each other: the second host did not wait until the first was done.
    const [first, second] = [site, other].map(({ host }) => network.politeness.starts.get(host)!);
    expect(second![0]).toBeLessThan(first!.at(-1)!);
  });

  test('eight hosts at a time, and Node sees no leak in it', async () => {
    const leaks: string[] = [];
    const note = ({ name, message }: Error): void => { if (name === 'MaxListenersExceededWarning') leaks.push(message); };
    process.on('warning', note);
    // Long enough for all hosts to wait at the same time.
    network = testNetwork({ now: () => clock.now(), wait: async (ms, signal) => { await delay(50, undefined, { signal }); clock.skip(ms); } });
    const hosts = await Promise.all(Array.from({ length: 10 }, (_, n) => Served.start(`127.0.0.${n + 10}`)));
    let active = 0;
    let most = 0;
    const pages = hosts.map((served) => served.at('/page', (_request, response) => {
      most = Math.max(most, ++active);
      setTimeout(() => { active--; response.end(page('Page')); }, 100);
    }));
    expect(urls(await refresh(site.at('/feed', rss(pages)), {}, { signal: new AbortController().signal }))).toEqual(pages);
    await Promise.all(hosts.map((served) => served.stop()));
    process.off('warning', note);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(8);
    expect(leaks).toEqual([]);
  });

  test('redirects and further tries wait for their turn as well', async () => {
    let tried = 0;
    const to = (path: string): string => other.at(`/to${path}`, (_request, response) => response.writeHead(302, { location: site.origin + path }).end());
    site.at('/moved', (_request, response) => { setTimeout(() => response.end(page('Moved')), 30); });
    const slow = site.at('/slow', (_request, response) => { setTimeout(() => response.writeHead(++tried < 3 ? 503 : 200).end(page('Slow')), 30); });
    const refreshed = await refresh(site.at('/feed', rss([slow, to('/moved')])));
    expect(refreshed.failed).toEqual([]);
    expect(site.most).toBe(1);
    expect(site.paths.filter((path) => path === '/slow')).toHaveLength(3);
    const pauses = network.politeness.pauses(site.host);
    expect(pauses).toHaveLength(site.asked.length - 1);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(1_000);
  });

  test('robots.txt decides what links may lead to, and is asked for once a day', async () => {
    site.at('/robots.txt', 'User-agent: *\nDisallow: /p1\nCrawl-delay: 5\n\nUser-agent: GoodBot\nDisallow: /');
    const feed = site.at('/feed', rss(versionedPages(2)));
    const refreshed = await refresh(feed);
    expect(paths(refreshed)).toEqual(['/p2']);
    expect(refreshed.failed).toMatchObject([{ error: { code: 'fetch-forbidden', message: `${site.origin}/p1 is not to be fetched, says the site's robots.txt` } }]);
    expect(refreshed.used).toContain(`${site.origin}/robots.txt`);
    expect(site.asked.map(({ path }) => path)).toEqual(['/feed', '/robots.txt', '/p2']);
    const [, pause] = network.politeness.pauses(site.host);
    expect(pause).toBe(5_000);
    const count = (): number => site.asked.filter(({ path }) => path === '/robots.txt').length;
    await refresh(feed);
    expect(count()).toBe(1);
    clock.skip(DAY);
    await refresh(feed);
    expect(count()).toBe(2);
  });

  test('rules for Pilcrow come before those for all, and a redirect does not lead around them', async () => {
    site.at('/robots.txt', 'User-agent: *\nDisallow: /\nUser-agent: a\nUser-agent: Pilcrow/2.0\nDisallow: /p2 # not this');
    other.at('/to', (_request, response) => response.writeHead(302, { location: `${site.origin}/p2` }).end());
    const refreshed = await refresh(site.at('/feed', rss([...versionedPages(2), `${other.origin}/to`])));
    expect(paths(refreshed)).toEqual(['/p1']);
    expect(site.paths).toEqual(['/feed', '/p1']);
  });

  test('where robots.txt is not there all is allowed; where it cannot be had nothing is', async () => {
    const feed = site.at('/feed', rss(versionedPages(1)));
    expect(await refresh(feed)).toMatchObject({ fetched: 1 });
    site.at('/robots.txt', 503);
    rmSync(store, { recursive: true });
    const asked = site.paths.length;
    const refreshed = await refresh(feed);
    expect(refreshed.failed).toMatchObject([{ error: { code: 'fetch-failed', message: `${site.origin}/p1 is not asked for, since ${site.origin}/robots.txt answered 503 Service Unavailable` } }]);
    expect(site.paths.slice(asked)).toEqual(['/feed']);
  });

  test('rules that cannot be had any more hold on', async () => {
    site.at('/robots.txt', 'User-agent: *\nDisallow: /p1');
    const feed = site.at('/feed', rss(versionedPages(2)));
    await refresh(feed);
    site.at('/robots.txt', 503);
    clock.skip(2 * DAY);
    expect(paths(await refresh(feed))).toEqual(['/p2']);
  });

  test('rules that multiply are read in no time', async () => {
    const names = Array.from({ length: 8_000 }, (_, n) => `User-agent: bot${n}\n# a: comment`).join('\n');
    site.at('/robots.txt', (_request, response) => response.end(`${names}\nUser-agent: *\n${'Disallow: /x\n'.repeat(8_000)}Disallow: /p1`));
    expect(await refresh(site.at('/feed', rss(versionedPages(2))))).toMatchObject({ documents: [{ url: `${site.origin}/p2` }], failed: [{ error: { code: 'fetch-forbidden' } }] });
  });

  test('a host that wants to be left alone is', async () => {
    versionedPages(2);
    site.at('/p0', (_request, response) => response.writeHead(429, { 'retry-after': '3600' }).end());
    const refreshed = await refresh(site.at('/feed', rss(['/p0', '/p1', '/p2', versioned(other, '/o1')])));
    expect(urls(refreshed)).toEqual([`${other.origin}/o1`]);
    expect(refreshed.failed.map(({ error }) => error.message)[1]).toBe(`${site.origin}/p1 is not asked for, since 127.0.0.1 asks to be left alone`);
    expect(site.paths).toEqual(['/feed', '/p0']);
  });

  test('a host that does not answer is asked three times', async () => {
    network = testNetwork(clock, { limits: { answerMs: 100 } });
    const silent = [1, 2, 3, 4, 5].map((n) => site.at(`/${n}`, () => undefined));
    const refreshed = await refresh(other.at('/feed', rss(silent)));
    expect(refreshed.failed).toHaveLength(5);
    expect(site.paths).toEqual(['/1', '/2', '/3']);
  });

  test('progress comes to its end', async () => {
    const seen: string[] = [];
    let left = Infinity;
    await refresh(site.at('/feed', rss(versionedPages(3))), {}, { onProgress: ({ stage, done, total, host, leftMs }) => { seen.push(`${stage} ${done}/${total} ${host}`); left = leftMs; } });
    expect(seen).toEqual(['listing 1/1 127.0.0.1', 'pages 1/3 127.0.0.1', 'pages 2/3 127.0.0.1', 'pages 3/3 127.0.0.1']);
    expect(left).toBe(0);
  });
});

describe('private networks', () => {
  test('links in a feed do not lead into them, nor does a request', async () => {
    network = testNetwork(clock, { names: { 'innocent.example': ['127.0.0.2'] } });
    const links = [`${other.origin}/page`, `http://innocent.example:${other.port}/page`, `http://localhost:${other.port}/`, `${site.origin}/page`];
    const refreshed = await refresh(site.at('/feed', rss(links)), { allowPrivate: false });
    expect(refreshed.failed.map(({ url, error }) => [url, error.code])).toEqual(links.map((url) => [url, 'fetch-forbidden']));
    expect(other.connections).toBe(0);
    expect(site.asked.map(({ path }) => path)).toEqual(['/feed']);
  });
});

describe('the store', () => {
  test('what is damaged is as if it had never been there', async () => {
    const damages: ((path: string) => void)[] = [
      (path) => { rmSync(path); },
      (path) => { writeFileSync(path, ''); },
      (path) => { writeFileSync(path, readFileSync(path).subarray(1)); },
      (path) => { writeFileSync(path, readFileSync(path).fill(120, 3, 9)); },
    ];
    const url = versioned(site, '/page');
    for (const kind of ['.json', '.body']) {
      for (const damage of damages) {
        await refresh(url);
        damage(join(store, readdirSync(store).find((name) => name.endsWith(kind))!));
        expect(await refresh(url)).toMatchObject({ documents: [{ url }], fetched: 1, failed: [] });
        expect(site.asked.at(-1)?.headers['if-none-match']).toBeUndefined();
      }
    }
  });

  test('loses what no source uses, and what was left half written', async () => {
    const kept = await refresh(site.at('/feed', rss(versionedPages(2))));
    const before = readdirSync(store).sort();
    await refresh(versioned(site, '/elsewhere'));
    writeFileSync(join(store, 'something.tmp'), 'half');
    expect(readdirSync(store).length).toBe(before.length + 3);
    await new FetchStore(store).prune(new Set(kept.used));
    expect(readdirSync(store).sort()).toEqual(before);
  });

  test('nothing of an address becomes part of a path', async () => {
    await refresh(versioned(site, '/a/..%2f..%2fetc%2fpasswd?../../x'));
    expect(readdirSync(root)).toEqual(['fetched']);
    for (const name of readdirSync(store)) expect(name).toMatch(/^[0-9a-f]{64}(?:\.json|-[0-9a-f]{16}\.body)$/);
  });

  test('that cannot be written to is told as such', async () => {
    writeFileSync(store, 'a file');
    const error = await refresh(versioned(site, '/page')).then(() => null, (thrown: unknown) => thrown as PilcrowError);
    expect(error).toMatchObject({ code: 'index-unwritable' });
  });
});
