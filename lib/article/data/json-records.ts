import { Fields, longestText } from './fields';
import { isRecord, type JsonRecord } from './json-text';
import { textIn } from './field-values';
import type { FieldMap } from '../types';

/** A list of records in a JSON value. */
export interface RecordList {
  /** Names that lead to it; empty for the value itself. */
  path: string;
  items: { value: unknown; key?: string }[];
}

/** Names of lists that may be articles even where no field in them is called text. */
const LISTS = new Set(['articles', 'posts', 'items', 'entries', 'stories', 'pages', 'documents', 'docs', 'records', 'rows', 'results', 'data', 'hits', 'list', 'nodes', 'children', 'messages']);
/** Levels of an export above its records: Ghost has four. */
const MAX_LEVELS = 5;
/** Objects that are looked into for lists. */
const MAX_LOOKED_INTO = 5_000;
/** Records of a list that are looked at. */
const SAMPLE = 20;
/** A summary has at least so many characters; what describes a setting has fewer. */
const MIN_SUMMARY = 40;

/** How likely a list holds articles: it has texts, it has titles and summaries, it has something long. */
type Rank = 3 | 2 | 1 | 0;

/**
 * The articles' records in a JSON value: a list, the best of the lists in it (and others with the same fields), an
 * object of records, or the value itself as one.
 *
 * @param map names of fields that were given: then the first list will do where no other does
 * @returns empty where nothing looks like an article
 */
export function findRecords(value: unknown, map: FieldMap = {}): RecordList[] {
  const self: RecordList = { path: '', items: [{ value }] };
  if (isRecord(value) && (map.text === undefined ? isArticle(value) : new Fields(value).at(map.text) !== undefined)) return [self];
  const lists = listsIn(value).map((list) => ({ list, rank: rankOf(list, map), fields: fieldsOf(list) }));
  const best = lists.reduce<(typeof lists)[number] | null>((most, each) => (each.rank > (most?.rank ?? 0) ? each : most), null);
  if (best === null) return isRecord(value) && hasProse(value) ? [self] : [];
  return lists.filter(({ rank, fields }) => rank === best.rank && fields === best.fields).map(({ list }) => list);
}

/** Whether an object is an article and no container of them. */
function isArticle(value: JsonRecord): boolean {
  return new Fields(value).named('title') !== null && hasProse(value);
}

function hasProse(value: JsonRecord): boolean {
  const text = new Fields(value).named('text');
  const written = text === null ? null : textIn(text);
  return written !== null && /\S\s+\S|[\u3040-\u9FFF\u0E00-\u0E7F]/.test(written.text);
}

/** Lists of objects, and objects of nothing but objects, in a value; outer ones first. */
function listsIn(root: unknown): RecordList[] {
  const lists: RecordList[] = [];
  const queue: { value: unknown; path: string; level: number }[] = [{ value: root, path: '', level: 0 }];
  for (let at = 0; at < queue.length && at < MAX_LOOKED_INTO; at++) {
    const { value, path, level } = queue[at] ?? { value: null, path: '', level: 0 };
    if (Array.isArray(value)) {
      if (mostlyRecords(value)) lists.push({ path, items: value.map((item: unknown) => ({ value: item })) });
      // the one database of an export
      if (value.length === 1 && level < MAX_LEVELS) queue.push({ value: value[0] as unknown, path, level: level + 1 });
    } else if (isRecord(value)) {
      const entries = Object.entries(value);
      if (entries.length > 0 && entries.every(([, inner]) => isRecord(inner))) lists.push({ path, items: entries.map(([key, inner]) => ({ key, value: inner })) });
      if (level < MAX_LEVELS) for (const [key, inner] of entries) if (typeof inner === 'object' && inner !== null) queue.push({ value: inner, path: path === '' ? key : `${path}.${key}`, level: level + 1 });
    }
  }
  return lists;
}

function mostlyRecords(value: readonly unknown[]): boolean {
  const sample = value.slice(0, SAMPLE);
  return sample.filter(isRecord).length * 2 > sample.length;
}

function rankOf({ path, items }: RecordList, map: FieldMap): Rank {
  const isObject = items.some(({ key }) => key !== undefined);
  const sample = items.slice(0, SAMPLE).map(({ value }) => value).filter(isRecord);
  const { text } = map;
  if (sample.some((record) => (text === undefined ? hasProse(record) : new Fields(record).at(text) !== undefined))) return 3;
  const summaries = sample.filter((record) => {
    const fields = new Fields(record);
    const hasSummary = fields.lesserTexts().some((found) => (textIn(found)?.text.length ?? 0) >= MIN_SUMMARY);
    return hasSummary && fields.named('title') !== null && (!isObject || fields.named('url') !== null);
  });
  if (summaries.length > 0) return 2;
  if (Object.keys(map).length > 0) return 1;
  const name = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return !isObject && (path === '' || LISTS.has(name)) && longestText(sample) !== null ? 1 : 0;
}

function fieldsOf({ items }: RecordList): string {
  const first = items.find(({ value }) => isRecord(value))?.value;
  return isRecord(first) ? Object.keys(first).sort().join('\n') : '';
}
