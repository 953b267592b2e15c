import { isoDate } from '../date';
import { languageTag } from '../language-tag';
import { contentLine, type Content } from './content';
import type { Entry } from './entry';
import { joinNames, webAddress, words } from './values';
import { wordpressHtml, wordpressKind, wordpressName } from './wordpress';
import { childOf, childrenOf, markupIn, textOf, type XmlElement } from './xml-tree';

/** Whether an element of this name is an entry of a feed. */
export function isFeedEntry(name: string): boolean {
  return name === 'item' || name === 'entry';
}

/** Texts of an entry, the fullest kind first. */
const CONTENTS = ['content:encoded', 'content', 'body', 'description', 'summary', 'dc:description', 'media:description', 'itunes:summary'];
const PUBLISHED = ['published', 'pubdate', 'issued', 'dcterms:issued', 'dc:date', 'dcterms:created', 'created', 'date'];
const UPDATED = ['updated', 'modified', 'dcterms:modified'];

/**
 * An entry of RSS or Atom, of whatever version. What it does not say of author and language its feed says.
 *
 * @param fetchedFrom where the feed was, for its relative links
 */
export function feedEntry(element: XmlElement, fetchedFrom: string | undefined): Entry {
  const feed = feedOf(element);
  const title = childOf(element, 'title', 'dc:title', 'media:title', 'itunes:title');
  const dates = [PUBLISHED, UPDATED].map((names) => childrenOf(element, ...names).map((child) => textOf(child)));
  const [published = null, updated = null] = dates.map((written) => firstDate(written));
  const url = linkOf(element, baseOf(element, feed, fetchedFrom));
  const ids = [textOf(childOf(element, 'guid', 'id')), element.attributes['rdf:about'] ?? ''];
  return {
    title: title === null ? null : titleOf(title, element.name === 'item'),
    author: authorOf(element, wordpressKind(element) === null ? undefined : feed) ?? authorOf(feed),
    published,
    updated,
    language: languageOf(element, feed),
    url,
    tags: tagsOf(element),
    key: ids.map((id) => id.trim()).find((id) => id !== '') ?? url,
    contents: contentsOf(element),
    oddDate: published === null && updated === null ? (dates.flat().find((written) => written.trim() !== '') ?? null) : null,
  };
}

/** What stands around the entries: `channel` or `feed`. In RSS 1.0 the channel is beside them. */
function feedOf(entry: XmlElement): XmlElement {
  let around = entry;
  while (isFeedEntry(around.name) && around.parent !== null) around = around.parent;
  return childOf(around, 'channel') ?? around;
}

function contentsOf(element: XmlElement): Content[] {
  const groups = childrenOf(element, 'media:group', 'media:content');
  const written = [element, ...groups, ...groups.flatMap((group) => childrenOf(group, 'media:content'))].flatMap((parent) => childrenOf(parent, ...CONTENTS));
  const inOrder = written.sort((a, b) => CONTENTS.indexOf(a.name) - CONTENTS.indexOf(b.name));
  const found = inOrder.map((child) => contentOf(child)).filter((content) => content !== null);
  if (wordpressKind(element) === null) return found;
  return found.map((content) => (content.kind === 'html' ? { ...content, text: wordpressHtml(content.text) } : content));
}

/** Null for what is no text: a picture, a script, base64. */
function contentOf(element: XmlElement): Content | null {
  const type = element.attributes['type']?.trim().toLowerCase() ?? '';
  if (element.attributes['mode'] === 'base64' || !/^(?:|x?html|text|plain|text\/.*|application\/xhtml\+xml)$/.test(type)) return null;
  if (element.children.some((child) => typeof child !== 'string')) {
    const escaped = type.includes('xhtml') || type === 'text/html' || element.name === 'body';
    return { text: markupIn(element, escaped), kind: 'html' };
  }
  return { text: textOf(element), kind: kindOf(element, type) };
}

function kindOf({ name }: XmlElement, type: string): Content['kind'] {
  if (type === 'text' || type === 'text/plain') return 'text';
  if (type.includes('html')) return 'html';
  // Atom without a type is text, and so is Media RSS; not all who write them know
  return name === 'content' || name === 'summary' || name === 'media:description' ? 'unknown' : 'html';
}

