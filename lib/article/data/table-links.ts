import { csvRows } from '../formats/csv';
import type { ReadInput } from '../types';
import type { FeedLink } from './feed-links';
import { Fields } from './fields';
import { RecordReader } from './record-entry';

/**
 * The addresses in a table of pages that has no text, as read-later services export it, each once and in its order.
 * What is damaged is left out, as it is of a feed.
 *
 * @returns null for a table with text or without addresses: it is not about pages elsewhere
 * @throws PilcrowError where its encoding is none
 */
export async function tableLinks(input: ReadInput): Promise<FeedLink[] | null> {
  const links = new Map<string, FeedLink>();
  const reader = new RecordReader({}, null, input.url);
  for await (const row of csvRows(input, { warn: () => undefined, alive: () => undefined })) {
    if (!('record' in row)) continue;
    if (new Fields(row.record).named('text') !== null) return null;
    const { url, published } = reader.entry(row.record, undefined);
    if (url !== null && !links.has(url)) links.set(url, { url, published });
  }
  return links.size === 0 ? null : [...links.values()];
}
