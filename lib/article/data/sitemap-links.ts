import { PilcrowError } from '../../errors';
import { isoDate } from '../date';
import { decodeText } from '../text/decode';
import type { ReadInput } from '../types';
import { webAddress } from './values';
import { XmlReader } from './xml';
import { childOf, textOf } from './xml-tree';

/** As the protocol limits them (sitemaps.org). */
const MAX_ADDRESSES = 50_000;

/** What a sitemap names. */
export interface SitemapLinks {
  /** `lastmod` as ISO 8601, or null. */
  pages: { url: string; lastmod: string | null }[];
  /** Of an index, in order. */
  sitemaps: string[];
}

/**
 * The addresses in a sitemap or an index of sitemaps, in order; what is no http(s) address is left out.
 *
 * @throws PilcrowError `not-articles` for what is no sitemap, `file-damaged` where it ends before its first address,
 *   `limit-exceeded` for more than 50,000, and as `decodeText`
 */
export function sitemapLinks(input: ReadInput): SitemapLinks {
  const links: SitemapLinks = { pages: [], sitemaps: [] };
  const reader = new XmlReader(decodeText(input), input.name, (name) => name === 'url' || name === 'sitemap');
  for (const element of reader.entries()) {
    const url = webAddress(textOf(childOf(element, 'loc')), input.url);
    if (url === null) continue;
    if (element.name === 'sitemap') links.sitemaps.push(url);
    else links.pages.push({ url, lastmod: isoDate(textOf(childOf(element, 'lastmod'))) });
    if (links.pages.length + links.sitemaps.length > MAX_ADDRESSES) throw tooMany(input.name);
  }
  const root = reader.root?.name ?? null;
  if (root !== 'urlset' && root !== 'sitemapindex') throw noSitemap(input.name, root);
  if (reader.truncated && links.pages.length + links.sitemaps.length === 0) {
    throw new PilcrowError('file-damaged', `${input.name} ends before its first address`, 'get the whole file');
  }
  return links;
}

function tooMany(name: string): PilcrowError {
  return new PilcrowError('limit-exceeded', `${name} has more than ${MAX_ADDRESSES} addresses`, 'split it, as sitemaps.org asks for');
}

function noSitemap(name: string, root: string | null): PilcrowError {
  const what = root === null ? 'there is no XML in it' : `its XML begins with <${root.slice(0, 40)}>`;
  return new PilcrowError('not-articles', `${name} is no sitemap: ${what}`, 'sitemaps begin with <urlset> or <sitemapindex>');
}
