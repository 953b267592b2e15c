import { getFileNameLowLevel, type Entry } from 'yauzl';

/**
 * The path of an entry, with `/`: marked as UTF-8 or not, what is valid UTF-8 beyond ASCII is read as that, since macOS
 * and others forget the mark and no name in another encoding comes out valid by chance; else it is code page 437, as
 * the format says. Backslashes are separators: old programs on Windows write them.
 */
export function entryPath(entry: Entry): string {
  const raw = entry.fileNameRaw;
  const name = getFileNameLowLevel(entry.generalPurposeBitFlag, raw, entry.extraFields, false);
  return (raw.some((byte) => byte > 0x7f) ? utf8(raw) ?? name : name).replaceAll('\\', '/').replace(/^(?:\.\/)+/, '').replace(/\/\.?(?=\/)/g, '');
}

/** Why nothing may be read under this path, or null: it must stay in the archive wherever it is unpacked. */
export function pathProblem(path: string): string | null {
  if (path.startsWith('/') || /^[a-z]:/i.test(path) || path.split('/').includes('..')) return 'its name leads out of the archive';
  return path === '' || /\p{Cc}/u.test(path) ? 'its name is none that a file can have' : null;
}

function utf8(raw: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw);
  } catch {
    return null;
  }
}