function titleOf(element: XmlElement, isRss: boolean): string | null {
  const type = element.attributes['type']?.trim().toLowerCase() ?? '';
  const kind = type === 'text' || type === 'text/plain' ? 'text' : isRss || /^(?:text\/)?html$/.test(type) ? 'html' : 'unknown';
  return contentLine({ text: textOf(element), kind: type.includes('xhtml') ? 'text' : kind });
}

/** @param wordpress the feed, where it is an export of WordPress */
function authorOf(element: XmlElement, wordpress?: XmlElement): string | null {
  const authors = childrenOf(element, 'author', 'dc:creator');
  const names = (authors.length === 0 ? childrenOf(element, 'itunes:author') : authors).map((author) => {
    const person = childOf(author, 'name', 'email', 'uri') ?? author;
    const name = textOf(person);
    return contentLine({ text: wordpress === undefined ? name : wordpressName(name.trim(), wordpress), kind: 'unknown' }) ?? '';
  });
  return joinNames(names);
}

function tagsOf(element: XmlElement): string[] {
  const categories = childrenOf(element, 'category', 'dc:subject').map((category) => category.attributes['label'] ?? category.attributes['term'] ?? textOf(category));
  const keywords = childrenOf(element, 'media:keywords', 'itunes:keywords').flatMap((list) => textOf(list).split(','));
  const tags = [...categories, ...keywords].map((tag) => contentLine({ text: tag, kind: 'unknown' }) ?? '');
  // Blogger says in a category what kind of thing the entry is
  return words(tags).filter((tag) => !/^https?:\/\//i.test(tag));
}

/** Where the article is. */
function linkOf(element: XmlElement, base: string | null): string | null {
  const original = textOf(childOf(element, 'feedburner:origlink'));
  const guid = childOf(element, 'guid');
  const permalink = guid !== null && guid.attributes['ispermalink']?.toLowerCase() !== 'false' && /^\s*https?:/i.test(textOf(guid)) ? [textOf(guid)] : [];
  for (const written of [original, ...links(element, 'alternate'), ...permalink]) {
    const url = webAddress(written, base);
    if (url !== null) return url;
  }
  return null;
}

/** RSS writes a link between its tags, Atom into `href`, pages first. */
function links(element: XmlElement, relation: string): string[] {
  const related = childrenOf(element, 'link').filter(({ attributes }) => (attributes['rel'] ?? 'alternate').toLowerCase() === relation);
  const isPage = ({ attributes }: XmlElement): boolean => /^(?:|text\/html|application\/xhtml\+xml)$/i.test(attributes['type'] ?? '');
  return [...related.filter(isPage), ...related.filter((link) => !isPage(link))].map((link) => link.attributes['href'] ?? textOf(link));
}

/** What links are relative to: `xml:base`, the site, the feed's address by its own account, where it was fetched. */
function baseOf(element: XmlElement, feed: XmlElement, fetchedFrom: string | undefined): string | null {
  const self = links(feed, 'self').map((link) => webAddress(link, fetchedFrom)).find((link) => link !== null) ?? fetchedFrom;
  const site = links(feed, 'alternate').map((link) => webAddress(link, self)).find((link) => link !== null);
  let base = site ?? self ?? null;
  for (const written of attributeAround(element, 'xml:base').reverse()) base = webAddress(written, base) ?? base;
  return base;
}

function languageOf(element: XmlElement, feed: XmlElement): string | null {
  const said = [
    ...childrenOf(element, 'dc:language', 'language').map((child) => textOf(child)),
    ...attributeAround(element, 'xml:lang'),
    ...childrenOf(feed, 'language', 'dc:language').map((child) => textOf(child)),
    feed.attributes['xml:lang'] ?? '',
  ];
  return said.map((written) => (written.length > 40 ? null : languageTag(written))).find((tag) => tag !== null) ?? null;
}

/** Of the element itself first, then of what is around it. */
function attributeAround(element: XmlElement, name: string): string[] {
  const found: string[] = [];
  for (let at: XmlElement | null = element; at !== null; at = at.parent) {
    const value = at.attributes[name];
    if (value !== undefined) found.push(value);
  }
  return found;
}

function firstDate(written: readonly string[]): string | null {
  return written.map((date) => isoDate(date)).find((date) => date !== null) ?? null;
}
