import { existsSync, realpathSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import { PilcrowError } from '../../errors';
import { isIgnoredName } from './ignored';
import { hasKnownExtension } from '../reading/detect';
import { formatUnknown } from '../reading/registry';

/** A file or folder that was named to be indexed, and that the index remembers. */
export interface Source {
  /** Absolute, without symbolic links. */
  path: string;
  /** The name it goes by; first part of `Article.source`, unique among sources, never changed later. */
  label: string;
}

/**
 * The remembered sources and after them the newly named ones. What a remembered source contains already is
 * not added again.
 *
 * @param remembered in the order they were added
 * @param named paths as they were typed, relative to `cwd`
 * @throws PilcrowError `source-not-found`, `source-unreadable`, or `format-unknown` for a file that no
 *   reader knows
 */
export function addSources(remembered: readonly Source[], named: readonly string[], cwd: string): Source[] {
  const sources = [...remembered];
  for (const name of named) {
    const path = realPath(name, cwd);
    if (sources.some((source) => covers(source, path))) continue;
    sources.push({ path, label: uniqueLabel(path, sources.map((source) => source.label)) });
  }
  return sources;
}

/** Whether a walk of the source comes by the file or folder at `path` (absolute, real). */
export function covers(source: Source, path: string): boolean {
  const below = pathBelow(source.path, path);
  return below !== null && !below.some(isIgnoredName);
}

/** Parts of the path from a folder down to `path`; null when it is not in that folder. */
export function pathBelow(folder: string, path: string): string[] | null {
  const way = relative(folder, path);
  if (way === '') return [];
  const parts = way.split(sep);
  // on Windows, another drive's path stays absolute
  return parts[0] === '..' || resolve(folder, way) === way ? null : parts;
}

function realPath(name: string, cwd: string): string {
  if (name.trim() === '') throw new PilcrowError('usage', 'a source has no name', 'name a file or folder');
  const wanted = resolve(cwd, name);
  let path: string;
  let stats: Stats;
  try {
    path = realpathSync.native(wanted);
    stats = statSync(path);
  } catch (cause) {
    throw cannotOpen(name, wanted, cause);
  }
  if (!stats.isDirectory() && !stats.isFile()) {
    throw new PilcrowError('source-unreadable', `${name} is neither a file nor a folder`, 'name a file or folder');
  }
  if (stats.isFile() && !hasKnownExtension(path)) throw formatUnknown(name);
  return path;
}

function cannotOpen(name: string, wanted: string, cause: unknown): PilcrowError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
  if (['EACCES', 'EPERM', 'EIO', 'ELOOP'].includes(code)) {
    return new PilcrowError('source-unreadable', `${name} cannot be opened (${code})`, 'check its permissions', { cause });
  }
  return new PilcrowError('source-not-found', `${name} does not exist`, `the nearest folder that does is ${nearestFolder(wanted)}`, { cause });
}

function nearestFolder(path: string): string {
  let folder = dirname(path);
  while (!existsSync(folder) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

/**
 * The base name, lengthened by parent folders until no label equals another or is the beginning of its
 * path: `b` with a file `posts/x.md` and `b/posts` with a file `x.md` would make two articles of one source.
 */
function uniqueLabel(path: string, taken: readonly string[]): string {
  const parts = path.split(/[/\\]/).filter((part) => part !== '' && !/^[a-z]:$/i.test(part));
  for (let count = 1; count <= parts.length; count++) {
    const label = parts.slice(-count).join('/');
    if (taken.every((other) => !overlaps(label, other))) return label;
  }
  const base = basename(path) || 'root';
  let number = 1;
  const numbered = (): string => (number === 1 ? base : `${base}-${number}`);
  while (taken.some((other) => overlaps(numbered(), other))) number++;
  return numbered();
}

function overlaps(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}
