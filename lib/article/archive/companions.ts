import { PilcrowError } from '../../errors';
import { textIn } from '../data/field-values';
import { Fields } from '../data/fields';
import type { JsonRecord } from '../data/json-text';
import { RecordReader } from '../data/record-entry';
import { extensionOf } from '../reading/detect';
import { canBeTitle } from '../title';
import type { FieldMap, Metadata, ReadContext } from '../types';
import type { Archive, ArchiveEntry } from './archive';
import { DocumentNames } from './document-names';
import { tableRows } from './tables';

/** What an archive says of one of its files. */
export type About = Omit<Metadata, 'title'> & { title: string | null };

/** What tables in an archive say of its other files: exports keep texts in one place, and titles and dates in another. */
export interface Companions {
  /** By the path of the file that it is said of. */
  about: ReadonlyMap<string, About>;
  /** Numbers of the rows that say it, from 0, by the path of their table. */
  rows: ReadonlyMap<string, ReadonlySet<number>>;
}

const TABLES = new Set(['.csv', '.tsv', '.json']);
/** What is said of 50,000 posts takes less; larger tables are read as they are. */
const MAX_TABLE_BYTES = 16 * 1024 * 1024;
/** Fields that may name a file, compared as all names of fields are. */
const NAMES = ['file', 'filename', 'filepath', 'path', 'slug', 'postid', 'id', 'uuid', 'key', 'name'];

/**
 * A table is a companion where none of its rows has a text and at least half of them name a file each that has one. Any
 * other table stays what it is.
 *
 * @param map names of fields that were given
 */
export async function findCompanions(archive: Archive, wanted: readonly ArchiveEntry[], map: FieldMap = {}, context: Pick<ReadContext, 'alive'>): Promise<Companions> {
  const about = new Map<string, About>();
  const rows = new Map<string, ReadonlySet<number>>();
  const readable = wanted.filter(({ problem }) => problem === null);
  const tables = readable.filter(({ path, size }) => TABLES.has(extensionOf(path)) && size <= MAX_TABLE_BYTES);
  const documents = new DocumentNames(tables.length === 0 ? [] : readable.map(({ path }) => path));
  for (const table of documents.size === 0 ? [] : tables) {
    context.alive();
    const described = await describedIn(archive, table, documents, map, context);
    const fresh = [...described ?? []].filter(([path]) => !about.has(path));
    if (fresh.length === 0) continue;
    for (const [path, row] of fresh) about.set(path, row.about);
    rows.set(table.path, new Set(fresh.map(([, { number }]) => number)));
  }
  return { about, rows };
}

/** What a table says of which files; null where it is no companion. */
async function describedIn(archive: Archive, table: ArchiveEntry, documents: DocumentNames, map: FieldMap, context: Pick<ReadContext, 'alive'>): Promise<Map<string, { about: About; number: number }> | null> {
  const described = new Map<string, { about: About; number: number }>();
  const { path } = table;
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const reader = new RecordReader(map, null, undefined);
  let number = 0;
  let naming = 0;
  try {
    const bytes = await archive.unpack(table);
    for await (const row of tableRows({ bytes, name: path }, { alive: () => context.alive(), warn: () => undefined }) ?? []) {
      if (!('record' in row)) continue;
      const fields = new Fields(row.record);
      if (hasText(fields, map)) return null;
      const about = aboutIn(reader, row.record, fields);
      const named = about === null ? null : fileNamed(fields, documents, folder);
      const at = number++;
      if (about === null || named === null || described.has(named)) continue;
      naming++;
      // A post that is heard has an empty page, and its row is all that there is of it.
      if (archive.find(named)?.size !== 0) described.set(named, { about, number: at });
    }
  } catch (thrown) {
    // Why it cannot be read is told when it is read by itself.
    if (thrown instanceof PilcrowError || thrown instanceof RangeError) return null;
    throw thrown;
  }
  return naming * 2 >= number ? described : null;
}

function hasText(fields: Fields, { text }: FieldMap): boolean {
  const found = text === undefined ? fields.named('text') : { name: text, value: fields.at(text) };
  return found !== null && (textIn(found)?.text.trim() ?? '') !== '';
}

function fileNamed(fields: Fields, documents: DocumentNames, folder: string): string | null {
  for (const field of NAMES) {
    const value = fields.at(field);
    const file = typeof value === 'string' || typeof value === 'number' ? documents.find(String(value).trim(), folder) : null;
    if (file !== null) return file;
  }
  return null;
}

/** Null where it says nothing. */
function aboutIn(reader: RecordReader, record: JsonRecord, fields: Fields): About | null {
  const { title, author, published, updated, language, url, tags } = reader.entry(record, undefined);
  // what was saved for later was changed there, and not by its author
  const isSaved = fields.at('savedat') !== undefined;
  const about = { title: title !== null && canBeTitle(title) ? title : null, author, published, updated: isSaved ? null : updated, language, url, tags };
  return about.title === null && author === null && published === null && url === null ? null : about;
}
