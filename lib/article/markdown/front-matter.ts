import { parse as parseTomlTable, TomlDate, TomlError, type TomlTableWithoutBigInt, type TomlValueWithoutBigInt } from 'smol-toml';
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import { PilcrowError } from '../../errors';
import { cleanLine } from '../text/clean';
import { isoDate } from '../date';
import { languageTag } from '../language-tag';
import { MAX_TITLE_CHARACTERS } from '../title';
import type { Metadata } from '../types';

/** What front matter says; null where it does not. */
export type FrontMatter = Omit<Metadata, 'title'> & { title: string | null };

/** Keys for each field, the first one present wins. */
const KEYS = {
  title: ['title'],
  author: ['author', 'authors'],
  published: ['published', 'date', 'created'],
  updated: ['updated', 'modified', 'lastmod'],
  language: ['language', 'lang'],
  url: ['url', 'canonical', 'link'],
  tags: ['tags', 'keywords'],
} as const satisfies Record<keyof FrontMatter, readonly string[]>;

const OPENING = /^---[ \t]*\n/;
const CLOSING = /^(?:---|\.\.\.)[ \t]*$/m;
/** As Hugo has it by default. */
const TOML = /^\+{3}[ \t]*\n([^]*?\n)?\+{3}[ \t]*(?:\n|$)/;
const KEY_LINE = /^[\p{L}_][\p{L}\p{N}_-]*[ \t]*:(?:\s|$)/mu;
/** Begins, after blank lines and comments, with a key or an opening brace. */
const KEY_FIRST = /^(?:[ \t]*(?:#[^\n]*)?\n)*(?:[\p{L}_][\p{L}\p{N}_-]*[ \t]*:(?:\s|$)|"[^"\n]*"[ \t]*:|\{)/u;

/** The parser's time grows with the square of a mapping's keys (40,000 took 6 s); articles have a few hundred bytes. */
const MAX_BYTES = 64 * 1024;
/** More values than front matter has; without a limit, aliases of aliases multiply without end. */
const MAX_VALUES = 10_000;
/** An alias counts like this many values: for each, all of the YAML is searched (10,000 took 11 s). */
const ALIAS_VALUES = 100;
/** Lists in lists in lists: deeper than anyone writes, and than an alias that contains itself gets. */
const MAX_DEPTH = 16;

/**
 * Takes front matter off a text: YAML between lines of `---`, TOML between lines of `+++`. Unknown keys are left alone.
 *
 * A first line `---` opens front matter when a `key:` follows, at once or somewhere before the closing
 * line with no blank line after the opening one. Otherwise it is a thematic break above prose, and the
 * text is Markdown from its first line.
 *
 * @param warn told of a known key whose value cannot be what the key says; the text is no worse for it
 * @throws PilcrowError `front-matter-invalid`, with the line, for what does not parse, for front matter longer
 *   than 64 KiB and for a title over the limit
 */
export function splitFrontMatter(text: string, name: string, warn: (message: string) => void): { matter: FrontMatter; body: string } {
  const none = { matter: toMatter(new Map(), name, warn), body: text };
  const toml = TOML.exec(text);
  if (toml !== null) {
    const [whole, inner = ''] = toml;
    refuseTooLong(inner, name);
    return { matter: toMatter(parseToml(inner, name), name, warn), body: text.slice(whole.length) };
  }
  const opening = OPENING.exec(text)?.[0].length;
  if (opening === undefined) return none;
  const closing = CLOSING.exec(text.slice(opening));
  if (closing === null) {
    if (!KEY_FIRST.test(text.slice(opening))) return none;
    throw invalid(name, 1, 'is never closed', 'end it with a line of ---');
  }
  const yaml = text.slice(opening, opening + closing.index);
  const isMatter = yaml.trim() === '' || KEY_FIRST.test(yaml) || (/^[^\n]*\S/.test(yaml) && KEY_LINE.test(yaml));
  if (!isMatter) return none;
  refuseTooLong(yaml, name);
  return { matter: toMatter(parse(yaml, name), name, warn), body: text.slice(opening + closing.index + closing[0].length) };
}

function refuseTooLong(matter: string, name: string): void {
  const bytes = Buffer.byteLength(matter);
  if (bytes <= MAX_BYTES) return;
  throw invalid(name, 1, `has ${bytes} bytes, more than ${MAX_BYTES}`, 'keep in it what describes the article, and move the rest below it');
}

interface Entry {
  key: string;
  line: number;
  value: unknown;
  /** The value as it stands there. */
  written: string;
}

/** Entries of the TOML that are of use, by lower-case key. */
function parseToml(toml: string, name: string): Map<string, Entry> {
  const lines = toml.split('\n');
  const entries = new Map<string, Entry>();
  for (const [key, value] of Object.entries(tomlTable(toml, name))) {
    if (!isKnown(key)) continue;
    const at = lines.findIndex((line) => line.replace(/^[\s["']+/, '').startsWith(key));
    // the line of pluses above is line 1
    entries.set(key.toLowerCase(), { key, line: at + 2, value: asWritten(value), written: (lines[at] ?? '').replace(/^[^=]*=/, '') });
  }
  return entries;
}

function tomlTable(toml: string, name: string): TomlTableWithoutBigInt {
  try {
    return parseTomlTable(toml, { maxDepth: MAX_DEPTH, unsafeKeyBehaviour: 'drop' });
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    throw invalid(name, cause.line + 1, `does not parse: ${oneLine(cause.message.replace(/^Invalid TOML document: /, ''))}`, 'correct it; text stands in quotes', cause);
  }
}

/** Dates and numbers as text, as they are in YAML. */
function asWritten(value: TomlValueWithoutBigInt): unknown {
  if (value instanceof TomlDate) return value.toISOString().replace('.000', '');
  if (Array.isArray(value)) return value.map(asWritten);
  if (typeof value !== 'object') return String(value);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asWritten(each)]));
}

/** Entries of the YAML mapping that are of use, by lower-case key. */
function parse(yaml: string, name: string): Map<string, Entry> {
  const lineCounter = new LineCounter();
  // the line of dashes above is line 1
  const lineAt = (offset: number): number => Math.max(1, lineCounter.linePos(offset).line) + 1;
  const document = parseYaml(yaml, name, lineCounter);
  const [error] = document.errors;
  if (error !== undefined) {
    throw invalid(name, lineAt(error.pos[0]), `does not parse: ${oneLine(error.message)}`, 'correct it; a value with a colon, a quote or a bracket in it is put in quotes', error);
  }
  if (document.contents === null) return new Map();
  if (!isMap(document.contents)) throw invalid(name, 2, 'is not a list of keys and values', null);
  const entries = new Map<string, Entry>();
  for (const pair of document.contents.items) {
    const key = isScalar(pair.key) ? String(pair.key.value) : '';
    if (!isScalar(pair.key) || !isKnown(key)) continue;
    const line = lineAt(pair.key.range[0]);
    const value = plainValue(document, pair.value);
    if (value === undefined) throw invalid(name, line, `has a value for ${key} that never ends or is too long`, null);
    entries.set(key.toLowerCase(), { key, line, value, written: pair.value === null ? '' : yaml.slice(pair.value.range[0], pair.value.range[1]) });
  }
  return entries;
}

function parseYaml(yaml: string, name: string, lineCounter: LineCounter): Document.Parsed {
  try {
    return parseDocument(yaml, { lineCounter, prettyErrors: false });
  } catch (cause) {
    // lists in lists, deeper than the parser's stack
    if (cause instanceof RangeError) throw invalid(name, 2, 'is nested too deep', null, cause);
    throw cause;
  }
}

function isKnown(key: string): boolean {
  return Object.values<readonly string[]>(KEYS).some((keys) => keys.includes(key.toLowerCase()));
}

/**
 * Scalars as they were written (a title 007 is no number seven), lists and maps as JavaScript has them.
 *
 * @returns undefined when there is no end to it
 */
function plainValue(document: Document.Parsed, value: unknown): unknown {
  let values = 0;
  const written = (node: unknown, depth: number): unknown => {
    if (depth > MAX_DEPTH) values = MAX_VALUES;
    values += isAlias(node) ? ALIAS_VALUES : 1;
    if (values > MAX_VALUES) return null;
    const target = isAlias(node) ? node.resolve(document) : node;
    if (isSeq(target)) return target.items.map((item) => written(item, depth + 1));
    if (isMap(target)) return Object.fromEntries(target.items.map((item) => [String(item.key), written(item.value, depth + 1)]));
    if (!isScalar(target)) return null;
    if (target.value === null || typeof target.value === 'string') return target.value;
    return target.source ?? JSON.stringify(target.value);
  };
  const plain = written(value, 0);
  return values > MAX_VALUES ? undefined : plain;
}

function toMatter(entries: ReadonlyMap<string, Entry>, name: string, warn: (message: string) => void): FrontMatter {
  const field = <T>(keys: readonly string[], what: string, convert: (value: unknown) => T | null): T | null => {
    const entry = keys.map((key) => entries.get(key)).find((found) => found !== undefined && !isEmpty(found.value));
    if (entry === undefined) return null;
    const converted = convert(entry.value);
    if (converted !== null) return converted;
    warn(`${name}: front matter has ${entry.key}: ${oneLine(entry.written)}, which is not ${what} and left out (line ${entry.line})`);
    return null;
  };
  const title = field(KEYS.title, 'a line of text', text);
  if (title !== null && title.length > MAX_TITLE_CHARACTERS) {
    const line = entries.get(KEYS.title[0])?.line ?? 1;
    throw invalid(name, line, `has a title of ${title.length} characters, more than ${MAX_TITLE_CHARACTERS}`, 'shorten it');
  }
  return {
    title,
    author: field(KEYS.author, 'a name or a list of names', names),
    published: field(KEYS.published, 'a date such as 2021-03-04', date),
    updated: field(KEYS.updated, 'a date such as 2021-03-04', date),
    language: field(KEYS.language, 'a language tag such as en or pt-BR', language),
    url: field(KEYS.url, 'an http(s) address', httpUrl),
    tags: field(KEYS.tags, 'a list of words', tags) ?? [],
  };
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isEmpty);
  return value === null || value === undefined || (typeof value === 'string' && cleanLine(value) === '');
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? cleanLine(value) : null;
}

function names(value: unknown): string | null {
  if (!Array.isArray(value)) return name(value);
  const each = value.filter((item) => !isEmpty(item)).map(name);
  return each.includes(null) ? null : each.join('; ');
}

/** A name, or a mapping with one: `{name: Ada Lovelace, email: …}`. */
function name(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return text(value);
  return 'name' in value && !isEmpty(value.name) ? text(value.name) : null;
}

function language(value: unknown): string | null {
  return typeof value === 'string' ? languageTag(value) : null;
}

function date(value: unknown): string | null {
  return typeof value === 'string' ? isoDate(value) : null;
}

function httpUrl(value: unknown): string | null {
  if (typeof value !== 'string' || !/^https?:\/\//i.test(value.trim())) return null;
  return URL.canParse(value.trim()) ? new URL(value.trim()).href : null;
}

function tags(value: unknown): string[] | null {
  const list: unknown[] = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [value];
  const words = list.filter((item) => !isEmpty(item)).map(text);
  // as Obsidian takes them, too
  return words.includes(null) ? null : [...new Set(words.filter((word) => word !== null).map((word) => word.replace(/^#(?=\S)/, '')))];
}

function invalid(name: string, line: number, what: string, hint: string | null, cause?: unknown): PilcrowError {
  return new PilcrowError('front-matter-invalid', `${name}: front matter ${what} (line ${line})`, hint, { cause });
}

function oneLine(message: string): string {
  const line = cleanLine(message.split('\n', 1)[0] ?? '');
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}
