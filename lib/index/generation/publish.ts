import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { digestOfFile } from '../../digest';
import { GENERATION_FILES, indexLayout } from './layout';
import type { Manifest } from './manifest';
import { storageError } from '../store/storage-errors';

const GENERATION_ID = /^\d{8}T\d{9}Z-[0-9a-f]{6}$/;
/** What is hidden while it is made or removed, by the folder it lies in. */
export const HIDDEN_GENERATION = /^\.(building|removing)-/;
const IN_MAKING = /^(current|writer\.json)\.\d+-/;

/** Sorts by time of publication, to the millisecond; the random part keeps two runs at once apart. */
export function newGenerationId(now: Date): string {
  return `${now.toISOString().replace(/[-:.]/g, '')}-${randomBytes(3).toString('hex')}`;
}

/** Whether a name is one of those above; whatever else lies in the folder of generations is not ours. */
export function isGenerationId(name: string): boolean {
  return GENERATION_ID.test(name);
}

/**
 * A folder to write a generation in. For whoever holds the writer lock.
 * @throws PilcrowError `index-unwritable`
 */
export async function createStaging(indexDir: string): Promise<string> {
  const layout = indexLayout(indexDir);
  const directory = join(layout.generations, `.building-${process.pid}-${randomBytes(3).toString('hex')}`);
  try {
    await mkdir(layout.generations, { recursive: true });
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
  const { current } = indexLayout(indexDir);
  await replaceFile(current, `${current}.${process.pid}-${randomBytes(3).toString('hex')}`, `${id}\n`);
}

/**
 * Puts a text in a file's place: a reader, and whoever looks after a power cut, finds the old one or the new one.
 * @param temporary where it is written, in the same folder
 */
export async function replaceFile(path: string, temporary: string, text: string): Promise<void> {
  await writeFile(temporary, text);
  await syncPath(temporary);
  await rename(temporary, path);
  await syncPath(dirname(path));
}

/**
 * Removes what runs that died left behind. For whoever holds the writer lock: nobody else is making anything,
 * so it is all left over, whatever process its name tells of.
 * @throws what the first that could not be removed threw, when all the others are gone
 */
export async function removeLeftovers(indexDir: string): Promise<void> {
  const { directory, generations } = indexLayout(indexDir);
  const paths = [...(await matching(generations, HIDDEN_GENERATION)), ...(await matching(directory, IN_MAKING))];
  const outcomes = await Promise.allSettled(paths.map(remove));
  const failed = outcomes.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
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

async function matching(directory: string, pattern: RegExp): Promise<string[]> {
  const names = await readdir(directory).catch(() => []);
  return names.filter((name) => pattern.test(name)).map((name) => join(directory, name));
}
