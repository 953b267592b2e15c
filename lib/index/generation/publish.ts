import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOfFile } from '../../digest';
import { currentId } from './generation';
import { GENERATION_FILES, indexLayout } from './layout';
import type { Manifest } from './manifest';
import { storageError } from '../store/storage-errors';

/** Folders of generations in the making and files on their way to be `current`: the pid tells whose. */
const STAGING = /^\.building-(\d+)-/;
const CURRENT_IN_MAKING = /^current\.(\d+)-/;
/** Generations kept beside the current one: enough to go back, at three times the disk. */
const KEPT_BEFORE_CURRENT = 2;

/** Sorts by time of publication, to the millisecond; the random part keeps two runs at once apart. */
export function newGenerationId(now: Date): string {
  return `${now.toISOString().replace(/[-:.]/g, '')}-${randomBytes(3).toString('hex')}`;
}

/**
 * A folder to write a generation in; what runs that died left behind is removed on the way.
 * @throws PilcrowError `index-unwritable`
 */
export async function createStaging(indexDir: string): Promise<string> {
  const layout = indexLayout(indexDir);
  const directory = join(layout.generations, `.building-${process.pid}-${randomBytes(3).toString('hex')}`);
  try {
    await mkdir(layout.generations, { recursive: true });
    await removeLeftovers(layout.generations, STAGING);
    await removeLeftovers(layout.directory, CURRENT_IN_MAKING);
    await mkdir(directory);
  } catch (error) {
    throw storageError(error, layout.directory);
  }
  return directory;
}

/** Sizes and hashes of the finished files, for the manifest. */
export async function describeFiles(directory: string): Promise<Manifest['files']> {
  const described = await Promise.all(
    GENERATION_FILES.map(async (name) => {
      const path = join(directory, name);
      await syncPath(path);
      return [name, { bytes: (await stat(path)).size, sha256: await digestOfFile(path) }] as const;
    }),
  );
  return Object.fromEntries(described) as Manifest['files'];
}

/** Names the generation in use, by rename: a reader finds the old id or the new one. */
export async function setCurrent(indexDir: string, id: string): Promise<void> {
  const layout = indexLayout(indexDir);
  const temporary = `${layout.current}.${process.pid}-${randomBytes(3).toString('hex')}`;
  await writeFile(temporary, `${id}\n`);
  await syncPath(temporary);
  await rename(temporary, layout.current);
  await syncPath(layout.directory);
}

/** Removes generations beyond those kept. */
export async function prune(indexDir: string): Promise<void> {
  const { generations } = indexLayout(indexDir);
  const current = await currentId(indexDir);
  const older = (await readdir(generations)).filter((name) => !STAGING.test(name) && current !== null && name < current);
  for (const name of older.sort().reverse().slice(KEPT_BEFORE_CURRENT)) await remove(join(generations, name));
}

export async function remove(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
}

export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function removeLeftovers(directory: string, pattern: RegExp): Promise<void> {
  for (const name of await readdir(directory)) {
    const pid = pattern.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) await remove(join(directory, name));
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Someone else's process may not be signalled, but it runs.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
