import { PilcrowError } from '../../errors';
import { FORMATS, type FormatName } from './formats';

/** XML says only in its first element what it is. */
const MANY_KINDS = '.xml';
/** How the message ends that says so. */
export const UNKNOWN = 'is in a format that cannot be read';
/** Why a file that nobody named is passed over then. */
export const UNKNOWN_REASON = 'its format is unknown';
/** A record, or a list of them; `{` and `[` alone begin RTF, INI files and much else. */
const JSON_BEGINNING = /^(?:\[\s*)*(?:\{\s*["}]|\[\s*["\]])/;
/** Bytes looked at for the first element or the first brace. */
const SAMPLE_BYTES = 4096;

const BY_EXTENSION: ReadonlyMap<string, FormatName> = new Map(
  Object.entries(FORMATS).flatMap(([name, extensions]) => extensions.map((extension) => [extension, name as FormatName] as const)),
);

/** Extensions that can be read, lower case, with the dot. */
export const KNOWN_EXTENSIONS: readonly string[] = [...BY_EXTENSION.keys(), MANY_KINDS];

/** Whether a file of this name may be read, as far as its name tells. */
export function hasKnownExtension(name: string): boolean {
  const extension = extensionOf(name);
  return BY_EXTENSION.has(extension) || extension === MANY_KINDS;
}

/**
 * What a file is: by its first bytes where these leave no doubt, whatever its name says, else by its name, else
 * by what its text begins with.
 *
 * @returns null where neither tells
 */
export function detectFormat(name: string, bytes: Uint8Array): FormatName | null {
  return bySignature(name, bytes) ?? byBeginning(name, bytes) ?? BY_EXTENSION.get(extensionOf(name)) ?? null;
}

/** @throws PilcrowError `format-unknown` where neither name nor content tells what something is */
export function assertFormat(name: string, bytes: Uint8Array): void {
  if (detectFormat(name, bytes) === null) throw formatUnknown(name);
}

/** The error for a file of which neither name nor content tells what it is. */
export function formatUnknown(name: string): PilcrowError {
  return new PilcrowError('format-unknown', `${name} ${UNKNOWN}`, `known are ${KNOWN_EXTENSIONS.join(', ')}; say what else it is with --format, e.g. --format text`);
}

/** The ending of a name, lower case, with the dot; empty where there is none. */
export function extensionOf(name: string): string {
  return /(?<=[^./\\])\.[^./\\]+$/.exec(name)?.[0].toLowerCase() ?? '';
}

function bySignature(name: string, bytes: Uint8Array): FormatName | null {
  const head = latin1(bytes.subarray(0, 1024));
  if (head.includes('%PDF-')) return 'pdf';
  if (head.startsWith('\x1f\x8b')) return 'gzip';
  if (head.startsWith('PK\x03\x04') || head.startsWith('PK\x05\x06')) return zipKind(name, bytes);
  return null;
}

/** EPUB and DOCX are zip archives. */
function zipKind(name: string, bytes: Uint8Array): FormatName | null {
  if (latin1(bytes.subarray(30, 58)) === 'mimetypeapplication/epub+zip') return 'epub';
  // The names of all entries stand at the end, in the central directory.
  const names = latin1(bytes.subarray(-65_536));
  if (names.includes('word/document.xml')) return 'docx';
  if (names.includes('META-INF/container.xml')) return 'epub';
  const known = BY_EXTENSION.get(extensionOf(name));
  // Spreadsheets, slides and documents of other programs are archives, too, and nothing in them is an article by itself.
  if (known === undefined && (names.includes('[Content_Types].xml') || latin1(bytes.subarray(30, 62)).startsWith('mimetypeapplication/vnd.'))) return null;
  // Some programs give a document's main part another name; and what is damaged is still meant to be what it is called.
  return known === 'docx' || known === 'epub' ? known : 'zip';
}

function byBeginning(name: string, bytes: Uint8Array): FormatName | null {
  const extension = extensionOf(name);
  const known = BY_EXTENSION.get(extension);
  // Markdown and text may begin with markup that they are about.
  if (known === 'text' || known === 'markdown') return null;
  const beginning = latin1(bytes.subarray(0, SAMPLE_BYTES)).replaceAll('\0', '').replace(/^[\u00ef\u00bb\u00bf\u00fe\u00ff\s]+/, '');
  const root = /^(?:<\?[^>]*>\s*|<!--[^]*?-->\s*|<!DOCTYPE[^>[]*(?:\[[^\]]*\]\s*)?>\s*)*<(?:[\w-]+:)?([\w-]+)/i.exec(beginning)?.[1]?.toLowerCase();
  if (root === 'rss' || root === 'feed' || root === 'rdf') return 'feed';
  if (root === 'urlset' || root === 'sitemapindex') return 'sitemap';
  if (root === 'html' || /^<!doctype html/i.test(beginning)) return 'html';
  if (known === undefined && /^(?:From|MIME-Version|Snapshot-Content-Location|Content-Type):/im.test(beginning.slice(0, 200)) && /multipart\/related/i.test(beginning)) return 'mhtml';
  if (known === 'json' || (known === undefined && JSON_BEGINNING.test(beginning))) return /"version"\s*:\s*"https?:\/\/(?:www\.)?jsonfeed\.org\//.test(beginning) ? 'feed' : 'json';
  return null;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
