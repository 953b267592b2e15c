import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sitemapLinks, type SitemapLinks } from '../../lib/article/data/sitemap-links';
import { sitemapReader } from '../../lib/article/formats/sitemap';
import { PilcrowError } from '../../lib/errors';
import { readData, refusal } from './read-data';

const links = (text: string, url?: string): SitemapLinks => sitemapLinks({ name: 'sitemap.xml', bytes: Buffer.from(text), url });
const refused = (text: string): Promise<string> => refusal(Promise.resolve().then(() => links(text)));

describe('sitemapLinks', () => {
  test('has the pages in order, without those of extensions', () => {
    expect(links(`<?xml version="1.0" encoding="UTF-8"?>
      <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
        <url><loc>https://a.example/1?x=1&amp;y=2</loc><lastmod>2021-02-03</lastmod><changefreq>daily</changefreq>
          <image:image><image:loc>https://a.example/1.png</image:loc></image:image>
          <news:news><news:publication_date>2020-01-01</news:publication_date><news:title>N</news:title></news:news>
          <xhtml:link rel="alternate" hreflang="de" href="https://a.example/de/1"/></url>
        <url><lastmod>yesterday</lastmod><loc><![CDATA[ https://a.example/2 ]]></loc></url>
        <url><loc>mailto:x@a.example</loc></url><url></url>
      </urlset>`)).toEqual({ pages: [{ url: 'https://a.example/1?x=1&y=2', lastmod: '2021-02-03' }, { url: 'https://a.example/2', lastmod: null }], sitemaps: [] });
  });

  test('has the sitemaps of an index', () => {
    expect(links('<s:sitemapindex xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9"><s:sitemap><s:loc>/b.xml.gz</s:loc></s:sitemap><s:sitemap><s:loc>https://a.example/a.xml</s:loc></s:sitemap></s:sitemapindex>', 'https://a.example/x/'))
      .toEqual({ pages: [], sitemaps: ['https://a.example/b.xml.gz', 'https://a.example/a.xml'] });
  });

  test('reads what is there of one that is cut off', () => {
    expect(links('<urlset><url><loc>https://a.example/1</loc></url><url><loc>https://a.example/2</loc>').pages).toHaveLength(2);
    expect(links('<urlset/>')).toEqual({ pages: [], sitemaps: [] });
  });

  test('refuses what is no sitemap, or none any more', async () => {
    expect(await refused('<rss><channel><url>https://a.example/</url></channel></rss>')).toBe('not-articles: sitemap.xml is no sitemap: its XML begins with <rss>: sitemaps begin with <urlset> or <sitemapindex>');
    expect(await refused('https://a.example/1')).toBe('not-articles: sitemap.xml is no sitemap: there is no XML in it: sitemaps begin with <urlset> or <sitemapindex>');
    expect(await refused('<urlset><url><lo')).toBe('file-damaged: sitemap.xml ends before its first address: get the whole file');
  });

  test('takes as many addresses as the protocol allows', async () => {
    const urls = (count: number): string => `<urlset>${'<url><loc>https://a.example/</loc></url>'.repeat(count)}</urlset>`;
    expect(links(urls(50_000)).pages).toHaveLength(50_000);
    expect(await refused(urls(50_001))).toBe('limit-exceeded: sitemap.xml has more than 50000 addresses: split it, as sitemaps.org asks for');
  });

  test('any bytes are links or an error of kind input', () => {
    const part = fc.constantFrom('<urlset>', '</urlset>', '<sitemapindex>', '<url>', '</url>', '<sitemap>', '<loc>', '</loc>', '<lastmod>', 'https://a.example/', '&amp;', '<![CDATA[', ']]>', 'x', '\0', 'é');
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.array(part, { maxLength: 40 }).map((parts) => Buffer.from(parts.join('')))), (bytes) => {
        try {
          for (const { url } of sitemapLinks({ name: 'x.xml', bytes }).pages) expect(url).toMatch(/^https?:/);
        } catch (error) {
          expect(error).toBeInstanceOf(PilcrowError);
          expect(error).toHaveProperty('kind', 'input');
        }
      }),
      { numRuns: 500 },
    );
  });
});

test('a sitemap read as a file holds no articles', async () => {
  const told = (text: string): Promise<string> => refusal(readData(sitemapReader, { name: 'sitemap.xml', text }));
  const hint = 'name its own address as a source: then the pages it names are read';
  expect(await told('<urlset><url><loc>https://a.example/1</loc></url></urlset>')).toBe(`not-articles: sitemap.xml is a sitemap with 1 address, and holds no articles itself: ${hint}`);
  expect(await told('<sitemapindex><sitemap><loc>https://a.example/1</loc></sitemap><sitemap><loc>https://a.example/2</loc></sitemap></sitemapindex>')).toBe(`not-articles: sitemap.xml is an index of 2 sitemaps, and holds no articles itself: ${hint}`);
});
