import { isoDate } from '../date';
import { languageTag } from '../language-tag';
import { cleanLine, isBlank } from '../text/clean';
import type { Metadata } from '../types';
import { authorLine } from './authors';
import { LinkedData } from './json-ld';

/** More than anyone sorts by, and longer than a word or three: a list of search terms. */
const MAX_TAGS = 50;
const MAX_TAG = 60;
/** Browsers and extensions say at the beginning of what they save where it came from. */
const SAVED_FROM = /<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?:\/\/\S+)/i;
const MAX_BEGINNING = 5_000;

/** Where authors stand in pages, surest first. */
const BYLINES = ['[itemprop~=author] [itemprop~=name]', '[itemprop~=author]', 'a[rel~=author]', '[class*=byline i] a, [class*=author-name i], [class*=author__name i]', '[class*=byline i]'];
const MAX_BYLINE = 100;

/** What a page says of its article in its head and in data for machines. */
export interface PageData extends Omit<Metadata, 'title'> {
  /** For want of better ones, best first. */
  titles: string[];
  /** What the article is about, in a sentence or two. */
  summaries: string[];
  /** Its text, as data for machines has it. */
  body: string | null;
}

/** @param url where the page was fetched from: addresses in it are relative to it */
export function pageData(document: Document, html: string, url: string | undefined): PageData {
  const data = new LinkedData(document);
  const metas = metasOf(document);
  const meta = (...names: string[]): string[] => names.flatMap((name) => metas.get(name) ?? []);
  const attributes = (selector: string, attribute: string): string[] =>
    [...document.querySelectorAll(selector)].slice(0, MAX_TAGS).map((element) => element.getAttribute(attribute) ?? '');
  const texts = (selector: string): string[] => [...document.querySelectorAll(selector)].slice(0, MAX_TAGS).map((element) => cleanLine(element.textContent));
  const authors = [data.texts('author', 'creator'), meta('author', 'article:author', 'parsely-author', 'sailthru.author', 'dc.creator', 'dcterms.creator', 'byl'), meta('citation_author'), ...BYLINES.map((selector) => texts(selector).slice(0, 3).filter((text) => text.length <= MAX_BYLINE))];
  return {
    titles: [...texts('h1'), ...meta('og:title', 'twitter:title', 'dc.title'), data.text('headline') ?? '', ...texts('title')],
    summaries: [...meta('og:description', 'description', 'twitter:description'), ...data.texts('description')],
    body: data.text('articleBody', 'text'),
    author: first(authors, authorLine),
    published: first([
      ...data.texts('datePublished'),
      ...meta('article:published_time', 'og:published_time', 'datepublished', 'parsely-pub-date', 'sailthru.date', 'dc.date', 'dc.date.issued', 'dcterms.created', 'dcterms.issued', 'dcterms.date', 'date', 'pubdate', 'publishdate', 'publish-date', 'publish_date', 'publication_date', 'citation_publication_date', 'citation_date', 'cxenseparse:recs:publishtime', 'ptime'),
      ...data.texts('dateCreated', 'uploadDate'),
      ...attributes('time[itemprop~=datePublished], time[pubdate], time.published, time.entry-date, time[class*=publish]', 'datetime'),
      ...attributes('[itemprop~=datePublished]', 'content'),
      ...attributes('article time[datetime], main time[datetime], header time[datetime]', 'datetime'),
    ], isoDate),
    updated: first([
      ...data.texts('dateModified'),
      ...meta('article:modified_time', 'og:updated_time', 'og:modified_time', 'datemodified', 'dcterms.modified', 'dc.date.modified', 'lastmod', 'last-modified', 'revised', 'utime'),
      ...attributes('time[itemprop~=dateModified], time.updated', 'datetime'),
      ...attributes('[itemprop~=dateModified]', 'content'),
    ], isoDate),
    language: first([
      document.documentElement.getAttribute('lang') ?? '', document.documentElement.getAttribute('xml:lang') ?? '', document.body.getAttribute('lang') ?? '',
      ...meta('content-language', 'language', 'dc.language', 'og:locale'), ...data.texts('inLanguage'),
    ], (written) => languageTag(written.split(',', 1)[0] ?? '')),
    url: first([
      ...attributes('link[rel~=canonical]', 'href'), ...meta('og:url'), ...data.texts('mainEntityOfPage', 'url'), url ?? '',
      SAVED_FROM.exec(html.slice(0, MAX_BEGINNING))?.[1] ?? '',
    ], (written) => webAddress(written, url)),
    tags: tagsOf([...meta('article:tag'), ...[...data.texts('keywords'), ...meta('news_keywords', 'keywords')].flatMap((words) => words.split(/[,;，、]/)), ...texts('a[rel~=tag]')]),
  };
}

/** An address as it is written in a page; null for what is not on the web. */
function webAddress(written: string, base: string | undefined): string | null {
  const address = written.trim();
  if (address === '' || !URL.canParse(address, base)) return null;
  const { protocol, href } = new URL(address, base);
  return protocol === 'http:' || protocol === 'https:' ? href : null;
}

function metasOf(document: Document): Map<string, string[]> {
  const metas = new Map<string, string[]>();
  for (const meta of document.querySelectorAll('meta')) {
    const content = cleanLine(meta.getAttribute('content') ?? '');
    if (isBlank(content)) continue;
    for (const attribute of ['property', 'name', 'itemprop', 'http-equiv']) {
      for (const name of (meta.getAttribute(attribute) ?? '').toLowerCase().split(/\s+/)) {
        if (name === '') continue;
        const known = metas.get(name);
        if (known === undefined) metas.set(name, [content]);
        else known.push(content);
      }
    }
  }
  return metas;
}

function tagsOf(written: readonly string[]): string[] {
  const tags = new Map<string, string>();
  for (const tag of written.map(cleanLine)) {
    if (!isBlank(tag) && tag.length <= MAX_TAG && !tags.has(tag.toLowerCase())) tags.set(tag.toLowerCase(), tag);
  }
  return [...tags.values()].slice(0, MAX_TAGS);
}

function first<T>(all: readonly T[], read: (written: T) => string | null): string | null {
  for (const written of all) {
    const found = read(written);
    if (found !== null) return found;
  }
  return null;
}
