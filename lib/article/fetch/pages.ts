import { PilcrowError } from '../../errors';
import { FetchError } from './failure';
import { byHost, groupByHost, HOSTS_AT_ONCE, hostOf } from './polite';
import type { Errand, Session } from './session';
import type { Stored } from './store';

/** Requests in a row that a host may leave without an answer before it is asked no more. */
const MAX_SILENCE = 3;

/** How far fetching has come. */
export interface WebProgress {
  /** `listing`: sitemaps, of which more may turn up. */
  stage: 'listing' | 'pages';
  done: number;
  total: number;
  /** Of the address that was done last. */
  host: string;
  /** Time left at the pace of the hosts, ms. */
  leftMs: number;
}

/** What came of one page; of a failed one, `value` is what an earlier run fetched. */
export type Outcome<T> =
  | { kind: 'obtained'; url: string; value: T; changed: boolean }
  | { kind: 'failed'; url: string; value: T | null; error: PilcrowError; gone: boolean };

interface Wanted<T> {
  session: Session;
  stage: WebProgress['stage'];
  /** Makes of a page what is kept in memory. What it throws of kind `input` is a failure of that page. */
  take: (stored: Stored) => T | Promise<T>;
  onProgress: (progress: WebProgress) => void;
}

/**
 * Gets pages, each host's one after the other, in the order of `errands` whatever takes how long. What goes wrong with
 * one stops no other, unless its host wants to be left alone or is silent: then its others are not asked for.
 *
 * @throws PilcrowError of another kind than `input`: `interrupted`, `index-unwritable`
 */
export async function obtainPages<T>(errands: readonly Errand[], { session, stage, take, onProgress }: Wanted<T>): Promise<Outcome<T>[]> {
  const byUrl = new Map(errands.map((errand) => [errand.url, errand]));
  const urls = [...byUrl.keys()];
  const pace = new Pace(urls, session);
  const closed = new Map<string, string>();
  const silence = new Map<string, number>();

  return byHost(urls, async (url) => {
    const host = hostOf(url);
    const outcome = await attempt(url, host);
    const error = outcome.kind === 'failed' && outcome.error instanceof FetchError ? outcome.error : null;
    silence.set(host, error?.silent === true ? (silence.get(host) ?? 0) + 1 : 0);
    if (error?.hostClosed === true) closed.set(host, `${host} asks to be left alone`);
    if (silence.get(host) === MAX_SILENCE) closed.set(host, `${host} has not answered ${MAX_SILENCE} times in a row`);
    onProgress({ stage, ...pace.done(host) });
    return outcome;
  });

  async function attempt(url: string, host: string): Promise<Outcome<T>> {
    try {
      const why = closed.get(host);
      if (why !== undefined) throw new PilcrowError('fetch-failed', `${url} is not asked for, since ${why}`, 'run it again later');
      const { stored, changed } = await session.obtain(byUrl.get(url) ?? { url, origin: 'found' });
      return { kind: 'obtained', url, value: await take(stored), changed };
    } catch (error) {
      if (!isInput(error)) throw error;
      return { kind: 'failed', url, value: await earlier(url), error, gone: error instanceof FetchError && error.gone };
    }
  }

  async function earlier(url: string): Promise<T | null> {
    const stored = await session.store.get(url);
    try {
      return stored === null ? null : await take(stored);
    } catch (error) {
      if (!isInput(error)) throw error;
      return null;
    }
  }
}

function isInput(error: unknown): error is PilcrowError {
  return error instanceof PilcrowError && error.kind === 'input';
}

/** Estimates the time left: what keeps one waiting is the host with the most pages. */
class Pace {
  private readonly startedAt: number;
  private readonly hosts: Map<string, { left: number; done: number; ms: number }>;

  constructor(private readonly urls: readonly string[], private readonly session: Session) {
    this.startedAt = session.network.clock.now();
    this.hosts = new Map([...groupByHost(urls)].map(([host, { length }]) => [host, { left: length, done: 0, ms: 0 }]));
  }

  done(host: string): Omit<WebProgress, 'stage'> {
    const lane = this.hosts.get(host);
    if (lane !== undefined) {
      lane.left--;
      lane.done++;
      lane.ms = this.session.network.clock.now() - this.startedAt;
    }
    let [pages, longestMs, allMs] = [0, 0, 0];
    for (const [name, { left, done, ms }] of this.hosts) {
      const leftMs = left * (done > 0 ? ms / done : this.session.network.politeness.intervalOf(name));
      pages += left;
      longestMs = Math.max(longestMs, leftMs);
      allMs += leftMs;
    }
    return { done: this.urls.length - pages, total: this.urls.length, host, leftMs: Math.round(Math.max(longestMs, allMs / HOSTS_AT_ONCE)) };
  }
}
