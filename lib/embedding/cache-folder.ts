import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { PilcrowError } from '../errors';

/** Where prepared and downloaded models are kept: PILCROW_CACHE_DIR, else the user's cache folder. */
export function cacheFolder(): string {
  const { PILCROW_CACHE_DIR: own, XDG_CACHE_HOME: shared } = process.env;
  if (own) return resolve(own);
  // The XDG specification wants a relative path to be ignored.
  if (shared && isAbsolute(shared)) return join(shared, 'pilcrow');
  return join(homedir(), '.cache', 'pilcrow');
}

/**
 * Writes a file of the cache so that no reader ever sees half of it: a temporary file beside it,
 * flushed to the disk, then renamed. Of two writers at once the last one wins.
 *
 * @throws PilcrowError `model-cache-unwritable`
 */
export async function writeToCache(path: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, 'wx');
    try {
      await writeFile(file, content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    if (!isFileSystemError(cause)) throw cause;
    throw new PilcrowError(
      'model-cache-unwritable',
      `cannot write to the model cache ${cacheFolder()} (${cause.code})`,
      'set PILCROW_CACHE_DIR to a folder that can be written to',
      { cause },
    );
  }
}

/** A failed system call, as against, say, a download that broke off while it was written. */
function isFileSystemError(thrown: unknown): thrown is NodeJS.ErrnoException {
  return thrown instanceof Error && 'syscall' in thrown && 'code' in thrown;
}
