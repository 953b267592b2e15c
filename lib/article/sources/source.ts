import { existsSync, realpathSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import picomatch from 'picomatch';
import { PilcrowError } from '../../errors';
import { detectFormat, formatUnknown, hasKnownExtension } from '../reading/detect';
import type { FormatName } from '../reading/formats';
import { headOf } from '../reading/head';
import type { FieldMap } from '../types';
import { IgnoreFiles } from './ignore-files';

/** How the files of a source are chosen and read, where it is not the usual way. */
export interface SourceOptions {
  /** Of every file, where it is not to be found out. */
  format?: FormatName | undefined;
  /** Names of fields in JSON and CSV. */
  map?: FieldMap | undefined;
  /** A glob: only files below the folder, or addresses, that match. */
  match?: string | undefined;
  /** Read the pages that a feed links to instead of its entries. */
  follow?: boolean | undefined;
  /** Most pages that a feed or sitemap leads to. */
  limit?: number | undefined;
  /** Addresses found in feeds, sitemaps and redirects may lead into private networks. */
  allowPrivate?: boolean | undefined;
}

/** Options as they are said for a source: null takes one back. */
export type SourceChanges = { [Option in keyof SourceOptions]: SourceOptions[Option] | null };

/** A file, folder or address that was named to be indexed, and that the index remembers. */
export interface Source {
  /** Absolute, without symbolic links; or an http(s) address. */
  path: string;
  /** The name it goes by; first part of `Article.source`, unique among sources, never changed later. */
  label: string;
  options?: SourceOptions | undefined;
}

/** Of a file, to tell what it is. */
const HEAD_BYTES = 4096;
/** More than one letter, which would be a drive of Windows. */
const OTHER_ADDRESS = /^(?!https?:)[a-z][a-z\d+.-]+:\/\//i;

/** Whether a name is an address, not a path. */
export function isAddress(name: string): boolean {
  return /^https?:\/\//i.test(name);
}

/**
 * The remembered sources, those named among them with the options that are said now, and the newly named ones. What
 * a remembered source contains already is not added again, unless it is to be read in another way: then it goes
 * before that source, which leaves it out. A name with `*`, `?`, `[…]` or `{…}` that no file has is a glob: the
 * folder before it, and what in it matches.
 *
 * @param remembered in the order they were added
 * @param named paths and addresses as they were typed, paths relative to `cwd`
 * @param changes options of those named; one that is remembered keeps what is not said. A folder named without a
 *   glob is all of it.
 * @throws PilcrowError `source-not-found`, `source-unreadable`, or `format-unknown` for a file of which neither name
 *   nor content tells what it is
 */
export function addSources(remembered: readonly Source[], named: readonly string[], cwd: string, changes: SourceChanges = {}): Source[] {
  let sources = [...remembered];
  for (const name of named) {
    const wanted = locate(name, cwd, changes);
    const known = knownAs(wanted, sources);
    if (known !== undefined) {
      const source = withOptions(known, wanted.changes);
      assertReadable(name, source);
      const isWhole = !isAddress(source.path) && source.options?.match === undefined;
      sources = sources.filter((other) => other === known || !isWhole || other.path !== known.path).map((other) => (other === known ? source : other));
      continue;
    }
    const fresh = withOptions({ path: wanted.path, label: uniqueLabel(wanted.path, sources.map(({ label }) => label)) }, wanted.changes);
    assertReadable(name, fresh);
    const around = isAddress(fresh.path) ? -1 : sources.findIndex((source) => covers(source, fresh.path));
    if (around === -1) sources.push(fresh);
    else if (isReadOtherwise(fresh)) sources.splice(around, 0, fresh);
  }
  return sources;
}

/**
 * The remembered sources without those named, by path, address, glob or label; paths need not exist any more.
 *
 * @throws PilcrowError `usage` for a name that none of them goes by
 */
export function forgetSources(remembered: readonly Source[], named: readonly string[], cwd: string): Source[] {
  const forgotten = named.flatMap((name) => {
    const meant = remembered.filter((source) => goesBy(source, name, cwd));
    if (meant.length === 0) throw new PilcrowError('usage', `${name} is no source of the index`, remembered.length === 0 ? 'it has none' : `its sources are ${remembered.map(typedName).join(', ')}`);
    return meant;
  });
  return remembered.filter((source) => !forgotten.includes(source));
}

function goesBy({ path, label, options }: Source, name: string, cwd: string): boolean {
  if (name === label) return true;
  if (isAddress(name)) return URL.canParse(name) && path === addressOf(name);
  const { place, match } = globIn(name, cwd) ?? { place: name, match: undefined };
  const wanted = resolve(cwd, place);
  const real = existsSync(wanted) ? realpathSync.native(wanted) : wanted;
  return (path === wanted || path === real) && (match === undefined || match === options?.match);
}

/** As one would type it. */
function typedName({ path, options }: Source): string {
  return options?.match === undefined || isAddress(path) ? path : join(path, options.match);
}

/** What a run is told of its sources. */
export interface SourceRequest {
  /** As in {@link addSources}. */
  named: readonly string[];
  changes?: SourceChanges | undefined;
  /** As in {@link forgetSources}. */
  forget?: readonly string[] | undefined;
  /** Start over with those named, if any are. */
  full?: boolean | undefined;
}

/** The sources that a run has. @throws PilcrowError as {@link addSources} and {@link forgetSources} */
export function sourcesFor(remembered: readonly Source[], { named, changes, forget = [], full = false }: SourceRequest, cwd: string): Source[] {
  return addSources(full && named.length > 0 ? [] : forgetSources(remembered, forget, cwd), named, cwd, changes);
}

/** Whether a walk of the source comes by the file or folder at `path` (absolute, real). */
export function covers(source: Source, path: string, ignoreFiles = new IgnoreFiles()): boolean {
  const parts = isAddress(source.path) ? null : pathBelow(source.path, path);
  if (parts === null) return false;
  const ignored = parts.some((_, i) => ignoreFiles.passesOver(source.path, join(source.path, ...parts.slice(0, i + 1)), i < parts.length - 1 || (() => isFolder(path))));
  return !ignored && (source.options?.match === undefined || matches(source, path));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Whether a file below the source's folder is one of those that its glob asks for. */
export function matches({ path: root, options }: Source, path: string): boolean {
  if (options?.match === undefined) return true;
  return picomatch.isMatch(relative(root, path).split(sep).join('/'), options.match, { nocase: true });
}

/** Parts of the path from a folder down to `path`; null when it is not in that folder. */
export function pathBelow(folder: string, path: string): string[] | null {
  const way = relative(folder, path);
  if (way === '') return [];
  const parts = way.split(sep);
  // on Windows, another drive's path stays absolute
  return parts[0] === '..' || resolve(folder, way) === way ? null : parts;
}

interface Wanted {
  path: string;
  changes: SourceChanges;
  isGlob: boolean;
}

function locate(name: string, cwd: string, changes: SourceChanges): Wanted {
  if (name.trim() === '') throw new PilcrowError('usage', 'a source has no name', 'name a file, a folder or an address');
  if (OTHER_ADDRESS.test(name) && !existsSync(resolve(cwd, name))) throw new PilcrowError('usage', `${name} is not an address that can be fetched`, 'one begins with https:// or http://; a file is named by its path');
  if (isAddress(name)) return { path: addressOf(name), changes, isGlob: false };
  const glob = globIn(name, cwd);
  if (glob !== null) return { path: realPath(glob.place, cwd), changes: { ...changes, match: glob.match }, isGlob: true };
  const path = realPath(name, cwd);
  return { path, changes: isFolder(path) ? { ...changes, match: changes.match ?? null } : changes, isGlob: false };
}

/** The folder that a glob begins in, and what in it is to match; null for the name of something that there is, or that is no glob. */
function globIn(name: string, cwd: string): { place: string; match: string } | null {
  const { isGlob, base, glob } = picomatch.scan(name.split(sep).join('/'));
  return isGlob && !existsSync(resolve(cwd, name)) ? { place: base || '.', match: glob } : null;
}

/** The source that is meant. Of a folder there may be several, with different globs; named by itself it is all of it, or becomes what `match` says. */
function knownAs({ path, changes: { match }, isGlob }: Wanted, sources: readonly Source[]): Source | undefined {
  const same = sources.filter((source) => source.path === path);
  if (isAddress(path) || !isFolder(path)) return same[0];
  const whole = same.find(({ options }) => options?.match === undefined);
  if (typeof match !== 'string') return whole ?? same[0];
  return same.find(({ options }) => options?.match === match) ?? (isGlob ? undefined : whole);
}

function withOptions({ options: before, ...source }: Source, changes: SourceChanges): Source {
  const said = Object.entries<unknown>(changes).filter(([, value]) => value !== undefined);
  const options = Object.fromEntries(Object.entries<unknown>({ ...before, ...Object.fromEntries(said) }).filter(([, value]) => value !== null));
  return Object.keys(options).length === 0 ? source : { ...source, options };
}

/** Whether more than a glob is said of it. */
function isReadOtherwise({ options }: Source): boolean {
  return Object.keys(options ?? {}).some((option) => option !== 'match');
}

function addressOf(name: string): string {
  if (!URL.canParse(name)) throw new PilcrowError('usage', `${name} is no address`, 'give one such as https://example.org/feed.xml');
  const url = new URL(name);
  if (url.username !== '' || url.password !== '') throw new PilcrowError('usage', `${url.host} is named with a password`, 'leave it out: the index would keep it');
  url.hash = '';
  return url.href;
}

function realPath(name: string, cwd: string): string {
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
  return path;
}

function assertReadable(name: string, { path, options }: Source): void {
  if (isAddress(path) || options?.format !== undefined || hasKnownExtension(path) || !statSync(path).isFile()) return;
  if (detectFormat(path, headOf(path, HEAD_BYTES)) === null) throw formatUnknown(name);
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
 * path: `b` with a file `posts/x.md` and `b/posts` with a file `x.md` would make two articles of one source. An
 * address is its own label, without the scheme.
 */
function uniqueLabel(path: string, taken: readonly string[]): string {
  const isFree = (label: string): boolean => taken.every((other) => !overlaps(label, other));
  let base: string;
  if (isAddress(path)) {
    const address = path.replace(/^https?:\/\//i, '').replace(/\/$/, '');
    if (isFree(address)) return address;
    base = address.replaceAll('/', ':');
  } else {
    const parts = path.split(/[/\\]/).filter((part) => part !== '' && !/^[a-z]:$/i.test(part));
    for (let count = 1; count <= parts.length; count++) {
      const label = parts.slice(-count).join('/');
      if (isFree(label)) return label;
    }
    base = basename(path) || 'root';
  }
  let number = 1;
  const numbered = (): string => (number === 1 ? base : `${base}-${number}`);
  while (!isFree(numbered())) number++;
  return numbered();
}

function overlaps(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}
