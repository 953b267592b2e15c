import Database from 'better-sqlite3';
import { PilcrowError } from '../../errors';
import type { ArticleName } from '../types';
import { currentId, generationDirectory, indexMissing, type Generation } from './generation';
import { generationLayout } from './layout';
import { readManifest } from './manifest';
import { generationIds, generationNamed, SEE_GENERATIONS } from './ids';

/** An article as a person knows it. */
export interface TitledArticle extends ArticleName {
  title: string;
}

/** Passages by their texts; one that only moved within its article is the same. */
export interface PassageChanges {
  added: number;
  removed: number;
  same: number;
}

/** Which articles differ between two generations, each list by source. */
export interface ArticleChanges {
  added: TitledArticle[];
  removed: TitledArticle[];
  /** Other content at the same place; with the same passages where only date, tags and the like are new. */
  changed: (TitledArticle & { passages: PassageChanges })[];
  /** The same content at another place. */
  moved: (TitledArticle & { from: ArticleName })[];
  unchanged: number;
}

/** Two generations by id. */
export interface GenerationPair {
  from: string;
  to: string;
}

/**
 * Finds the two generations that are to be compared.
 * @param from beginning of an id; by default the parent of `to`, or the next older one that is there
 * @param to beginning of an id; by default the current generation
 * @throws PilcrowError `generation-not-found`, `usage` when several ids begin like that, `index-missing`, `index-damaged`
 */
export async function findGenerations(indexDir: string, from?: string, to?: string): Promise<GenerationPair> {
  const current = await currentId(indexDir);
  if (current === null) throw indexMissing(indexDir);
  const ids = await generationIds(indexDir);
  const newer = to === undefined ? current : generationNamed(ids, to);
  return { from: from === undefined ? await before(indexDir, newer, ids) : generationNamed(ids, from), to: newer };
}

/**
 * Compares the articles of two generations. SQLite does it, in a connection of its own that sees both: what is held
 * in memory is what differs.
 */
export function diffArticles(indexDir: string, from: Generation, to: Generation): ArticleChanges {
  const passagesOf = ({ id }: Generation) => generationLayout(generationDirectory(indexDir, id)).passages;
  const db = new Database(passagesOf(to), { readonly: true, fileMustExist: true });
  try {
    db.prepare('ATTACH ? AS older').run(passagesOf(from));
    const changes: ArticleChanges = { added: [], removed: [], changed: [], moved: [], unchanged: 0 };
    for (const { id, source, title, oldId, oldSource, oldTitle } of db.prepare<[], Row>(ELSEWHERE).iterate()) {
      if (id === null) changes.removed.push({ id: oldId, source: oldSource, title: oldTitle });
      else if (oldId === null) changes.added.push({ id, source, title });
      else changes.moved.push({ id, source, title, from: { id: oldId, source: oldSource } });
    }
    for (const article of db.prepare<[], TitledArticle>(CHANGED).iterate()) {
      changes.changed.push({ ...article, passages: diffPassages(textsOf(from, article.id), textsOf(to, article.id)) });
    }
    changes.unchanged = db.prepare<[], number>(UNCHANGED).pluck().get() ?? 0;
    return changes;
  } finally {
    db.close();
  }
}

/** Of the two generations, which has an article that the other has not by this id: never neither. */
type Row = Named<'id', 'source', 'title'> & Nulls<'oldId' | 'oldSource' | 'oldTitle'>
  | Nulls<'id' | 'source' | 'title'> & Named<'oldId', 'oldSource', 'oldTitle'>
  | Named<'id', 'source', 'title'> & Named<'oldId', 'oldSource', 'oldTitle'>;
type Named<A extends string, B extends string, C extends string> = Record<A | B | C, string>;
type Nulls<Names extends string> = Record<Names, null>;

/** Articles whose id only one generation has; those of equal content are paired, in the order of their sources. */
const ELSEWHERE = `
  WITH fresh AS (
    SELECT id, source, title, hash, row_number() OVER (PARTITION BY hash ORDER BY source, id) AS nth
    FROM main.articles AS one WHERE NOT EXISTS (SELECT 1 FROM older.articles WHERE id = one.id)
  ), gone AS (
    SELECT id, source, title, hash, row_number() OVER (PARTITION BY hash ORDER BY source, id) AS nth
    FROM older.articles AS one WHERE NOT EXISTS (SELECT 1 FROM main.articles WHERE id = one.id)
  )
  SELECT fresh.id, fresh.source, fresh.title, gone.id AS oldId, gone.source AS oldSource, gone.title AS oldTitle
  FROM fresh FULL JOIN gone ON fresh.hash = gone.hash AND fresh.nth = gone.nth
  ORDER BY coalesce(fresh.source, gone.source), coalesce(fresh.id, gone.id)`;

const IN_BOTH = 'FROM main.articles AS now JOIN older.articles AS was ON was.id = now.id';
const CHANGED = `SELECT now.id, now.source, now.title ${IN_BOTH} WHERE was.hash <> now.hash ORDER BY now.source, now.id`;
const UNCHANGED = `SELECT count(*) ${IN_BOTH} WHERE was.hash = now.hash`;

function textsOf({ store }: Generation, articleId: string): string[] {
  return store.passagesOf(articleId).map(({ text }) => text);
}

function diffPassages(from: readonly string[], to: readonly string[]): PassageChanges {
  const left = new Map<string, number>();
  for (const text of from) left.set(text, (left.get(text) ?? 0) + 1);
  let same = 0;
  for (const text of to) {
    const count = left.get(text) ?? 0;
    if (count === 0) continue;
    left.set(text, count - 1);
    same++;
  }
  return { added: to.length - same, removed: from.length - same, same };
}

async function before(indexDir: string, id: string, ids: readonly string[]): Promise<string> {
  const { parent } = await readManifest(generationDirectory(indexDir, id));
  const older = parent !== null && ids.includes(parent) ? parent : ids.find((other) => other < id);
  if (older !== undefined) return older;
  throw new PilcrowError('generation-not-found', `there is no generation before ${id} to compare it with`, ids.length > 1 ? SEE_GENERATIONS : null);
}
