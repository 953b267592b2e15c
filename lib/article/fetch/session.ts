import { fetchAddress } from './client';
import type { Network } from './network';
import { Robots } from './robots';
import type { FetchRecord, FetchStore, Stored } from './store';
import type { Origin } from './target';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** Shortest and longest time that what seems to rest is taken for unchanged. */
const SHORTEST_REST_MS = DAY_MS;
const LONGEST_REST_MS = 30 * DAY_MS;
/** Share of its age that a page is left alone for: what RFC 9111 (4.2.2) names as typical for caches. */
const REST_SHARE = 0.1;

/** What an address is asked for. */
export interface Errand {
  url: string;
  origin: Origin;
  /** What its listing says of its last change; a page of which it says the same as before rests. */
  listedAs?: string | null;
  /** Whether it rests anyway, since it is old. */
  rests?: boolean;
  /** ms since 1970; decides with its dates how long a page may rest. */
  knownSince?: number;
}

/** One run over one source: what all its requests have in common. */
export class Session {
  private readonly robots: Robots;
  /** All addresses that the source has something of in the store. */
  private readonly addresses = new Set<string>();
  /** When the run began that this one goes on with, ms since 1970. */
  begunAt: number;

  constructor(
    readonly store: FetchStore,
    readonly network: Network,
    private readonly options: { allowPrivate: boolean; maxAgeMs: number; signal: AbortSignal | undefined },
  ) {
    this.begunAt = network.clock.now();
    this.robots = new Robots(store, network, { ...options, gate: this.gate('typed') });
  }

  get used(): string[] {
    return [...this.addresses, ...this.robots.used];
  }

  /** Says of addresses that what the store has of them belongs to the source, whether they are asked for or not. */
  claim(urls: Iterable<string>): void {
    for (const url of urls) this.addresses.add(url);
  }

  /**
   * What is at an address now: from the store where it was asked for a moment ago or nothing speaks for a change, else
   * from the server, which sends it only if it is another.
   *
   * @returns and whether it is another
   * @throws PilcrowError as `fetchAddress` and `Robots.check`
   */
  async obtain(errand: Errand): Promise<{ stored: Stored; changed: boolean }> {
    const { url, origin, listedAs = null } = errand;
    this.claim([url]);
    const { store, network, options } = this;
    const before = await store.get(url);
    if (before !== null && !this.isDue(before.record, errand)) return { stored: before, changed: false };
    const fetched = await fetchAddress(url, { ...options, network, origin, known: before?.record ?? null, gate: this.gate(origin) });
    const stored = await store.keep(url, before, fetched, listedAs, network.clock.now());
    return { stored, changed: before?.record.sha256 !== stored.record.sha256 };
  }

  private isDue(record: FetchRecord, { listedAs = null, rests = false, knownSince = Infinity }: Errand): boolean {
    const checked = Date.parse(record.checkedAt);
    const age = this.network.clock.now() - checked;
    // A clock that was put back tells nothing.
    if (age < 0) return true;
    if (age < this.options.maxAgeMs || checked >= this.begunAt) return false;
    if (!rests && (listedAs === null || listedAs !== record.listedAs)) return true;
    const since = Math.min(knownSince, ...[record.lastModified, listedAs].map((date) => Date.parse(date ?? '') || Infinity));
    return age >= Math.min(LONGEST_REST_MS, Math.max(SHORTEST_REST_MS, (checked - since) * REST_SHARE));
  }

  /** What was found asks the site's rules first, and everything waits for its turn. */
  private gate(origin: Origin): (url: URL) => Promise<() => void> {
    return async (url) => {
      const { politeness } = this.network;
      if (origin === 'found') politeness.slowDown(url.hostname, await this.robots.check(url));
      return politeness.enter(url.hostname, this.options.signal);
    };
  }
}
