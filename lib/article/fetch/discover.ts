import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { PilcrowError } from '../../errors';
import { feedLinks } from '../data/feed-links';
import { sitemapLinks } from '../data/sitemap-links';
import { tableLinks } from '../data/table-links';
import { detectFormat } from '../reading/detect';
import { MAX_FILE_BYTES } from '../sources/walk';
import type { ReadInput } from '../types';

/** A page that a feed, a table or a sitemap lists. */
export interface Link {
  /** As it stands there, made absolute where the document's own address is known. */
  url: string;
  /** When it was published or last changed, or null. */
  date: string | null;
}

/** What a document is to somebody who looks for pages, and the pages. */
export type Discovered =
  | { kind: 'page' }
  /** Or a table of addresses, which is followed where a feed is. */
  | { kind: 'feed'; pages: Link[] }
  | { kind: 'sitemap'; pages: Link[]; sitemaps: string[] };

/**
 * The pages that a feed, a table of addresses or a sitemap (packed or not) lists, whether it was fetched or lay on a disk.
 * Anything else is a page itself.
 *
 * @throws PilcrowError of kind `input` where it is one but cannot be read
 */
export async function discover(input: ReadInput): Promise<Discovered> {
  const format = detectFormat(input.name, input.bytes);
  if (format === 'gzip') return discoverPacked(input);
  const links = format === 'feed' ? feedLinks(input) : format === 'csv' ? await tableLinks(input) : null;
  if (links !== null) return { kind: 'feed', pages: links.map(({ url, published }) => ({ url: absolute(url, input), date: published })) };
  if (format !== 'sitemap') return { kind: 'page' };
  const { pages, sitemaps } = sitemapLinks(input);
  return {
    kind: 'sitemap',
    pages: pages.map(({ url, lastmod }) => ({ url: absolute(url, input), date: lastmod })),
    sitemaps: sitemaps.map((url) => absolute(url, input)),
  };
}

/** `sitemap.xml.gz`; other packed documents are pages as they are. */
async function discoverPacked(input: ReadInput): Promise<Discovered> {
  let bytes: Buffer;
  try {
    bytes = await promisify(gunzip)(input.bytes, { maxOutputLength: MAX_FILE_BYTES });
  } catch (cause) {
    throw new PilcrowError('file-damaged', `${input.name} cannot be unpacked`, 'it may be larger than what is read, or broken', { cause });
  }
  const name = input.name.replace(/\.gz$/i, '');
  const format = detectFormat(name, bytes);
  return format === 'feed' || format === 'sitemap' ? discover({ ...input, name, bytes }) : { kind: 'page' };
}

function absolute(url: string, { url: base }: ReadInput): string {
  return base !== undefined && URL.canParse(url, base) ? new URL(url, base).href : url;
}
