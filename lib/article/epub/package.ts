import { PilcrowError } from '../../errors';
import type { Archive, ArchiveEntry } from '../archive/archive';
import { elementsOf, parseXml, type XmlElement } from '../archive/xml';
import { decodeText } from '../text/decode';

/** A document of a book, in the order of reading. */
export interface SpineItem {
  /** Path in the archive. */
  path: string;
  /** As the manifest has it: `application/xhtml+xml`. */
  type: string;
  isNavigation: boolean;
}

/** The package document: what a book consists of. */
export interface Package {
  metadata: XmlElement;
  /** What is out of the line of reading comes last. */
  spine: SpineItem[];
  /** Path of the table of contents: EPUB 3's navigation document, else EPUB 2's NCX; null where there is none. */
  contents: string | null;
  /** What the guide of EPUB 2 says that whole documents are, by path: `cover`, `toc`, `title-page`. */
  guide: ReadonlyMap<string, string>;
}

/** @throws PilcrowError `file-damaged` where nothing tells what the book consists of */
export async function readPackage(archive: Archive, name: string): Promise<Package> {
  const entry = await packageEntry(archive);
  if (entry === undefined) throw new PilcrowError('file-damaged', `${name} is no book: it has no package document`, 'fetch or export it again');
  const document = await readXml(archive, entry);
  const manifest = new Map<string, SpineItem>();
  let navigation: string | null = null;
  let ncx: string | null = null;
  for (const item of elementsOf(document, 'item')) {
    const path = resolvePath(entry.path, item.attributes.get('href'));
    if (path === null) continue;
    const type = (item.attributes.get('media-type') ?? '').toLowerCase();
    const isNavigation = /(?:^|\s)nav(?:\s|$)/.test(item.attributes.get('properties') ?? '');
    manifest.set(item.attributes.get('id') ?? '', { path, type, isNavigation });
    if (isNavigation) navigation ??= path;
    if (type === 'application/x-dtbncx+xml') ncx ??= path;
  }
  const spine = inOrder(elementsOf(document, 'itemref'), manifest);
  if (spine.length === 0) throw new PilcrowError('file-damaged', `${name} is a book without an order of reading`, 'fetch or export it again');
  const metadata = elementsOf(document, 'metadata')[0] ?? document;
  return { metadata, spine, contents: navigation ?? ncx, guide: guideOf(document, entry.path) };
}

/** Text of an entry, parsed. */
export async function readXml(archive: Archive, entry: ArchiveEntry): Promise<XmlElement> {
  return parseXml(decodeText({ bytes: await archive.unpack(entry), name: entry.path }), entry.path);
}

/**
 * Path in the archive of what `href` refers to from the document at `base`. There is nothing to lead out of: an archive
 * is asked for its own entries alone.
 *
 * @returns null for addresses elsewhere
 */
export function resolvePath(base: string, href: string | undefined): string | null {
  const origin = 'http://book.invalid/';
  if (href === undefined || !URL.canParse(href, origin + base)) return null;
  const url = new URL(href, origin + base.split('/').map(encodeURIComponent).join('/'));
  if (`${url.origin}/` !== origin) return null;
  try {
    return decodeURIComponent(url.pathname.slice(1));
  } catch {
    // a bare % in a name
    return url.pathname.slice(1);
  }
}

/** As the container says, else the only thing it could be. */
async function packageEntry(archive: Archive): Promise<ArchiveEntry | undefined> {
  const container = archive.find('META-INF/container.xml');
  if (container !== undefined) {
    for (const rootfile of elementsOf(await readXml(archive, container), 'rootfile')) {
      const entry = archive.find(resolvePath('', rootfile.attributes.get('full-path')) ?? '');
      if (entry !== undefined) return entry;
    }
  }
  return archive.entries.find(({ path }) => path.toLowerCase().endsWith('.opf'));
}

function inOrder(references: readonly XmlElement[], manifest: ReadonlyMap<string, SpineItem>): SpineItem[] {
  const items = new Set<SpineItem>();
  for (const isLinear of [true, false]) {
    for (const { attributes } of references) {
      const item = manifest.get(attributes.get('idref') ?? '');
      if (item !== undefined && (attributes.get('linear') !== 'no') === isLinear) items.add(item);
    }
  }
  return [...items];
}

function guideOf(document: XmlElement, base: string): Map<string, string> {
  const guide = new Map<string, string>();
  for (const { attributes } of elementsOf(document, 'reference')) {
    const href = attributes.get('href') ?? '';
    const path = resolvePath(base, href);
    // with a fragment it speaks of a part only
    if (path !== null && !href.includes('#')) guide.set(path, (attributes.get('type') ?? '').toLowerCase());
  }
  return guide;
}
