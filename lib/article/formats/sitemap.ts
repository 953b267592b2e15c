import { PilcrowError } from '../../errors';
import { sitemapLinks } from '../data/sitemap-links';
import type { ArticleDraft, Reader, ReadInput } from '../types';

/** A sitemap holds addresses of articles, and no articles. */
export const sitemapReader = {
  read: (input: ReadInput): ArticleDraft[] => {
    const { pages, sitemaps } = sitemapLinks(input);
    const what = sitemaps.length > 0 ? `an index of ${counted(sitemaps.length, 'sitemap', 'sitemaps')}` : `a sitemap with ${counted(pages.length, 'address', 'addresses')}`;
    throw new PilcrowError('not-articles', `${input.name} is ${what}, and holds no articles itself`, 'name its own address as a source: then the pages it names are read');
  },
} satisfies Reader;

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
