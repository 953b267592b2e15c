import { setImmediate as nextTurn } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import { articleText, authorsOf, type Article } from '../../article';
import { articleHash } from '../store/article-hash';
import { PassageStore, type ArticleDetails, type KnownArticle, type StoredPassage } from '../store/passage-store';
import { foldKey, wordsIn, wordsKey } from '../store/schema';
import type { PassageDetails } from '../store/sentences';
import { Findings, type Finding } from './findings';

/** Articles after which others get their turn. */
const TURN = 100;

/**
 * What belongs together across tables, as what is wrong and a query for the places where it is. `several`
 * has the articles of several passages, `named` passages with their ids.
 */
const RULES: readonly (readonly [what: string, query: string])[] = [
  ['articles without a passage', 'SELECT id FROM articles a WHERE NOT EXISTS (SELECT 1 FROM passages p WHERE p.article = a.row)'],
  // The embedding cache is swept by these keys.
  ['passages whose embedding has no key', 'SELECT name FROM named JOIN passage_details d ON d.row = named.row WHERE length(d.embedding) <> 16'],
  ['articles whose file is not known', 'SELECT source FROM articles a WHERE EXISTS (SELECT 1 FROM files) AND NOT EXISTS (SELECT 1 FROM files f WHERE f.source = coalesce(a.file, a.source))'],
  ['passages that full-text search does not have', 'SELECT name FROM named WHERE NOT EXISTS (SELECT 1 FROM lexical_docsize l WHERE l.id = named.row)'],
  ['rows of full-text search without a passage', "SELECT 'row ' || id FROM lexical_docsize l WHERE NOT EXISTS (SELECT 1 FROM passages p WHERE p.row = l.id)"],
  ['passages without what ranking looks at', 'SELECT name FROM named WHERE NOT EXISTS (SELECT 1 FROM passage_details d WHERE d.row = named.row)'],
  ['details of passages that are not there', "SELECT 'row ' || row FROM passage_details d WHERE NOT EXISTS (SELECT 1 FROM passages p WHERE p.row = d.row)"],
  [
    'passages whose details are of another article',
    'SELECT name FROM named JOIN passage_details d ON d.row = named.row LEFT JOIN several s ON s.article = named.article WHERE d.article IS NOT s.article',
  ],
  ['articles of several passages without their details', 'SELECT id FROM several s JOIN articles a ON a.row = s.article WHERE NOT EXISTS (SELECT 1 FROM article_details d WHERE d.article = s.article)'],
  ['details of articles that have no several passages', "SELECT 'row ' || article FROM article_details d WHERE NOT EXISTS (SELECT 1 FROM several s WHERE s.article = d.article)"],
];

const WITH = `
  WITH several AS MATERIALIZED (SELECT article FROM passages GROUP BY article HAVING count(*) > 1),
       named AS (SELECT p.row, p.article, coalesce(a.id || '.p' || p.ordinal, 'row ' || p.row) AS name FROM passages p LEFT JOIN articles a ON a.row = p.article)`;

/**
 * Whether what is stored of articles and passages is what was once written, and belongs together: what
 * SQLite cannot know. One article is in memory at a time.
 *
 * @param db open on the same file
 * @param step called before each article; what it throws ends the check
 */
export async function checkPassages(db: Database.Database, path: string, dimensions: number, step: () => void): Promise<Finding> {
  const store = new PassageStore(path);
  try {
    return await check(db, store, dimensions, step);
  } finally {
    store.close();
  }
}

async function check(db: Database.Database, store: PassageStore, dimensions: number, step: () => void): Promise<Finding> {
  const findings = new Findings();
  for (const [what, query] of RULES) {
    for (const place of db.prepare<[], string>(`${WITH} ${query}`).pluck().iterate()) findings.fail(what, place);
  }
  const terms = termsIn(db);
  if (terms !== store.termCount()) findings.fail(`full-text search has ${terms} terms instead of ${store.termCount()}`);
  const averages = averagesOf(db);
  const { passages } = store.counts();
  if (averages.rows !== passages || averages.terms !== terms) findings.fail(`full-text search reckons with ${averages.terms} terms in ${averages.rows} passages instead of ${terms} in ${passages}`);
  const keysOf = filterKeys(db);
  let count = 0;
  for (const known of store.knownArticles()) {
    step();
    for (const [what, place] of faultsOf(store, known, keysOf(known.row), dimensions)) findings.fail(what, place);
    if (++count % TURN === 0) await nextTurn();
  }
  return findings.outcome();
}

