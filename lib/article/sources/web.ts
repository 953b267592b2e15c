import type { WebDocument } from '../fetch/document';
import type { Refreshed } from '../fetch/refresh';
import type { Listed, SourceFile } from './walk';
import { isAddress, type Source } from './source';

/** What an address leads to, as files to be read: bodies that were fetched. */
export function* listWeb(source: Source, { documents, failed, skipped }: Refreshed): Generator<Listed, void, undefined> {
  const listed = new Map<string, string>();
  for (const document of documents) yield listedAs(source, document, listed);
  for (const { url, error, document } of failed) {
    yield { kind: 'failed', path: url, source: sourceOf(source, url), error, isListed: document !== null };
    if (document !== null) yield listedAs(source, document, listed);
  }
  for (const { url, reason } of skipped) yield { kind: 'skipped', path: url, source: sourceOf(source, url), reason };
}

/** @param listed addresses so far by the names that their files go by, which tell neither scheme nor a last slash */
function listedAs(source: Source, document: WebDocument, listed: Map<string, string>): Listed {
  const file = fileOf(source, document);
  const same = listed.get(file.source);
  if (same !== undefined) return { kind: 'skipped', path: document.url, source: file.source, reason: `its address is all but ${same}` };
  listed.set(file.source, document.url);
  return { kind: 'file', file };
}

function fileOf(source: Source, document: WebDocument): SourceFile {
  const { format, map } = source.options ?? {};
  return {
    path: document.body,
    name: document.name,
    source: sourceOf(source, document.url),
    bytes: document.bytes,
    isNamed: document.url === source.path,
    delivered: { url: document.finalUrl, charset: document.charset ?? undefined },
    ...(format === undefined && map === undefined ? {} : { options: { format, map } }),
  };
}

/** The address itself, or the file, goes by the source's label, what it leads to by its own address below that. */
function sourceOf({ path, label }: Source, url: string): string {
  return url === path || !isAddress(url) ? label : `${label}/${url.replace(/^https?:\/\//i, '').replace(/\/+$/, '')}`;
}
