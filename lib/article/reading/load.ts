import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { PilcrowError } from '../../errors';
import { MAX_FILE_BYTES, tooLarge, unreadable, type SourceFile } from '../sources/walk';

/** Windows has no such flag. */
const NON_BLOCKING = 'O_NONBLOCK' in constants ? constants.O_NONBLOCK : 0;

/**
 * A file's bytes, and the SHA-256 of them and of what says how they are read: as long as it is the same, so are the
 * articles. Synchronous: of many small files Node reads fifteen times as many this way.
 * @throws PilcrowError `source-unreadable`, `source-not-found`, `file-too-large`
 */
export function loadFile(file: SourceFile): { bytes: Uint8Array; hash: Buffer } {
  const bytes = file.content ?? contentOf(file.path);
  const hash = createHash('sha256').update(bytes);
  const { delivered, options } = file;
  if (delivered !== undefined || options !== undefined) hash.update(JSON.stringify([delivered, options]));
  return { bytes, hash: hash.digest() };
}

function contentOf(path: string): Uint8Array {
  let descriptor: number | null = null;
  try {
    // a pipe that took the file's place since it was listed would block without O_NONBLOCK
    descriptor = openSync(path, constants.O_RDONLY | NON_BLOCKING);
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw new PilcrowError('source-unreadable', `${path} is not a file any more`);
    if (stats.size > MAX_FILE_BYTES) throw tooLarge(path, stats.size);
    const bytes = readFileSync(descriptor);
    if (bytes.length > MAX_FILE_BYTES) throw tooLarge(path, bytes.length);
    return bytes;
  } catch (thrown) {
    throw thrown instanceof PilcrowError ? thrown : unreadable({ path }, thrown);
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}
