import { PilcrowError } from '../../errors';
import type { ArticleDraft, FieldMap, ReadContext, ReadInput } from '../types';
import { FIELD_NAMES } from './field-names';
import { fieldNames, Fields, longestText } from './fields';
import type { JsonRecord } from './json-text';
import { RecordReader } from './record-entry';
import { Tally } from './tally';

/** A record of a data file, or what is wrong with it, and where it stands (`line 17`). */
export type Row = { path: string; record: JsonRecord; key?: string | undefined } | { path: string; error: PilcrowError };

/** Records that are looked at before the first is read: what names their fields have. */
const SAMPLE = 50;
/** Of so many without one that can be read: what the file is, it is not data. */
const HOPELESS = 10_000;
/** Names of fields that are shown. */
const MAX_NAMES = 15;

/**
 * The articles in records, one at a time.
 *
 * @throws PilcrowError `not-articles` where no record has text, and for names in `input.map` that no record has
 */
export async function* readRecords(rows: Iterable<Row> | AsyncIterable<Row>, input: ReadInput, context: ReadContext): AsyncGenerator<ArticleDraft, void, undefined> {
  const tally = new Tally(input.name, ['record', 'records'], context);
  const { first, rest } = await sampled(rows);
  const sample = first.flatMap((row) => ('record' in row ? [row.record] : []));
  const reader = new RecordReader(input.map ?? {}, guess(sample, input, context), input.url);
  let found = false;
  let firstError: PilcrowError | null = null;
  let number = 0;
  for await (const row of rest) {
    number++;
    context.alive();
    if ('error' in row) {
      firstError ??= row.error;
      if (!found && number > HOPELESS) throw firstError;
      tally.fail(row.path, row.error);
      continue;
    }
    const draft = tally.draft(reader.entry(row.record, row.key ?? (number === 1 ? undefined : String(number))), row.path);
    if (draft === null) continue;
    found = true;
    yield draft;
  }
  if (sample.length > 0 && reader.unknownNames.length > 0) throw unknownFields(input.name, reader.unknownNames, sample);
  if (!found && tally.allRead) throw noArticles(input.name, sample);
  tally.end(null);
}

/** A field that is no text by its name, where that is so of all. */
function guess(sample: readonly JsonRecord[], { name, map }: ReadInput, context: ReadContext): string | null {
  if (map?.text !== undefined || sample.some((record) => new Fields(record).named('text') !== null)) return null;
  const guessed = longestText(sample);
  if (guessed !== null) context.warn(`${name}: no field is called text or the like, so the longest is taken for it: ${guessed}${othersThan(guessed, sample, map ?? {})}`);
  return guessed;
}

/** What became of the fields beside a guessed text: the guess is right or wrong at a glance, and what `map` may name. */
function othersThan(guessed: string, sample: readonly JsonRecord[], map: FieldMap): string {
  const roles = new Map<string, Set<string>>();
  for (const record of sample) {
    const fields = new Fields(record);
    for (const field of FIELD_NAMES) {
      const given = map[field];
      const name = given === undefined ? fields.named(field)?.name : fields.nameOf(given);
      if (field !== 'text' && name !== undefined) roles.set(name, (roles.get(name) ?? new Set()).add(field));
    }
  }
  const read = [...roles].map(([name, fields]) => (fields.has(name) && fields.size === 1 ? name : `${name} (${[...fields].join(', ')})`));
  const unused = fieldNames(sample).filter((name) => name !== guessed && !roles.has(name) && !roles.has(name.slice(0, name.indexOf('.'))));
  return (read.length === 0 ? '' : `; read as well: ${shown(read)}`) + (unused.length === 0 ? '' : `; not used: ${shown(unused)}`);
}

async function sampled(rows: Iterable<Row> | AsyncIterable<Row>): Promise<{ first: readonly Row[]; rest: AsyncIterable<Row> }> {
  const iterator = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]();
  const first: Row[] = [];
  let done = false;
  while (!done && first.length < SAMPLE) {
    const next = await iterator.next();
    if (next.done === true) done = true;
    else first.push(next.value);
  }
  async function* all(): AsyncGenerator<Row, void, undefined> {
    yield* first;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  }
  return { first, rest: all() };
}

/** For records of which none has text. */
function noArticles(name: string, sample: readonly JsonRecord[]): PilcrowError {
  if (sample.length === 0) return new PilcrowError('not-articles', `${name} holds no articles: there are no records in it`);
  const map = 'name the field that is the text, if one is: --map text=FIELD';
  const hasAddresses = /\.[ct]sv$/i.test(name) && sample.some((record) => /^https?:/i.test(String(new Fields(record).named('url')?.value)));
  const hint = hasAddresses ? `read the pages that it lists with --follow, where it is named itself, or ${map}` : map;
  return new PilcrowError('not-articles', `${name} holds no articles: none of its records' fields is text: ${shown(fieldNames(sample))}`, hint);
}

function unknownFields(name: string, unknown: readonly string[], sample: readonly JsonRecord[]): PilcrowError {
  return new PilcrowError('not-articles', `${name} has no field ${shown(unknown)}`, `its fields are ${shown(fieldNames(sample))}`);
}

/** Names as they are told. */
export function shown(names: readonly string[]): string {
  const each = names.slice(0, MAX_NAMES).map((name) => (name.length > 40 ? `${name.slice(0, 39)}…` : name));
  return names.length > MAX_NAMES ? `${each.join(', ')} and ${names.length - MAX_NAMES} more` : each.join(', ');
}
