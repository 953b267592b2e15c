import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import Database from 'better-sqlite3';
import { indexLayout } from '../generation/layout';
import { HIDDEN_GENERATION } from '../generation/publish';
import { currentWriter } from '../generation/writer-lock';
import { isDamagedDatabase } from '../store/storage-errors';
import { Findings } from './findings';

/** How long another process may keep the cache to itself, in milliseconds. */
const PATIENCE_MS = 5_000;

/** What lies around the generations and is not as it should be; none of it keeps anybody from searching. */
export async function directoryRemarks(indexDir: string): Promise<string[]> {
  const { generations, embeddings } = indexLayout(indexDir);
  const cache = cacheRemark(embeddings);
  const hidden = (await readdir(generations).catch(() => [])).filter((name) => HIDDEN_GENERATION.test(name));
  // A run that is at work has things in the making. It may have ended since, so it is asked last.
  const areLeftovers = hidden.length > 0 && currentWriter(indexDir) === null;
  return [...(cache === null ? [] : [cache]), ...(areLeftovers ? [leftovers(hidden)] : [])];
}

function leftovers(names: readonly string[]): string {
  const findings = new Findings();
  for (const name of names) findings.remark('there are leftovers of runs that ended early, which the next run removes', name);
  return findings.outcome().detail ?? '';
}

function cacheRemark(path: string): string | null {
  if (!existsSync(path)) return null;
  let db: Database.Database | null = null;
  try {
    // Not read-only: such a connection would leave the files of the write-ahead log behind.
    db = new Database(path, { fileMustExist: true, timeout: PATIENCE_MS });
    db.pragma('query_only = true');
    return db.pragma('quick_check(1)', { simple: true }) === 'ok' ? null : DAMAGED_CACHE;
  } catch (error) {
    if (isDamagedDatabase(error)) return DAMAGED_CACHE;
    return `the embedding cache cannot be looked at: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    db?.close();
  }
}

const DAMAGED_CACHE = 'the embedding cache is damaged: the next run that comes upon it puts it aside and embeds anew what it needs';
