import { createHash } from 'node:crypto';
import type { Article } from './types';

/** Texts shorter than this are alike by chance: "Read more on our site." */
const MIN_CHARACTERS = 200;
/** Of the shorter one's paragraphs, the share that two versions of an article have in common at least. */
const SHARED = 0.5;
/** Parameters that say where a reader came from. */
const TRACKING = /^(?:utm_\w+|fbclid|gclid|mc_[ce]id|ref|source|igshid|cmpid)$/i;

const NONE = new Uint32Array();

/** By what an article is known again where it comes a second time. */
export interface ArticleKeys {
  /** Its canonical address, without what does not tell articles apart; null where it has none of its own. */
  url: string | null;
  /** SHA-256 of its text, hex; null for a text that is too short to be the same by intent. */
  text: string | null;
  /** A hash of each of its paragraphs. */
  paragraphs: Uint32Array;
}

export function keysOf({ url, paragraphs }: Pick<Article, 'url' | 'paragraphs'>): ArticleKeys {
  const digest = createHash('sha256');
  const hashes = new Uint32Array(paragraphs.length);
  let length = 0;
  for (const [i, { text }] of paragraphs.entries()) {
    const line = text.replace(/\s+/g, ' ').toLowerCase();
    const separated = i === 0 ? line : `\n${line}`;
    digest.update(separated);
    hashes[i] = hash(line);
    length += separated.length;
  }
  return { url: url === null ? null : urlKey(url), text: length < MIN_CHARACTERS ? null : digest.digest('hex'), paragraphs: hashes };
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
  private readonly byKey = new Map<string, { name: T; keys: ArticleKeys }[]>();

  /** The article that this one is again; null for a new one. */
  find(keys: ArticleKeys): T | null {
    for (const key of lookUp(keys)) {
      const found = this.byKey.get(key)?.find((seen) => isSame(seen.keys, keys));
      if (found !== undefined) return found.name;
    }
    return null;
  }

  add(name: T, keys: ArticleKeys): void {
    // Paragraphs are compared between articles of one address only. Of what the others say, millions may be in memory.
    const kept = keys.url === null ? { ...keys, paragraphs: NONE } : keys;
    for (const key of lookUp(keys)) {
      const same = this.byKey.get(key);
      if (same === undefined) this.byKey.set(key, [{ name, keys: kept }]);
      else same.push({ name, keys: kept });
    }
  }
}

function lookUp({ url, text }: ArticleKeys): string[] {
  return [...(url === null ? [] : [`url ${url}`]), ...(text === null ? [] : [`text ${text}`])];
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
