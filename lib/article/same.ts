import { createHash } from 'node:crypto';
import type { Article } from './types';

/** Texts shorter than this are alike by chance: "Read more on our site." */
const MIN_CHARACTERS = 200;
/** Of the shorter one's paragraphs, the share that two versions of an article have in common at least. */
const SHARED = 0.5;
/** An address that more articles than these name is that of a site or a series, and none of theirs. Comparing each with all would take hours. */
export const MOST_AT_ONE_ADDRESS = 32;
/** Parameters that say where a reader came from. */
const TRACKING = /^(?:utm_\w+|fbclid|gclid|mc_[ce]id|ref|source|igshid|cmpid)$/i;

/** By what an article is known again where it comes a second time. */
export interface ArticleKeys {
  /** Its canonical address, without what does not tell articles apart; null where it has none of its own. */
  url: string | null;
  /** SHA-256 of its text, hex; null for a text that is too short to be the same by intent. */
  text: string | null;
  /** A hash of each of its paragraphs; empty where it has no address to be known by. */
  paragraphs: Uint32Array;
}

export function keysOf({ url, paragraphs }: Pick<Article, 'url' | 'paragraphs'>): ArticleKeys {
  const address = url === null ? null : urlKey(url);
  const digest = createHash('sha256');
  // Paragraphs are compared between articles of one address only: of the others millions may be in memory.
  const hashes = new Uint32Array(address === null ? 0 : paragraphs.length);
  let length = 0;
  for (const [i, { text }] of paragraphs.entries()) {
    const line = text.replace(/\s+/g, ' ').toLowerCase();
    const separated = i === 0 ? line : `\n${line}`;
    digest.update(separated);
    if (address !== null) hashes[i] = hash(line);
    length += separated.length;
  }
  return { url: address, text: length < MIN_CHARACTERS ? null : digest.digest('hex'), paragraphs: hashes };
}

/**
 * Whether two articles with a key in common are one. Those of the same text are; the same address is not enough, since
 * pages name their site's front page as canonical by mistake, and all parts of a series its first.
 */
export function isSame(a: ArticleKeys, b: ArticleKeys): boolean {
  if (a.text !== null && a.text === b.text) return true;
  if (a.url === null || a.url !== b.url) return false;
  const [short, long] = a.paragraphs.length < b.paragraphs.length ? [a.paragraphs, b.paragraphs] : [b.paragraphs, a.paragraphs];
  const known = new Set(long);
  return short.filter((paragraph) => known.has(paragraph)).length >= SHARED * short.length;
}

/** Articles that have been seen, to know those again that come a second time: the first is the one that counts. */
export class SeenArticles<T> {
  private readonly byText = new Map<string, T>();
  private readonly byUrl = new Map<string, { name: T; keys: ArticleKeys }[]>();

  /** The article that this one is again; null for a new one. */
  find(keys: ArticleKeys): T | null {
    const { url, text } = keys;
    const same = text === null ? undefined : this.byText.get(text);
    if (same !== undefined) return same;
    const neighbours = (url === null ? undefined : this.byUrl.get(url)) ?? [];
    if (neighbours.length > MOST_AT_ONE_ADDRESS) return null;
    return neighbours.find((seen) => isSame(seen.keys, keys))?.name ?? null;
  }

  add(name: T, keys: ArticleKeys): void {
    const { url, text } = keys;
    if (text !== null && !this.byText.has(text)) this.byText.set(text, name);
    if (url === null) return;
    const neighbours = this.byUrl.get(url);
    if (neighbours === undefined) this.byUrl.set(url, [{ name, keys }]);
    else if (neighbours.length <= MOST_AT_ONE_ADDRESS) neighbours.push({ name, keys });
  }
}

function urlKey(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
  const path = url.pathname.replace(/\/(?:index\.\w+)?$/, '');
  // A site's front page is nobody's own address.
  if (path === '' && url.search === '') return null;
  return `${url.host.replace(/^www\./, '')}${path}${url.search}`;
}

/** FNV-1a, 32 bits, over UTF-16 code units: paragraphs are compared within two articles only. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}