/** Everything wrong with one article: what, and where. */
function* faultsOf(store: PassageStore, { row, id, hash }: KnownArticle, keys: string, dimensions: number): Generator<readonly [string, string]> {
  const article = readable(() => store.article(id));
  if (article === null) {
    yield ['articles whose text cannot be read', id];
    return;
  }
  if (!articleHash(article).equals(hash)) yield ['articles that have changed since they were indexed', id];
  if (keys !== expectedKeys(article)) yield ['articles that filters know otherwise', id];
  const passages = store.passagesOf(id);
  if (!isCutFrom(articleText(article), passages)) yield ['articles whose passages are not their text', id];
  for (const passage of passages) {
    // One that is missing has been told by the rules.
    if (!isSound(() => store.details(passage.row), (details) => isDetailsOf(details, passage, dimensions))) {
      yield ['passages whose details cannot be read', passage.id];
    }
  }
  if (!isSound(() => store.articleDetails(row), (details) => isSoundArticle(details, dimensions))) yield ['articles whose details cannot be read', id];
}

/** Every character that is not white space lies in exactly one passage, in order. */
function isCutFrom(text: string, passages: readonly StoredPassage[]): boolean {
  let end = 0;
  for (const [i, passage] of passages.entries()) {
    const isNext = passage.ordinal === i + 1 && passage.start >= end && passage.end > passage.start && text.slice(end, passage.start).trim() === '';
    if (!isNext || text.slice(passage.start, passage.end) !== passage.text) return false;
    end = passage.end;
  }
  return text.slice(end).trim() === '';
}

function isDetailsOf({ ranges, termEnds, terms, vectors }: PassageDetails, { text }: StoredPassage, dimensions: number): boolean {
  return (
    vectors.values.length === vectors.scales.length * dimensions &&
    vectors.scales.every((scale) => scale >= 0 && scale < Infinity) &&
    (termEnds.at(-1) ?? 0) === terms.length &&
    ranges.every((offset, i) => offset <= text.length && offset >= (ranges[i - 1] ?? 0))
  );
}

function isSoundArticle({ terms: { hashes, counts }, centroid }: ArticleDetails, dimensions: number): boolean {
  return centroid.length === dimensions && centroid.every(Number.isFinite) && hashes.length === counts.length && hashes.every((hash, i) => i === 0 || hash > (hashes[i - 1] ?? 0));
}

/** Nothing there is sound; what cannot be decoded is not. */
function isSound<T>(read: () => T | null, holds: (value: T) => boolean): boolean {
  try {
    const value = read();
    return value === null || holds(value);
  } catch (error) {
    // A blob of another length than its views need.
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** @returns null for what is stored in another form than JSON */
function readable(read: () => Article | null): Article | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** What filters and orders compare with, in a form that can itself be compared. */
function filterKeys(db: Database.Database): (row: number) => string {
  const tags = db.prepare<[number], string>('SELECT tag FROM article_tags WHERE article = ?').pluck();
  const authors = db.prepare<[number], string>('SELECT author FROM article_authors WHERE article = ?').pluck();
  const others = db.prepare<[number], [string | null, string, string, number]>('SELECT language_key, title_key, author_key, words FROM articles WHERE row = ?').raw();
  return (row) => JSON.stringify([tags.all(row).sort(), authors.all(row).sort(), ...(others.get(row) ?? [])]);
}

function expectedKeys({ title, tags, author, language, paragraphs }: Article): string {
  const folded = (names: readonly string[]) => [...new Set(names.map(foldKey))].sort();
  return JSON.stringify([folded(tags), folded(authorsOf(author)), language === null ? null : foldKey(language), wordsKey(title), wordsKey(author), wordsIn(paragraphs)]);
}

/** Terms of all passages as FTS5 counted them: a row for each passage, a number for each column. */
function termsIn(db: Database.Database): number {
  let sum = 0;
  for (const sizes of db.prepare<[], Buffer>('SELECT sz FROM lexical_docsize').pluck().iterate()) {
    for (const size of varints(sizes)) sum += size;
  }
  return sum;
}

/** What FTS5 reckons its averages with: rows, and terms in all of them. */
function averagesOf(db: Database.Database): { rows: number; terms: number } {
  const [rows = 0, ...columns] = varints(db.prepare<[], Buffer>('SELECT block FROM lexical_data WHERE id = 1').pluck().get() ?? Buffer.alloc(0));
  return { rows, terms: columns.reduce((sum, terms) => sum + terms, 0) };
}

/** SQLite's numbers of seven bits a byte, the highest first. */
function varints(bytes: Buffer): number[] {
  const numbers: number[] = [];
  let number = 0;
  for (const byte of bytes) {
    number = number * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    numbers.push(number);
    number = 0;
  }
  return numbers;
}
