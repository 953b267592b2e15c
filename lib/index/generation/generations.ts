import { accessSync, constants, existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { asPilcrowError } from '../../errors';
import { currentId, generationDirectory, indexMissing } from './generation';
import { generationIds } from './ids';
import { GENERATION_FILES, generationLayout } from './layout';
import { damaged, otherTerms, readManifest, type Manifest } from './manifest';

/** What stands in the folder of generations: those published, seen from outside. */
export interface GenerationSummary {
  id: string;
  current: boolean;
  /** ISO 8601, UTC. Null, like all that only the manifest tells, where that cannot be read. */
  createdAt: string | null;
  /** The generation that was current when this one was made. */
  parent: string | null;
  articles: number | null;
  passages: number | null;
  /** On disk. */
  bytes: number;
  model: { id: string; dimensions: number } | null;
  changes: Manifest['changes'] | null;
  /** `other-format`: whole, but of a version of Pilcrow whose terms or tables this one does not read. */
  state: 'ok' | 'damaged' | 'other-format';
  /** Why its state is not `ok`: one line. */
  problem: string | null;
  /** Null where that cannot be found out: its files may not be written. */
  beingRead: boolean | null;
}

/**
 * Every generation, newest first. Their state is what manifests and sizes say: hashes would mean reading
 * everything.
 * @throws PilcrowError `index-missing`
 */
export async function listGenerations(indexDir: string): Promise<GenerationSummary[]> {
  // A `current` that names nothing is no reason to be silent about what there is.
  const current = await currentId(indexDir).catch(() => null);
  const ids = new Set(await generationIds(indexDir));
  if (current !== null) ids.add(current);
  if (ids.size === 0) throw indexMissing(indexDir);
  const newestFirst = [...ids].sort().reverse();
  const all = await Promise.all(newestFirst.map((id) => summarise(generationDirectory(indexDir, id), id, id === current)));
  return all.filter((summary) => summary !== null);
}

/** Those that a rollback would try, best first: the one that the current came from, then the next older ones. */
export function rollbackCandidates(generations: readonly GenerationSummary[]): GenerationSummary[] {
  const current = generations.find((one) => one.current);
  if (current === undefined) return [...generations];
  const older = generations.filter(({ id }) => id < current.id && id !== current.parent);
  return [...generations.filter((one) => one !== current && one.id === current.parent), ...older];
}

/** @returns what a rollback would most likely go to: it opens and verifies it first; null when there is nothing */
export function rollbackTarget(generations: readonly GenerationSummary[]): GenerationSummary | null {
  return rollbackCandidates(generations).find(({ state }) => state === 'ok') ?? null;
}

/** @returns null for one that has been removed meanwhile */
async function summarise(directory: string, id: string, current: boolean): Promise<GenerationSummary | null> {
  let manifest: Manifest | null = null;
  let state: GenerationSummary['state'] = 'ok';
  let problem: string | null = null;
  try {
    manifest = await readManifest(directory, id);
    await compareSizes(directory, id, manifest);
    const refused = otherTerms(manifest);
    if (refused !== null) throw refused;
  } catch (thrown) {
    const error = asPilcrowError(thrown);
    state = error.code === 'index-format' ? 'other-format' : 'damaged';
    problem = error.message;
  }
  const bytes = await sizeOf(directory);
  if (bytes === null && !current) return null;
  return {
    id,
    current,
    createdAt: manifest?.createdAt ?? null,
    parent: manifest?.parent ?? null,
    articles: manifest?.counts.articles ?? null,
    passages: manifest?.counts.passages ?? null,
    bytes: bytes ?? 0,
    model: manifest === null ? null : { id: manifest.model.id, dimensions: manifest.model.dimensions },
    changes: manifest?.changes ?? null,
    state,
    problem,
    beingRead: isBeingRead(generationLayout(directory).passages),
  };
}

/** @throws PilcrowError `index-damaged` */
async function compareSizes(directory: string, id: string, manifest: Manifest): Promise<void> {
  if (manifest.id !== id) throw damaged(id, `its manifest is that of ${manifest.id}`);
  for (const name of GENERATION_FILES) {
    const expected = manifest.files[name].bytes;
    const bytes = await stat(join(directory, name)).then(({ size }) => size, (cause: unknown) => { throw damaged(id, `${name} is missing`, cause); });
    if (bytes !== expected) throw damaged(id, `${name} has ${bytes} bytes instead of ${expected}`);
  }
}

/** @returns null when there is no such folder */
async function sizeOf(directory: string): Promise<number | null> {
  const names = await readdir(directory).catch(() => null);
  if (names === null) return null;
  const sizes = await Promise.all(names.map((name) => stat(join(directory, name)).then(({ size }) => size, () => 0)));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * Readers hold a transaction, thus a lock of the operating system, that whoever wants the file for itself
 * runs into, and that ends with its process. Only SQLite may ask: a process that opens and closes the file
 * by other means lets go of every lock it has on it itself.
 */
function isBeingRead(passages: string): boolean | null {
  if (!existsSync(passages)) return false;
  let db: Database.Database | null = null;
  try {
    // Where it may not write SQLite makes do with reading, and finds out nothing.
    accessSync(passages, constants.W_OK);
    db = new Database(passages, { fileMustExist: true, timeout: 0 });
    db.exec('BEGIN EXCLUSIVE; ROLLBACK');
    return false;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code.startsWith('SQLITE_BUSY')) return true;
    return code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT' ? false : null;
  } finally {
    db?.close();
  }
}
