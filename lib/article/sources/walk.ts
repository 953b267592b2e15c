import { existsSync, readdirSync, realpathSync, statSync, type Dirent, type Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { PilcrowError } from '../../errors';
import { hasKnownExtension, UNKNOWN_REASON } from '../reading/detect';
import type { FormatName } from '../reading/formats';
import type { FieldMap } from '../types';
import { IgnoreFiles } from './ignore-files';
import { covers, matches, pathBelow, type Source } from './source';

/** Largest file that is read, in bytes: files are held in memory, one at a time. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** Longest time without letting timers and signals have their turn, ms: the walk is synchronous for speed. */
const BREATH_MS = 15;

/** A file to be read as articles. */
export interface SourceFile {
  /** Absolute. */
  path: string;
  /** What it goes by in messages; its extension tells the format. */
  name: string;
  /** `Article.source` of what is in it, or the beginning of it. */
  source: string;
  bytes: number;
  /** It was named itself, not found in a folder. */
  isNamed?: boolean | undefined;
  /** Its bytes, where they are not in the file system. */
  content?: Uint8Array | undefined;
  /** Of what was fetched. */
  delivered?: { url: string; charset: string | undefined } | undefined;
  /** How it is to be read, where that was said. */
  options?: { format?: FormatName | undefined; map?: FieldMap | undefined } | undefined;
}

/** What people know a file by: its path, or the address it was fetched from. */
export function placeOf({ path, delivered }: SourceFile): string {
  return delivered?.url ?? path;
}

/** Passed over on purpose. */
export interface Skipped {
  kind: 'skipped';
  path: string;
  source: string;
  reason: string;
  /** Of a file that was looked into: what is wrong with it where it had articles before. */
  error?: PilcrowError | undefined;
}

/** Could not be read. Of a folder, nothing below it is known. */
export interface Failed {
  kind: 'failed';
  path: string;
  source: string;
  error: PilcrowError;
  /** What there was before is listed as a file: nothing is to be kept for the failure's sake. */
  isListed?: boolean | undefined;
}

export type Listed = { kind: 'file'; file: SourceFile } | Skipped | Failed;

/**
 * The files of a source, each folder's in the order of their names.
 *
 * Hidden files, node_modules, editors' temporary files and what a `.pilcrowignore` names are passed over in silence;
 * files of unknown format, special files and links that lead out of the source with a reason. A link to something
 * that the walk comes by anyway is skipped too, so that nothing is read twice, and nothing goes in circles.
 *
 * @param earlier sources that come before this one: what they contain is theirs
 */
export async function* listFiles(source: Source, earlier: readonly Source[] = []): AsyncGenerator<Listed, void, undefined> {
  const ignoreFiles = new IgnoreFiles();
  if (earlier.some((other) => other.options?.match === undefined && covers(other, source.path, ignoreFiles))) return;
  const root: Place = { path: source.path, real: source.path, source: source.label };
  const stats = look(root);
  if (stats instanceof PilcrowError) return yield failed(root, stats);
  const walk: Walk = { root: source, earlier, ignoreFiles, followed: new Set(), breathedAt: performance.now() };
  if (stats.isDirectory()) return yield* listFolder(root, walk);
  const listed = listFile(root, stats, source);
  yield listed.kind === 'file' ? { kind: 'file', file: { ...listed.file, isNamed: true } } : listed;
}

interface Place {
  /** As the walk came to it. */
  path: string;
  /** Without symbolic links. */
  real: string;
  source: string;
}

interface Walk {
  root: Source;
  earlier: readonly Source[];
  ignoreFiles: IgnoreFiles;
  /** Real paths that were reached by a link. */
  followed: Set<string>;
  breathedAt: number;
}

async function* listFolder(folder: Place, walk: Walk): AsyncGenerator<Listed, void, undefined> {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder.path, { withFileTypes: true });
  } catch (cause) {
    return yield failed(folder, unreadable(folder, cause));
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    await breathe(walk);
    const place = {
      path: join(folder.path, entry.name),
      real: join(folder.real, entry.name),
      source: `${folder.source}/${entry.name}`,
    };
    if (walk.ignoreFiles.passesOver(walk.root.path, place.path, entry.isDirectory())) continue;
    if (entry.isDirectory() && isIndex(place.path)) continue;
    yield* entry.isSymbolicLink() ? listLink(place, walk) : listEntry(place, walk);
  }
}

