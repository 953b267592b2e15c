import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PilcrowError } from '../errors';
import { currentId, generationDirectory, openGeneration, sha256File } from './generation';
import { GENERATION_FILES, generationLayout, indexLayout } from './layout';
import type { Manifest } from './manifest';

const STAGING_PREFIX = '.building-';
/** A staging folder this old (ms) belongs to no living run. */
const STAGING_EXPIRY = 24 * 60 * 60 * 1000;
/** Generations kept beside the current one: enough to go back, at three times the disk. */
const KEPT_BEFORE_CURRENT = 2;

/** Sorts by time of creation, to the millisecond; the random part keeps two runs at once apart. */
export function newGenerationId(now: Date): string {
  return `${now.toISOString().replace(/[-:.]/g, '')}-${randomBytes(3).toString('hex')}`;
}

/**
 * A folder to write a generation in, out of every reader's sight until it is published.
 * @throws PilcrowError `index-unwritable`
 */
export async function createStaging(indexDir: string, id: string): Promise<string> {
  const layout = indexLayout(indexDir);
  const directory = join(layout.generations, STAGING_PREFIX + id);
  try {
    await mkdir(directory, { recursive: true });
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new PilcrowError('index-unwritable', `the index cannot be written at ${layout.directory}${reason}`, 'name another folder with --index-dir', { cause });
  }
  return directory;
}

/** Sizes and hashes of the finished files, for the manifest. */
export async function describeFiles(directory: string): Promise<Manifest['files']> {
  const described = await Promise.all(
    GENERATION_FILES.map(async (name) => {
      const path = join(directory, name);
      await syncPath(path);
      return [name, { bytes: (await stat(path)).size, sha256: await sha256File(path) }] as const;
    }),
  );
  return Object.fromEntries(described) as Manifest['files'];
}

/**
 * Makes a staged generation the current one: everything on disk first, then verified as any reader
 * would, then two renames. A crash before the last of them leaves the old generation in use.
 */
export async function publish(indexDir: string, staging: string, manifest: Manifest): Promise<void> {
  const layout = indexLayout(indexDir);
  await writeFile(generationLayout(staging).manifest, `${JSON.stringify(manifest, null, 2)}\n`);
  await syncPath(generationLayout(staging).manifest);
  await syncPath(staging);
  const target = generationDirectory(indexDir, manifest.id);
  await rename(staging, target);
  await syncPath(layout.generations);
  (await openGeneration(target)).close();
  await setCurrent(indexDir, manifest.id);
}

async function setCurrent(indexDir: string, id: string): Promise<void> {
  const layout = indexLayout(indexDir);
  const temporary = `${layout.current}.${process.pid}-${randomBytes(3).toString('hex')}`;
  await writeFile(temporary, `${id}\n`);
  await syncPath(temporary);
  await rename(temporary, layout.current);
  await syncPath(layout.directory);
}

/** Removes generations beyond those kept, and what runs that died left behind. */
export async function prune(indexDir: string): Promise<void> {
  const layout = indexLayout(indexDir);
  const current = await currentId(indexDir);
  const names = (await readdir(layout.generations)).sort().reverse();
  const older = names.filter((name) => !name.startsWith(STAGING_PREFIX) && current !== null && name < current);
  for (const name of older.slice(KEPT_BEFORE_CURRENT)) await remove(join(layout.generations, name));
  for (const name of names.filter((candidate) => candidate.startsWith(STAGING_PREFIX))) {
    const path = join(layout.generations, name);
    const age = Date.now() - (await stat(path).then((s) => s.mtimeMs, () => Date.now()));
    if (age > STAGING_EXPIRY) await remove(path);
  }
}

export async function remove(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
}

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
