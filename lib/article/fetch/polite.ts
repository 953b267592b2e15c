import { unlessAborted } from './abort';
import type { Clock } from './clock';

/** Between the starts of two requests to one host, ms: what a person who reads quickly might do. */
const INTERVAL_MS = 1_000;
/** Hosts asked at the same time. */
export const HOSTS_AT_ONCE = 8;

interface Host {
  /** Resolves when all who came before are done. */
  turn: Promise<unknown>;
  startedAt: number;
  intervalMs: number;
}

/** Keeps requests to each host one after the other and apart, whoever makes them: pages, redirects, further tries. */
export class Politeness {
  private readonly hosts = new Map<string, Host>();

  constructor(private readonly clock: Clock) {}

  /**
   * Waits for one's turn at a host.
   *
   * @returns to be called when the request is over
   * @throws PilcrowError `interrupted`
   */
  async enter(hostname: string, signal?: AbortSignal): Promise<() => void> {
    const host = this.host(hostname);
    const before = host.turn;
    let leave = (): void => undefined;
    const over = new Promise<void>((resolve) => { leave = resolve; });
    host.turn = Promise.all([before, over]);
    try {
      await unlessAborted(before, signal);
      const pause = host.startedAt + host.intervalMs - this.clock.now();
      if (pause > 0) await unlessAborted(this.clock.wait(pause, signal), signal);
      host.startedAt = this.clock.now();
      return leave;
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** A host wants more time between requests. */
  slowDown(hostname: string, intervalMs: number): void {
    const host = this.host(hostname);
    host.intervalMs = Math.max(host.intervalMs, intervalMs);
  }

  intervalOf(hostname: string): number {
    return this.hosts.get(hostname)?.intervalMs ?? INTERVAL_MS;
  }

  private host(hostname: string): Host {
    const known = this.hosts.get(hostname) ?? { turn: Promise.resolve(), startedAt: -Infinity, intervalMs: INTERVAL_MS };
    this.hosts.set(hostname, known);
    return known;
  }
}

/**
 * Works through addresses host by host: those of one host in their order, one at a time, several hosts beside each other.
 *
 * @returns what came of each, in the order of `urls`
 * @throws the first that `work` throws, when all others have stopped
 */
export async function byHost<T>(urls: readonly string[], work: (url: string) => Promise<T>): Promise<T[]> {
  const results = new Map<string, T>();
  const waiting = [...groupByHost(urls).values()];
  const errors: unknown[] = [];
  const worker = async (): Promise<void> => {
    for (let lane = waiting.shift(); lane !== undefined; lane = waiting.shift()) {
      for (const url of lane) {
        if (errors.length > 0) return;
        try {
          results.set(url, await work(url));
        } catch (error) {
          errors.push(error);
        }
      }
    }
  };
  await Promise.all(Array.from({ length: HOSTS_AT_ONCE }, worker));
  if (errors.length > 0) throw errors[0];
  return urls.map((url) => results.get(url) as T);
}

/** By host name; what is no address is a host of its own. */
export function groupByHost(urls: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const url of urls) {
    const host = hostOf(url);
    const group = groups.get(host);
    if (group === undefined) groups.set(host, [url]);
    else group.push(url);
  }
  return groups;
}

/** For grouping and for people. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : url;
}
