import { PilcrowError } from '../../errors';
import { isoDate } from '../date';
import { languageTag } from '../language-tag';
import type { ReadContext, ReadInput } from '../types';
import { contentLine, type Content } from './content';
import type { Entry } from './entry';
import { isRecord, parseJson, type JsonRecord } from './json-text';
import { joinNames, webAddress, words } from './values';

/**
 * The items of a JSON Feed, version 1 or 1.1 (jsonfeed.org). Fields of the wrong type count as missing.
 *
 * @throws PilcrowError `not-articles` for JSON that is no feed, and as `parseJson`
 */
export function* jsonFeedEntries(input: ReadInput, context: Pick<ReadContext, 'fail'>): Generator<Entry, void, undefined> {
  const feed = parseJson(input);
  if (!isRecord(feed) || !Array.isArray(feed['items'])) throw new PilcrowError('not-articles', `${input.name} is JSON but no JSON Feed`, 'give it the ending .json');
  const site = webAddress(text(feed, 'home_page_url') ?? '', input.url) ?? webAddress(text(feed, 'feed_url') ?? '', input.url) ?? input.url;
  for (const [i, item] of (feed['items'] as unknown[]).entries()) {
    if (isRecord(item)) yield jsonEntry(item, feed, site);
    else context.fail(`entry ${i + 1}`, new PilcrowError('file-damaged', `${input.name} has an entry that is no object (entry ${i + 1})`));
  }
}

function jsonEntry(item: JsonRecord, feed: JsonRecord, site: string | undefined): Entry {
  const dates = ['date_published', 'date_modified'].map((field) => text(item, field) ?? '');
  const [published = null, updated = null] = dates.map(isoDate);
  const links = ['url', 'external_url', 'id'].map((field) => text(item, field) ?? '');
  // an id is mostly the address, but never relative
  const url = links.map((link, i) => webAddress(link, i < 2 ? site : null)).find((link) => link !== null) ?? null;
  const title = text(item, 'title');
  const language = text(item, 'language') ?? text(feed, 'language');
  return {
    title: title === null ? null : contentLine({ text: title, kind: 'unknown' }),
    author: authorOf(item) ?? authorOf(feed),
    published,
    updated,
    language: language === null ? null : languageTag(language),
    url,
    tags: words(Array.isArray(item['tags']) ? item['tags'].filter((tag) => typeof tag === 'string') : []),
    key: text(item, 'id') ?? url,
    contents: contentsOf(item),
    oddDate: published === null && updated === null ? (dates.find((date) => date.trim() !== '') ?? null) : null,
  };
}

function contentsOf(item: JsonRecord): Content[] {
  const kinds = { content_html: 'html', content_text: 'text', summary: 'unknown' } as const;
  return Object.entries(kinds).flatMap(([field, kind]) => {
    const written = text(item, field);
    return written === null ? [] : [{ text: written, kind }];
  });
}

/** Version 1 has `author`, version 1.1 `authors`. */
function authorOf(from: JsonRecord): string | null {
  const authors: unknown[] = Array.isArray(from['authors']) ? from['authors'] : [from['author']];
  return joinNames(authors.filter(isRecord).map((author) => text(author, 'name') ?? text(author, 'url') ?? ''));
}

/** A text, or a number as one; null for anything else, and for nothing. */
function text(from: JsonRecord, field: string): string | null {
  const value = from[field];
  const written = typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '';
  return written.trim() === '' ? null : written;
}