/** An index that lies among the articles: its files change with each run, and are no articles. */
function isIndex(folder: string): boolean {
  return existsSync(join(folder, 'writer.lock')) && existsSync(join(folder, 'generations'));
}

async function* listEntry(place: Place, walk: Walk): AsyncGenerator<Listed, void, undefined> {
  if (walk.followed.has(place.real)) return;
  yield* listTarget(place, walk);
}

async function* listTarget(place: Place, walk: Walk): AsyncGenerator<Listed, void, undefined> {
  if (walk.earlier.some((source) => covers(source, place.real, walk.ignoreFiles))) return;
  const stats = look(place);
  if (stats instanceof PilcrowError) {
    // Gone since its folder was listed: then it is not there, which is no failure.
    if (stats.code !== 'source-not-found') yield failed(place, stats);
  } else if (stats.isDirectory()) yield* listFolder(place, walk);
  else if (!matches(walk.root, place.path)) return;
  else if (stats.isFile() && walk.root.options?.format === undefined && !hasKnownExtension(place.path)) yield skipped(place, UNKNOWN_REASON);
  else yield listFile(place, stats, walk.root);
}

async function* listLink(place: Place, walk: Walk): AsyncGenerator<Listed, void, undefined> {
  let real: string;
  try {
    real = realpathSync.native(place.path);
  } catch {
    return yield skipped(place, 'a link that leads nowhere');
  }
  if (pathBelow(walk.root.path, real) === null) return yield skipped(place, 'a link that leads out of the source');
  // A glob is about files: its walk comes by all folders.
  const { options, ...all } = walk.root;
  const isFolder = options?.match !== undefined && statSync(real, { throwIfNoEntry: false })?.isDirectory() === true;
  if (covers(isFolder ? all : walk.root, real, walk.ignoreFiles)) return yield skipped(place, 'a link to what is read anyway');
  if (isBelowAny(walk.followed, real)) return yield skipped(place, 'a link to what was read already');
  // before the target is listed: it may hold a link to itself
  walk.followed.add(real);
  yield* listTarget({ ...place, real }, walk);
}

/** Whether one of the paths is `path` or a folder around it: as many look-ups as it has parts, however many paths there are. */
function isBelowAny(paths: ReadonlySet<string>, path: string): boolean {
  if (paths.has(path)) return true;
  const parent = dirname(path);
  return parent !== path && isBelowAny(paths, parent);
}

function listFile(place: Place, stats: Stats, { options }: Source): Listed {
  if (!stats.isFile()) return skipped(place, 'neither a file nor a folder');
  if (stats.size > MAX_FILE_BYTES) return failed(place, tooLarge(place.path, stats.size));
  const asked = options?.format === undefined && options?.map === undefined ? {} : { options: { format: options.format, map: options.map } };
  return { kind: 'file', file: { path: place.path, name: basename(place.path), source: place.source, bytes: stats.size, ...asked } };
}

async function breathe(walk: Walk): Promise<void> {
  if (performance.now() - walk.breathedAt < BREATH_MS) return;
  await nextTurn();
  walk.breathedAt = performance.now();
}

function look(place: Place): Stats | PilcrowError {
  try {
    return statSync(place.path);
  } catch (cause) {
    return unreadable(place, cause);
  }
}

function skipped(place: Place, reason: string): Skipped {
  return { kind: 'skipped', path: place.path, source: place.source, reason };
}

function failed(place: Place, error: PilcrowError): Failed {
  return { kind: 'failed', path: place.path, source: place.source, error };
}

/** For a file over the limit. */
export function tooLarge(path: string, bytes: number): PilcrowError {
  const mebibytes = (size: number): string => `${Math.ceil(size / 1024 / 1024)} MiB`;
  return new PilcrowError(
    'file-too-large',
    `${path} has ${mebibytes(bytes)}, more than ${mebibytes(MAX_FILE_BYTES)}`,
    /\.(?:jsonl|ndjson)$/i.test(path) ? 'split it by lines, with `split -C 60m --additional-suffix=.jsonl` for example' : 'split it into smaller files',
  );
}

/** For whatever the file system refused. */
export function unreadable({ path }: { path: string }, cause: unknown): PilcrowError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
  if (path.includes('\uFFFD')) return new PilcrowError('source-unreadable', `the name of ${path} is not UTF-8`, 'rename it', { cause });
  return code === 'ENOENT'
    ? new PilcrowError('source-not-found', `${path} does not exist any more`, null, { cause })
    : new PilcrowError('source-unreadable', `${path} cannot be read (${code})`, 'check its permissions', { cause });
}
