import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Served } from '../article/served';
import { lines, pilcrow, Workspace } from './cli';

const workspace = new Workspace();
let served: Served;
beforeAll(async () => { served = await Served.start(); });
afterAll(async () => {
  await served.stop();
  workspace.remove();
});

const PARAGRAPH = 'was built in the winter of a year that nobody wrote down, of oak that had been felled for a church, and it carried carts, sheep and letters over the river until there was nothing left for it to carry.';
const page = (title: string): string => `<!doctype html><html lang="en"><head><title>${title}</title></head><body><main><article><h1>${title}</h1><p>${title} ${PARAGRAPH}</p><p>It took the people of ${title} a summer and a half to pay for what they had ordered.</p></article></main></body></html>`;
const feed = (...names: string[]): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>Rivers</title><link>${served.origin}/</link>${names.map((name) => `<item><title>${name}</title><link>${served.origin}/${name}</link><guid>${name}</guid><description>A word on ${name}.</description></item>`).join('')}</channel></rss>`;

interface Report {
  articles: { total: number; added: { source: string }[]; changed: { source: string }[]; removed: { source: string }[]; unchanged: number };
  published: boolean;
  failed: { path: string; error: { code: string } }[];
}
async function index(dir: string, ...args: string[]): Promise<{ code: number | null; report: Report; stderr: string }> {
  const { code, stdout, stderr } = await pilcrow(['index', ...args, '--index-dir', workspace.at(dir), '--workers', '1', '--json']);
  return { code, report: JSON.parse(stdout) as Report, stderr };
}

describe('pilcrow index ADDRESS', () => {
  test('takes in a page and asks for it again only by what it said of itself', async () => {
    let asked = 0;
    const url = served.at('/page', (request, response) => {
      if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end();
      else response.writeHead(200, { 'content-type': 'text/html', 'etag': '"1"' }).end(page('Page'));
      asked++;
    });
    const first = await index('page', url);
    expect(first).toMatchObject({ code: 0, report: { published: true, articles: { total: 1, added: [{ source: `${served.host}:${served.port}/page` }] } } });
    expect(await index('page')).toMatchObject({ code: 0, report: { published: false, articles: { total: 1, unchanged: 1 } } });
    expect(asked).toBe(2);
    const found = JSON.parse((await pilcrow(['ask', 'what was the oak felled for?', '--index-dir', workspace.at('page'), '--json'])).stdout) as { results: { article: { url: string; title: string } }[] };
    expect(found.results[0]?.article).toMatchObject({ title: 'Page', url });
  });

  test('an address that does not answer any more keeps what was indexed, and the run says so', async () => {
    const url = served.at('/going', page('Going'));
    await index('going', url);
    served.at('/going', 500);
    const second = await index('going');
    expect(second).toMatchObject({ code: 1, report: { articles: { total: 1, removed: [] }, failed: [{ path: url, error: { code: 'fetch-failed' } }] } });
    served.at('/going', page('Back'));
    expect(await index('going')).toMatchObject({ code: 0, report: { articles: { changed: [{}] } } });
  }, 120_000);

  test('an address that never answered is not remembered, while the others are indexed', async () => {
    const url = served.at('/there', page('There'));
    const typo = served.at('/theer', 404);
    const first = await index('typo', url, typo);
    expect(first).toMatchObject({ code: 1, report: { published: true, articles: { total: 1 }, failed: [{ path: typo, error: { code: 'fetch-failed', message: expect.stringContaining('it is not remembered') as string } }] } });
    expect(await index('typo')).toMatchObject({ code: 0, report: { published: false, failed: [] } });
    expect(await index('typo', typo)).toMatchObject({ code: 1, report: { published: false, failed: [{ path: typo }] } });
    expect(await index('typo')).toMatchObject({ code: 0 });
  }, 120_000);

  test('--follow reads the pages of a feed, and what it lists later, and never what leads into a private network', async () => {
    for (const name of ['One', 'Two', 'Three']) served.at(`/${name}`, page(name));
    const url = served.at('/feed.xml', feed('One', 'Two'));
    const refused = await index('forbidden', url, '--follow').catch((error: unknown) => error);
    expect(served.paths).not.toContain('/One');
    expect(refused).toBeInstanceOf(Error);

    const first = await index('feed', url, '--follow', '--allow-private');
    expect(first).toMatchObject({ code: 0, report: { articles: { total: 2 } } });
    served.at('/feed.xml', feed('Three', 'Two'));
    const second = await index('feed');
    expect(second).toMatchObject({ code: 0, report: { articles: { total: 3, added: [{ source: expect.stringContaining('/Three') as string }], removed: [] } } });
  }, 120_000);

  test('a feed that is not followed is its entries', async () => {
    const url = served.at('/entries.xml', feed('One', 'Two'));
    expect(await index('entries', url)).toMatchObject({ code: 0, report: { articles: { total: 2 } } });
  });
});

describe('pilcrow read ADDRESS', () => {
  test('prints a page, with --json its address', async () => {
    const url = served.at('/read', page('Read'));
    const { code, stdout } = await pilcrow(['read', url, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ title: 'Read', url, format: 'html', language: 'en', paragraphs: [{ text: `Read ${PARAGRAPH}` }, {}] }]);
  });

  test('a sitemap in a file leads to its pages, as many as --limit says and as --match chooses', async () => {
    for (const name of ['a/1', 'a/2', 'b/1']) served.at(`/${name}`, page(`Page ${name}`));
    const file = workspace.write('sitemap.xml', `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${['a/1', 'a/2', 'b/1'].map((name) => `<url><loc>${served.origin}/${name}</loc></url>`).join('')}</urlset>`);
    const titles = async (...args: string[]) => (JSON.parse((await pilcrow(['read', file, '--allow-private', '--json', ...args])).stdout) as { title: string }[]).map(({ title }) => title);
    expect(await titles('--match', '/b/**')).toEqual(['Page b/1']);
    expect(await titles('--limit', '2')).toEqual(['Page a/1', 'Page a/2']);
    const none = await pilcrow(['index', file, '--match', '/c/**', '--index-dir', workspace.at('no-match')]);
    expect(none).toMatchObject({ code: 1, stdout: '' });
    expect(lines(none.stderr)).toEqual([expect.stringMatching(/^pilcrow: there is no article in .*sitemap\.xml: see whether \/c\/\*\* matches what you mean/)]);
  }, 120_000);

  test('what does not answer is one line that says why', async () => {
    const url = served.at('/missing', 404);
    const { code, stdout, stderr } = await pilcrow(['read', url, '--json']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '[]\n' });
    expect(lines(stderr).join('\n')).toMatch(/\/missing .*404/);
  });
});
