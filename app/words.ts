import type { ArticleRef, Mode, SearchResult } from '../lib/search';
import { outwardHref } from './links';

/** How the app says things to people. */

export const MODE_WORDS: Record<Mode, string> = {
  hybrid: 'meaning and words',
  dense: 'meaning',
  lexical: 'words',
};

export function matchedWords(matched: SearchResult['matched']): string {
  return MODE_WORDS[matched.length > 1 ? 'hybrid' : (matched[0] ?? 'hybrid')];
}

/** `2024`, `2024-03`, `2024-03-31` or a date-time, as precisely as it says; the date is the publisher's. */
export function dateWords(published: string): string {
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(published);
  const [, year, month, day] = match ?? [];
  const date = new Date(`${year}-${month ?? '01'}-${day ?? '01'}T00:00:00Z`);
  if (year === undefined || Number.isNaN(date.getTime())) return published;
  const parts: Intl.DateTimeFormatOptions = { year: 'numeric', timeZone: 'UTC' };
  if (month) parts.month = 'long';
  if (day) parts.day = 'numeric';
  return new Intl.DateTimeFormat('en-GB', parts).format(date);
}

/** Where an article is from: the site, or else the file. */
export function sourceWords({ url, source }: Pick<ArticleRef, 'url' | 'source'>): string {
  const href = outwardHref(url);
  return href === null ? source : new URL(href).hostname.replace(/^www\./, '');
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}
