import { isoDate } from '../date';
import { CANDIDATES, LESSER_TEXTS, MAYBE_PUBLISHED, plain, type FieldName } from './field-names';
import { isRecord, type JsonRecord } from './json-text';

/** A field of a record, by the name that it has there. */
export interface Found {
  name: string;
  value: unknown;
}

/** Objects in a record that are the record proper, in what interfaces answer: JSON:API, Elasticsearch, Reddit, GraphQL. */
const WRAPPERS = ['attributes', 'fields', '_source', 'data', 'node', 'article', 'post', 'story', 'item'];

/** A guessed text has at least so many characters on average: fewer are names, addresses and remarks. */
const MIN_GUESSED = 40;

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
    return this.firstOf(CANDIDATES[field]) ?? (field === 'published' ? this.maybePublished() : null);
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

  /** The field's own name for a name in whatever case, or a path as it is; undefined where there is nothing of that name. */
  nameOf(path: string): string | undefined {
    return this.byName.get(plain(path))?.name ?? (this.at(path) === undefined ? undefined : path);
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

  private maybePublished(): Found | null {
    const found = this.firstOf([MAYBE_PUBLISHED]);
    return typeof found?.value === 'string' && isoDate(found.value) !== null ? found : null;
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
