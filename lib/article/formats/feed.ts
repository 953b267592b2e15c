import { feedEntries } from '../data/feed';
import { Tally } from '../data/tally';
import type { ReadContext, Reader, ReadInput } from '../types';

/**
 * Feeds: RSS 0.9 to 2.0, Atom 0.3 and 1.0, JSON Feed 1 and 1.1. Every entry that has text of its own is an article, the
 * fullest of its texts what it says.
 *
 * Read with htmlparser2 and rules of our own. feedsmith reads all sound feeds that we have, too, but refuses the whole of
 * one for a tag that is not closed, a DOCTYPE, or an end that is missing, and drops `xml:base` and `feedburner:origLink`.
 */
export const feedReader = {
  *read(input: ReadInput, context: ReadContext) {
    const tally = new Tally(input.name, ['entry', 'entries'], context);
    for (const entry of feedEntries(input, context)) {
      const draft = tally.draft(entry);
      if (draft !== null) yield draft;
    }
    tally.end('--follow reads the pages they link to');
  },
} satisfies Reader;
