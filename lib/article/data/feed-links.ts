import { Parser } from 'htmlparser2';
import type { ReadInput } from '../types';

/** Stand-in until the reader of feeds has its own: RSS and Atom alone. */
export function feedLinks({ bytes }: ReadInput): { url: string; published: string | null }[] {
  const links: { url: string; published: string | null }[] = [];
  let entry: { url: string; published: string | null } | null = null;
  let text = '';
  new Parser({
    onopentag: (name, { href, rel }) => {
      text = '';
      if (name === 'item' || name === 'entry') entry = { url: '', published: null };
      if (entry !== null && name === 'link' && href !== undefined && (rel === undefined || rel === 'alternate')) entry.url = href;
    },
    ontext: (data) => void (text += data),
    onclosetag: (name) => {
      if (entry === null) return;
      if (name === 'link' && text.trim() !== '') entry.url = text.trim();
      if (name === 'pubDate' || name === 'published') entry.published = text.trim();
      if (name !== 'item' && name !== 'entry') return;
      if (entry.url !== '') links.push(entry);
      entry = null;
    },
  }, { xmlMode: true }).end(Buffer.from(bytes).toString('utf8'));
  return links;
}
