import type { FieldMap } from '../types';
import { isRecord, type JsonRecord } from './json-text';

export type FieldName = keyof FieldMap;

/** A field of a record, by the name that it has there. */
export interface Found {
  name: string;
  value: unknown;
}

/** Names of fields as exports and data sets have them, likely ones first; compared without case, dashes, underscores and spaces. */
const CANDIDATES: Readonly<Record<FieldName, readonly string[]>> = {
  id: list('id guid uuid docid documentid articleid postid storyid itemid key slug'),
  title: list('title headline webtitle posttitle articletitle pagetitle documenttitle booktitle resolvedtitle giventitle heading subject name label'),
  text: list(
    'html contenthtml bodyhtml htmlbody htmlcontent content body articlebody articletext articlecontent postcontent text bodytext fulltext maintext textcontent plaintext contenttext rawcontent markdown md contentmarkdown bodymarkdown article document story passage paragraphs sections transcript lyrics post message abstract',
  ),
  author: list('author authors authorname authornames creator creators byline writer writers bookauthor postauthor by'),
  published: list('published publishedat publishedon datepublished publishdate publisheddate publicationdate webpublicationdate pubdate firstpublished dategmt date postdategmt postdate articledate createdat created datecreated createdutc createdtime issued year'),
  updated: list('updated updatedat updatedon dateupdated modified modifiedgmt modifiedat datemodified postmodifiedgmt postmodified lastmodified lastmod lastupdated'),
  language: list('language lang languagecode langcode inlanguage locale'),
  url: list('url link permalink canonicalurl canonical articleurl posturl weburl sourceurl pageurl resolvedurl givenurl href uri guid'),
  tags: list('tags tag keywords labels topics categories category topic subjects documenttags'),
};

/** Names of texts that are mostly about an article: they are it where there is no other. */
const LESSER_TEXTS = list('selftext highlights highlight selection quote note notes description summary excerpt snippet lead standfirst subtitle dek comment review');

/** Objects in a record that are the record proper, in what interfaces answer: JSON:API, Elasticsearch, Reddit, GraphQL. */
const WRAPPERS = ['attributes', 'fields', '_source', 'data', 'node', 'article', 'post', 'story', 'item'];

/** A guessed text has at least so many characters on average: fewer are names, addresses and remarks. */
const MIN_GUESSED = 40;

function list(names: string): string[] {
  return names.split(' ');
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, '');
}

/** A record's fields by their plain names. */
export class Fields {
  private readonly byName = new Map<string, Found>();

  constructor(private readonly record: JsonRecord) {
    this.add(record);
    for (const wrapper of WRAPPERS) {
      const inner = Object.hasOwn(record, wrapper) ? record[wrapper] : null;
      if (isRecord(inner)) this.add(inner);
    }
  }

  /** What has one of the names of this field, and is not empty. */
  named(field: FieldName): Found | null {
    return this.firstOf(CANDIDATES[field]);
  }

  /** Texts that are not the article itself. */
  lesserTexts(): Found[] {
    return LESSER_TEXTS.map((name) => this.firstOf([name])).filter((found) => found !== null);
  }

  /** What a name or a path of names with dots leads to; undefined where there is nothing of that name. */
  at(path: string): unknown {
    const whole = this.byName.get(plain(path));
    if (whole !== undefined || !path.includes('.')) return whole?.value;
    let value: unknown = this.record;
    for (const step of path.split('.')) {
      if (!isRecord(value)) return undefined;
      value = Object.entries(value).find(([name]) => plain(name) === plain(step))?.[1];
    }
    return value;
  }

  all(): Iterable<Found> {
    return this.byName.values();
  }

  private firstOf(names: readonly string[]): Found | null {
    for (const name of names) {
      const found = this.byName.get(name);
      if (found !== undefined && !isEmpty(found.value)) return found;
    }
    return null;
  }

  private add(record: JsonRecord): void {
    for (const [name, value] of Object.entries(record)) {
      const key = plain(name);
      if (!this.byName.has(key)) this.byName.set(key, { name, value });
    }
  }
}

/** The names of records' fields, those of objects in them with a dot. */
export function fieldNames(records: Iterable<JsonRecord>): string[] {
  const names = new Set<string>();
  for (const record of records) {
    for (const [name, value] of Object.entries(record)) {
      const inner = isRecord(value) ? Object.keys(value).slice(0, 5) : [];
      for (const path of inner.length === 0 ? [name] : inner.map((key) => `${name}.${key}`)) names.add(path);
    }
  }
  return [...names];
}

/** The field with the most prose in it, where there is one that can be an article; null where that is a lesser text. */
export function longestText(records: readonly JsonRecord[]): string | null {
  const lengths = new Map<string, number>();
  for (const record of records) {
    for (const { name, value } of new Fields(record).all()) {
      if (typeof value === 'string' && isProse(value)) lengths.set(name, (lengths.get(name) ?? 0) + value.length);
    }
  }
  let longest: string | null = null;
  for (const [name, length] of lengths) if (length >= MIN_GUESSED * records.length && length > (lengths.get(longest ?? '') ?? 0)) longest = name;
  return longest === null || LESSER_TEXTS.includes(plain(longest)) ? null : longest;
}

function isProse(text: string): boolean {
  return !/^\s*(?:https?:|[[{])/i.test(text) && /\s|[\u3040-\u9FFF\u0E00-\u0E7F]/.test(text.trim());
}

function isEmpty(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() === '';
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === null || value === undefined;
}
