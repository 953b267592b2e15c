import { Parser } from 'htmlparser2';
import type { ReadInput } from '../types';

/** Stand-in until the reader of sitemaps has its own. */
export function sitemapLinks({ bytes }: ReadInput): { pages: { url: string; lastmod: string | null }[]; sitemaps: string[] } {
  const pages: { url: string; lastmod: string | null }[] = [];
  const sitemaps: string[] = [];
  let loc = '';
  let lastmod: string | null = null;
  let text = '';
  new Parser({
    onopentag: () => { text = ''; },
    ontext: (data) => void (text += data),
    onclosetag: (name) => {
      if (name === 'loc') loc = text.trim();
      if (name === 'lastmod') lastmod = text.trim();
      if (name === 'sitemap') sitemaps.push(loc);
      if (name === 'url') pages.push({ url: loc, lastmod });
      if (name === 'url' || name === 'sitemap') lastmod = null;
    },
  }, { xmlMode: true }).end(Buffer.from(bytes).toString('utf8'));
  return { pages, sitemaps };
}
