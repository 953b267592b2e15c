import { setMaxListeners } from 'node:events';
import { PilcrowError } from '../../errors';
import type { Discovered } from './discover';
import { pageOf, type Page, type WebDocument } from './document';
import { FetchError } from './failure';
import { systemNetwork, type Network } from './network';
import { obtainPages, type Outcome, type WebProgress } from './pages';
import { Selection, SITEMAP_LIMIT } from './select';
import { Session } from './session';
import { discovered, MAX_SITEMAPS, SITEMAP_LEVELS, walkSitemaps } from './sitemaps';
import { FetchStore, type Listing, type Stored } from './store';

/** A run that was stopped longer ago than this is not gone on with, ms. */
const RESUME_MS = 24 * 60 * 60 * 1_000;

/** An address that was named to be indexed. */
export interface WebSource {
  url: string;
  /** Whether a feed stands for the pages that it links to. */
  follow: boolean;
  /** Pages at most, the newest; null: all of a feed, `SITEMAP_LIMIT` of a sitemap. */
  limit: number | null;
  /** Glob over the path of pages, or over the whole address where it has `://` in it; null: all. */
  match: string | null;
  /** Whether pages may be in a private network. */
  allowPrivate: boolean;
  /** The list itself, where it lies on a disk: then `url` is only a name for it, and nothing is asked for at it. */
  list?: List | undefined;
}

export interface Refreshed {
  /** In the order their source lists them in, then those that it has let go of. */
  documents: WebDocument[];
  /** `document` is what an earlier run fetched, and stays. */
  failed: { url: string; error: PilcrowError; document: WebDocument | null }[];
  skipped: { url: string; reason: string }[];
  /** Documents that are new or others than before. */
  fetched: number;
  /** Documents that are as they were. */
  unchanged: number;
  /** Addresses that the source needs in the store, for `FetchStore.prune`. */
  used: string[];
}

export interface RefreshOptions {
  /** Folder for what is fetched, absolute. */
  store: string;
  signal?: AbortSignal;
  onProgress?: (progress: WebProgress) => void;
  /** What was asked for less than this ago is not asked for again, ms; default 0. */
  maxAgeMs?: number;
  network?: Network;
}

/**
 * Brings what is stored of a source up to date. An address that is a page is one document, as is a feed that is not
 * followed; a feed that is, and a sitemap always, is the pages that it links to. Those of a feed stay when it lets go of
 * them, until they are gone themselves; a sitemap is complete. Pages are not searched for further links.
 *
 * What goes wrong with one page is told, and the rest goes on.
 *
 * @throws PilcrowError `interrupted`, when what was fetched is kept and the next run goes on; `index-unwritable`
 */
export async function refreshWeb(source: WebSource, { store, signal, onProgress, maxAgeMs = 0, network = systemNetwork }: RefreshOptions): Promise<Refreshed> {
  // Several hosts listen at a time, which Node takes for a leak.
  if (signal !== undefined) setMaxListeners(0, signal);
  const session = new Session(new FetchStore(store), network, { allowPrivate: source.allowPrivate, maxAgeMs, signal });
  return new Refresh(source, session, onProgress ?? (() => undefined)).run();
}

/** What leads to pages. */
export type List = Exclude<Discovered, { kind: 'page' }>;

/** The named address: what it is to whoever looks for pages, or why that cannot be said. */
interface Named {
  page: Page;
  found: Discovered | PilcrowError;
}

class Refresh {
  private readonly result: Refreshed = { documents: [], failed: [], skipped: [], fetched: 0, unchanged: 0, used: [] };

  constructor(
    private readonly source: WebSource,
    private readonly session: Session,
    private readonly onProgress: (progress: WebProgress) => void,
  ) {}

  async run(): Promise<Refreshed> {
    const { session, source, result, onProgress } = this;
    const listing = await session.store.listing(source.url);
    this.resume(listing);
    if (source.list !== undefined) {
      await this.follow(source.list, listing);
      result.used = session.used;
      return result;
    }
    const [named] = await obtainPages([{ url: source.url, origin: 'typed' }], { session, stage: 'listing', take: examine, onProgress });
    if (named === undefined) throw new PilcrowError('internal', `nothing came of ${source.url}`);
    const list = this.listOf(named, listing);
    if (list === null) this.keep([named.kind === 'failed' ? { ...named, value: named.value?.page ?? null } : { ...named, value: named.value.page }]);
    else await this.follow(list, listing);
    result.used = session.used;
    return result;
  }

  /** Goes on with a run that was stopped: what it asked for is not asked for again. */
  private resume(listing: Listing | null): void {
    const begunAt = Date.parse(listing?.begunAt ?? '');
    const ago = this.session.begunAt - begunAt;
    if (ago >= 0 && ago < RESUME_MS) this.session.begunAt = begunAt;
  }

