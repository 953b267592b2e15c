import { detectFormat } from '../reading/detect';
import { FORMATS, type FormatName } from '../reading/formats';

/** Characters of a name that is made from an address: file systems' limit is 255 bytes, and nobody reads more. */
const MAX_NAME_CHARACTERS = 120;

/** What servers call what has neither a telling name nor a telling beginning. */
const BY_TYPE: Partial<Record<string, FormatName>> = {
  'text/plain': 'text',
  'text/markdown': 'markdown',
  'text/x-markdown': 'markdown',
  'text/html': 'html',
  'application/xhtml+xml': 'html',
  'text/csv': 'csv',
  'text/tab-separated-values': 'csv',
  'application/json': 'json',
  'application/x-ndjson': 'jsonl',
  'multipart/related': 'mhtml',
};

/**
 * A file name for what was fetched, by which it is read as what it is.
 *
 * The content decides, then the address, then the server's word, which is often wrong. But an address that ends in
 * `.md` or `.txt` may be a page about that file, or a host in Moldova: it is believed only when the server says text.
 */
export function documentName(url: string, contentType: string | null, bytes: Uint8Array): string {
  const last = lastPart(new URL(url));
  const byName = detectFormat(last, bytes);
  const said = BY_TYPE[contentType ?? ''];
  const doubtful = (byName === 'text' || byName === 'markdown') && said !== 'text' && said !== 'markdown' && contentType !== null && contentType !== 'application/octet-stream';
  const format = doubtful ? (detectFormat('', bytes) ?? said ?? byName) : (byName ?? said);
  if (format === undefined || detectFormat(last, bytes) === format) return last;
  return `${last}${FORMATS[format][0] ?? '.xml'}`;
}

/** Last part of the path, else the host; never with a slash in it. */
function lastPart({ pathname, hostname }: URL): string {
  const part = decoded(pathname.split('/').findLast((piece) => piece !== '') ?? hostname);
  const clean = part.replace(/[/\\\p{Cc}]/gu, '_');
  return clean.length <= MAX_NAME_CHARACTERS ? clean : clean.slice(0, MAX_NAME_CHARACTERS);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
