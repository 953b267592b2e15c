import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { constants, gunzipSync } from 'node:zlib';
import type { List, Refreshed, WebSource } from '../fetch/refresh';
import { detectFormat } from '../reading/detect';
import { headOf } from '../reading/head';
import { loadFile } from '../reading/load';
import { isAddress, type Source } from './source';

/** Sources that are asked at once. Each host is asked for one thing at a time, whatever sources lead to it. */
const SOURCES_AT_ONCE = 8;
/** Of a file, to tell a sitemap from other XML. */
const BEGINNING_BYTES = 8192;

/** How far fetching is. */
export interface FetchProgress {
  done: number;
  total: number;
  /** Asked last. */
  host: string | null;
  /** Milliseconds still to go, null while unknown. */
  etaMs: number | null;
}

export interface RefreshOptions {
  /** Folder in which what is fetched is kept. */
  store: string;
  /** What was fetched less than this ago is not asked for again, ms. Default 0. */
  maxAgeMs?: number | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: FetchProgress) => void) | undefined;
}

/**
 * Fetches what sources lead to: addresses, and the pages listed in files that are sitemaps or feeds to be followed.
 * @returns what there is to read of each, by the source's path
 * @throws PilcrowError `interrupted`, when what was fetched is kept; `index-unwritable`
 */
export async function refreshSources(sources: readonly Source[], { store, maxAgeMs, signal, onProgress }: RefreshOptions): Promise<Map<string, Refreshed>> {
  const web = new Map<string, Refreshed>();
  const progress = new Map<string, FetchProgress>();
  const wanted: { path: string; asked: WebSource }[] = [];
  for (const source of sources) {
    const asked = await webSource(source);
    if (asked !== null) wanted.push({ path: source.path, asked });
  }
  if (wanted.length === 0) return web;
  // What fetches is loaded by those who fetch: it would take its time at the start of every command.
  const { refreshWeb } = await import('../fetch/refresh');
  const next = wanted[Symbol.iterator]();
  const work = async (): Promise<void> => {
    for (const { path, asked } of next) {
      const refreshed = await refreshWeb(asked, {
        store,
        maxAgeMs,
        signal,
        onProgress: ({ done, total, host, leftMs }) => {
          progress.set(path, { done, total, host, etaMs: leftMs });
          onProgress?.(sum(progress, host));
        },
      });
      web.set(path, refreshed);
    }
  };
  const results = await Promise.allSettled(Array.from({ length: SOURCES_AT_ONCE }, work));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  return web;
}

/** Removes what was fetched for sources that are none any more. */
export async function forgetFetched(store: string, web: ReadonlyMap<string, Refreshed>): Promise<void> {
  const { FetchStore } = await import('../fetch/store');
  await new FetchStore(store).prune(new Set([...web.values()].flatMap(({ used }) => used)));
}

/** What is to be fetched for a source; null for one that is read from the disk alone. */
async function webSource({ path, options = {} }: Source): Promise<WebSource | null> {
  const { follow = false, limit = null, match = null, allowPrivate = false } = options;
  const asked = { follow, limit, match, allowPrivate };
  if (isAddress(path)) return { url: path, ...asked };
  const list = await listIn(path, follow);
  return list === null ? null : { url: pathToFileURL(path).href, ...asked, list };
}

/** The list of pages that a file is. */
async function listIn(path: string, follow: boolean): Promise<List | null> {
  if (!follow && !/\.xml(?:\.gz)?$/i.test(path)) return null;
  try {
    if (!statSync(path).isFile() || (!follow && !beginsAsSitemap(path))) return null;
    const { discover } = await import('../fetch/discover');
    const { bytes } = loadFile({ path, name: basename(path), source: path, bytes: 0 });
    const found = await discover({ name: basename(path), bytes });
    return found.kind === 'sitemap' || (found.kind === 'feed' && follow) ? found : null;
  } catch {
    // Why it cannot be read is said when it is read as a file.
    return null;
  }
}

/** Without reading all of what is something else. */
function beginsAsSitemap(path: string): boolean {
  const head = headOf(path, BEGINNING_BYTES);
  const isPacked = detectFormat(path, head) === 'gzip';
  return detectFormat(path.replace(/\.gz$/i, ''), isPacked ? gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH }) : head) === 'sitemap';
}

function sum(progress: ReadonlyMap<string, FetchProgress>, host: string): FetchProgress {
  const all = [...progress.values()];
  return {
    done: all.reduce((total, one) => total + one.done, 0),
    total: all.reduce((total, one) => total + one.total, 0),
    host,
    etaMs: Math.max(...all.map(({ etaMs }) => etaMs ?? 0)),
  };
}
