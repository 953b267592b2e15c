import { isoDate } from '../date';
import type { Content } from './content';
import type { Found } from './fields';
import { isRecord } from './json-text';

/** Where an object that stands for a text has it: WordPress, MongoDB, schema.org and the like. */
const TEXT_KEYS = ['rendered', 'html', 'markdown', 'text', 'plaintext', 'value', 'content', 'body', 'context', '$oid', '$date', 'name', 'title', 'label'];
/** Lists of objects of lists: deeper than any text. */
const MAX_DEPTH = 4;
/** Seconds since 1970 between 1973 and 5138; a thousand times that are milliseconds. */
const UNIX_SECONDS = { from: 1e8, below: 1e11 };

/** The text in a value, lists of paragraphs one below another; null where there is none. */
export function textIn({ name, value }: Found, depth = 0): Content | null {
  if (typeof value === 'string' || typeof value === 'number') return { text: String(value), kind: kindOf(name) };
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return null;
  if (Array.isArray(value)) {
    const parts = value.map((part: unknown) => textIn({ name, value: part }, depth + 1)).filter((part) => part !== null);
    return parts.length === 0 ? null : { text: parts.map((part) => part.text).join('\n\n'), kind: parts[0]?.kind ?? 'unknown' };
  }
  const key = TEXT_KEYS.find((candidate) => Object.hasOwn(value, candidate));
  return key === undefined ? null : textIn({ name: key, value: (value as Record<string, unknown>)[key] }, depth + 1);
}

/** What markup a field's name promises. */
function kindOf(name: string): Content['kind'] {
  if (/markdown$|^md$/i.test(name)) return 'markdown';
  return /^html|html$|^rendered$/i.test(name) ? 'html' : 'unknown';
}

/** The words in a list, or in a text that is one: `a, b`, `["a", "b"]`. Numbers are references to elsewhere. */
export function listIn({ name, value }: Found, separator: RegExp): string[] {
  if (typeof value === 'string') return quotedList(value) ?? value.split(separator);
  // lists of names as keys, as Pocket has them
  const parts: unknown[] = Array.isArray(value) ? value : isRecord(value) && personIn(value) === null && textIn({ name, value }) === null ? Object.keys(value) : [value];
  return parts.filter((part) => typeof part !== 'number').map((part) => personIn(part) ?? textIn({ name, value: part })?.text ?? '');
}

/** A name in parts, as programs for references have it (CSL-JSON, Zotero); null for anything else. */
function personIn(value: unknown): string | null {
  if (!isRecord(value)) return null;
  const parts = [value.given ?? value.firstName, value.family ?? value.lastName ?? value.literal].filter((part) => typeof part === 'string');
  return parts.length === 0 ? null : parts.join(' ');
}

/** A list that was written into a cell, as JSON or as Python does. */
function quotedList(written: string): string[] | null {
  if (!/^\s*\[[^]*\]\s*$/.test(written)) return null;
  const quoted = [...written.matchAll(/'([^']*)'|"([^"]*)"/g)].map(([, single, double]) => single ?? double ?? '');
  return quoted.length > 0 ? quoted : written.trim().slice(1, -1).split(',');
}

/** A date as ISO 8601: as it is written, or counted from 1970. */
export function dateIn({ name, value }: Found): string | null {
  const written = dateParts(value) ?? textIn({ name, value })?.text.trim() ?? '';
  if (/^\d{9,14}(?:\.\d{1,9})?$/.test(written)) return unixDate(Number(written));
  const date = isoDate(written);
  // WordPress writes no zone, but the field's name is one
  return date !== null && /gmt$|utc$/i.test(name) && /T[\d:.]+$/.test(date) ? `${date}Z` : date;
}

/** `{"date-parts": [[2019, 5, 6]]}`, as CSL-JSON has it. */
function dateParts(value: unknown): string | null {
  const first: unknown = isRecord(value) && Array.isArray(value['date-parts']) ? value['date-parts'][0] : null;
  if (!Array.isArray(first) || !first.every((part) => /^\d{1,4}$/.test(String(part)))) return null;
  return first.slice(0, 3).map((part) => String(part).padStart(2, '0')).join('-');
}

function unixDate(count: number): string | null {
  const seconds = count < UNIX_SECONDS.below ? count : count / 1000;
  if (seconds < UNIX_SECONDS.from || seconds >= UNIX_SECONDS.below) return null;
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
