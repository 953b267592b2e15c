import { PilcrowError } from '../../errors';
import { decodeText } from '../text/decode';
import type { ReadContext, ReadInput } from '../types';
import type { Entry } from './entry';
import { feedEntry, isFeedEntry } from './feed-entry';
import { jsonFeedEntries } from './json-feed';
import { isNoPost, wordpressKind } from './wordpress';
import { XmlReader } from './xml';

/** Outermost elements of feeds, and of parts of them. */
const ROOTS = new Set(['rss', 'feed', 'rdf:rdf', 'channel', 'item', 'entry']);

/**
 * The entries of a feed: RSS 0.9 to 2.0, Atom 0.3 and 1.0, JSON Feed. Of XML that is damaged what can be read, with a warning.
 *
 * @throws PilcrowError `not-articles` for what is no feed, `file-damaged` where nothing can be read of it, and as `decodeText`
 */
export function* feedEntries(input: ReadInput, context: Pick<ReadContext, 'warn' | 'fail' | 'skip'>): Generator<Entry, void, undefined> {
  const text = decodeText(input, context);
  if (/^\s*\{/.test(text)) return yield* jsonFeedEntries(input, context);
  const reader = new XmlReader(text, input.name, isFeedEntry);
  let found = 0;
  for (const element of reader.entries()) {
    if (reader.root === null || !ROOTS.has(reader.root.name)) break;
    found++;
    if (isNoPost(wordpressKind(element))) context.skip(`entry ${found}`, 'it is a picture, menu or style in an export of WordPress');
    else yield feedEntry(element, input.url);
  }
  const { root, unclosed } = reader;
  if (root === null || !ROOTS.has(root.name)) throw noFeed(input.name, root?.name ?? null);
  if (unclosed === null) return;
  const where = reader.truncated ? `ends before its <${unclosed.name}> of line ${unclosed.line} does` : `never closes its <${unclosed.name}> of line ${unclosed.line}`;
  if (found === 0) throw new PilcrowError('file-damaged', `${input.name} ${where}, and has no entry before that`, 'get the whole file');
  context.warn(`${input.name} ${where}: an entry may not be whole`);
}

function noFeed(name: string, root: string | null): PilcrowError {
  if (root === null) return new PilcrowError('not-articles', `${name} is no feed: there is no XML in it`, 'give it the ending of what it is');
  if (root === 'html') return new PilcrowError('not-articles', `${name} is no feed but an HTML page`, 'give it the ending .html');
  return new PilcrowError('not-articles', `${name} is no feed: its XML begins with <${root.slice(0, 40)}>`, 'feeds begin with <rss>, <feed> or <rdf:RDF>');
}
