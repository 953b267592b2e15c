import type { ReadInput } from '../types';
import { feedEntries } from './feed';

/** The pages that a feed's entries link to. */
export interface FeedLink {
  url: string;
  /** ISO 8601, where the entry says it. */
  published: string | null;
}

/**
 * The links of a feed's entries in order, each once. Entries without one are left out; what is damaged, too: who reads
 * the feed itself is told.
 *
 * @throws PilcrowError as `feedEntries`
 */
export function feedLinks(input: ReadInput): FeedLink[] {
  const links = new Map<string, FeedLink>();
  const untold = { warn: () => undefined, fail: () => undefined, skip: () => undefined };
  for (const { url, published } of feedEntries(input, untold)) if (url !== null && !links.has(url)) links.set(url, { url, published });
  return [...links.values()];
}