  /**
   * The list that the address is, or null where it is a document. What was a list stays one when it cannot be had, with
   * nothing new in it.
   */
  private listOf(named: Outcome<Named>, listing: Listing | null): List | null {
    const { url, follow } = this.source;
    const found = named.value?.found ?? null;
    const known = found === null || found instanceof PilcrowError ? null : found;
    const isList = known?.kind === 'sitemap' || (known?.kind === 'feed' && follow);
    const wasList = listing !== null && known?.kind !== 'feed' && (listing.kind === 'sitemap' || follow);
    if (!isList && !wasList) return null;
    if (named.kind === 'failed') this.failed(url, named.error);
    else if (found instanceof PilcrowError) this.failed(url, found);
    else if (!isList) this.failed(url, new FetchError(`${url} was a feed or a sitemap and is none now`, 'open it in a browser; what it listed is kept'));
    if (isList) return known;
    return listing?.kind === 'sitemap' ? { kind: 'sitemap', pages: [], sitemaps: [] } : { kind: 'feed', pages: [] };
  }

  /** Gets the pages of a list. */
  private async follow(list: List, listing: Listing | null): Promise<void> {
    const { source, session, result, onProgress } = this;
    const selection = new Selection(source.match, source.limit ?? (list.kind === 'sitemap' ? SITEMAP_LIMIT : null));
    selection.add(list.pages);
    const unread = list.kind === 'sitemap' ? await this.addSitemaps(list.sitemaps, selection) : 0;
    // A sitemap of which a part is missing says nothing of what is not in it.
    if (list.kind === 'feed' || unread > 0 || result.failed.length > 0) selection.addEarlier(listing?.pages ?? []);

    const seen = new Map(listing?.pages.map(({ url, firstSeen }) => [url, firstSeen]));
    const pages = selection.selected().map((page) => ({ ...page, firstSeen: seen.get(page.url) ?? new Date(session.begunAt).toISOString() }));
    for (const reason of selection.remarks()) result.skipped.push({ url: source.url, reason });
    if (pages.length === 0) result.skipped.push({ url: source.url, reason: 'there is no page in it to be fetched' });
    session.claim(pages.map(({ url }) => url));
    const known = { url: source.url, kind: list.kind, pages: pages.map(({ url, date, firstSeen }) => ({ url, date, firstSeen })) };
    await session.store.keepListing({ ...known, begunAt: new Date(session.begunAt).toISOString() });

    const errands = pages.map(({ url, date, firstSeen, earlier }) => ({
      url,
      origin: 'found' as const,
      // Feeds say when a page was published, sitemaps when it was changed.
      listedAs: list.kind === 'sitemap' ? date : null,
      knownSince: Date.parse(firstSeen),
      rests: earlier,
    }));
    const outcomes = await obtainPages(errands, { session, stage: 'pages', take: pageOf, onProgress });
    const gone = new Set(outcomes.filter((outcome) => outcome.kind === 'failed' && outcome.gone).map(({ url }) => url));
    for (const url of gone) await session.store.drop(url);
    this.keep(outcomes.map((outcome) => (outcome.kind === 'failed' && outcome.gone ? { ...outcome, value: null } : outcome)));
    await session.store.keepListing({ ...known, pages: known.pages.filter(({ url }) => !gone.has(url)), begunAt: null });
  }

  /** @returns how many of them were not read for their number */
  private async addSitemaps(addresses: readonly string[], selection: Selection): Promise<number> {
    const { failed, unread } = await walkSitemaps(addresses, selection, this.session, this.onProgress);
    for (const { url, error } of failed) this.failed(url, error);
    if (unread > 0) this.result.skipped.push({ url: this.source.url, reason: `${unread} of its sitemaps are more than ${MAX_SITEMAPS}, or more than ${SITEMAP_LEVELS} deep` });
    return unread;
  }

  /** Each page once, whatever number of addresses it has. */
  private keep(outcomes: readonly Outcome<Page>[]): void {
    const { result } = this;
    const first = new Map<string, string>();
    for (const outcome of outcomes) {
      const { url, value } = outcome;
      const same = value === null ? undefined : first.get(value.key);
      if (value !== null && same === undefined) first.set(value.key, url);
      if (outcome.kind === 'failed') this.failed(url, outcome.error, same === undefined ? (value?.document ?? null) : null);
      else if (same !== undefined) result.skipped.push({ url, reason: `the same page as ${same}` });
      else {
        result.documents.push(outcome.value.document);
        if (outcome.changed) result.fetched++;
        else result.unchanged++;
      }
    }
  }

  private failed(url: string, error: PilcrowError, document: WebDocument | null = null): void {
    this.result.failed.push({ url, error, document });
  }
}

async function examine(stored: Stored): Promise<Named> {
  const found = await discovered(stored).catch((error: unknown) => {
    if (error instanceof PilcrowError) return error;
    throw error;
  });
  return { page: pageOf(stored), found };
}
