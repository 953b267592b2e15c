import { isoDate } from '../date';
import { languageTag } from '../language-tag';
import { cleanLine, isBlank } from '../text/clean';
import type { Metadata } from '../types';
import { authorLine } from './authors';
import type { Document, Element } from './dom';
import { LinkedData } from './json-ld';
import { closest, findAll, hasWord, named, type Test } from './search';

/** More than anyone sorts by, and longer than a word or three: a list of search terms. */
const MAX_TAGS = 50;
const MAX_TAG = 60;
/** Browsers and extensions say at the beginning of what they save where it came from. */
const SAVED_FROM = /<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?:\/\/\S+)/i;
const MAX_BEGINNING = 5_000;

/** Characters, and how many of a kind are looked at. */
const MAX_BYLINE = 100;
const MAX_BYLINES = 3;

const isTelling = named('H1 TITLE META LINK TIME A');
const isHead = named('ARTICLE MAIN HEADER');
const AUTHOR_CLASS = /byline|author-name|author__name/i;

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
  const elements = findAll(document, (element) => isTelling(element) || element.hasAttribute('itemprop') || AUTHOR_CLASS.test(element.className));
  const select = (test: Test): Element[] => elements.filter(test).slice(0, MAX_TAGS);
  const texts = (test: Test): string[] => select(test).map((element) => cleanLine(element.textContent));
  const attributes = (attribute: string, test: Test): string[] => select(test).map((element) => element.getAttribute(attribute) ?? '');
  const times = (test: Test): string[] => attributes('datetime', (element) => element.tagName === 'TIME' && test(element));
  const authors = [
    data.texts('author', 'creator'),
    meta('author', 'article:author', 'parsely-author', 'sailthru.author', 'dc.creator', 'dcterms.creator', 'byl'),
    meta('citation_author'),
    ...bylineTests(elements).map((test) => texts(test).slice(0, MAX_BYLINES).filter((text) => text.length <= MAX_BYLINE)),
  ];
  return {
    titles: [...texts(({ tagName }) => tagName === 'H1'), ...meta('og:title', 'twitter:title', 'dc.title'), data.text('headline') ?? '', ...texts(({ tagName }) => tagName === 'TITLE')],
    summaries: [...meta('og:description', 'description', 'twitter:description'), ...data.texts('description')],
    body: data.text('articleBody', 'text'),
    author: first(authors, authorLine),
    published: first([
      ...data.texts('datePublished'),
      ...meta('article:published_time', 'og:published_time', 'datepublished', 'parsely-pub-date', 'sailthru.date', 'dc.date', 'dc.date.issued', 'dcterms.created', 'dcterms.issued', 'dcterms.date', 'date', 'pubdate', 'publishdate', 'publish-date', 'publish_date', 'publication_date', 'citation_publication_date', 'citation_date', 'cxenseparse:recs:publishtime', 'ptime'),
      ...data.texts('dateCreated', 'uploadDate'),
      ...times((time) => hasWord(time, 'itemprop', 'datePublished') || time.hasAttribute('pubdate') || hasWord(time, 'class', 'entry-date') || time.className.includes('publish')),
      ...attributes('content', (element) => hasWord(element, 'itemprop', 'datePublished')),
      ...times((time) => time.hasAttribute('datetime') && closest(time, isHead) !== null),
    ], isoDate),
    updated: first([
      ...data.texts('dateModified'),
      ...meta('article:modified_time', 'og:updated_time', 'og:modified_time', 'datemodified', 'dcterms.modified', 'dc.date.modified', 'lastmod', 'last-modified', 'revised', 'utime'),
      ...times((time) => hasWord(time, 'itemprop', 'dateModified') || hasWord(time, 'class', 'updated')),
      ...attributes('content', (element) => hasWord(element, 'itemprop', 'dateModified')),
    ], isoDate),
    language: first([
      document.documentElement.getAttribute('lang') ?? '', document.documentElement.getAttribute('xml:lang') ?? '', document.body.getAttribute('lang') ?? '',
      ...meta('content-language', 'language', 'dc.language', 'og:locale'), ...data.texts('inLanguage'),
    ], (written) => languageTag(written.split(',', 1)[0] ?? '')),
    url: first([
      ...attributes('href', (element) => element.tagName === 'LINK' && hasWord(element, 'rel', 'canonical')), ...meta('og:url'), ...data.texts('mainEntityOfPage', 'url'),
      ...attributes('href', (element) => element.tagName === 'A' && hasWord(element, 'class', 'p-canonical')), url ?? '',
      SAVED_FROM.exec(html.slice(0, MAX_BEGINNING))?.[1] ?? '',
    ], (written) => webAddress(written, url)),
    tags: tagsOf([...meta('article:tag'), ...[...data.texts('keywords'), ...meta('news_keywords', 'keywords')].flatMap((words) => words.split(/[,;，、]/)), ...texts((element) => element.tagName === 'A' && hasWord(element, 'rel', 'tag'))]),
  };
}

/** Where authors stand in pages, surest first. */
function bylineTests(elements: readonly Element[]): Test[] {
  const isAuthor: Test = (element) => hasWord(element, 'itemprop', 'author');
  const isByline: Test = (element) => /byline/i.test(element.className);
  const bylines = new Set(elements.filter(isByline));
  const isIn = (element: Element, test: Test): boolean => element.parentElement !== null && closest(element.parentElement, test) !== null;
  return [
    (element) => hasWord(element, 'itemprop', 'name') && isIn(element, isAuthor),
    isAuthor,
    (element) => element.tagName === 'A' && hasWord(element, 'rel', 'author'),
    (element) => /author(?:-|__)name/i.test(element.className) || (element.tagName === 'A' && isIn(element, (around) => bylines.has(around))),
    isByline,
  ];
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
  for (const meta of document.getElementsByTagName('meta')) {
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
