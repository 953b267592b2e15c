import { PilcrowError } from '../../errors';

const DAMAGED = new Set(['SQLITE_CORRUPT', 'SQLITE_NOTADB']);
const UNWRITABLE = new Set(['SQLITE_FULL', 'SQLITE_READONLY', 'SQLITE_CANTOPEN', 'SQLITE_PERM', 'ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO', 'EFBIG', 'ENOTDIR', 'EEXIST', 'EISDIR']);
/** What is wrong is space, not leave. */
const FULL = new Set(['SQLITE_FULL', 'ENOSPC', 'EDQUOT', 'EFBIG']);

/** Whether a database's content can no longer be trusted. */
export function isDamagedDatabase(thrown: unknown): boolean {
  // Extended codes (SQLITE_CORRUPT_VTAB) say where, their beginning says what.
  const [kind, what] = codeOf(thrown).split('_');
  return DAMAGED.has(`${kind ?? ''}_${what ?? ''}`);
}

/** A full, read-only or failing disk as an error that says so; anything else as it is. */
export function storageError(thrown: unknown, place: string): unknown {
  const code = codeOf(thrown);
  if (!UNWRITABLE.has(code) && !code.startsWith('SQLITE_IOERR')) return thrown;
  const isFull = FULL.has(code) || code.startsWith('SQLITE_IOERR');
  const hint = `${isFull ? 'free some space' : 'see to the folder’s permissions'} or name another folder with --index-dir`;
  return new PilcrowError('index-unwritable', `the index cannot be written at ${place} (${code})`, hint, { cause: thrown });
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
}
