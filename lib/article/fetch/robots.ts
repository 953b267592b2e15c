import robotsParser, { type Robot } from 'robots-parser';
import { PilcrowError } from '../../errors';
import { fetchAddress, type FetchOptions } from './client';
import { FetchError } from './failure';
import type { Network } from './network';
import type { FetchStore, Stored } from './store';

/** The name by which rules may speak of Pilcrow. */
const ROBOT = 'pilcrow';
/** RFC 9309 wants 500 KiB read at least. */
const MAX_ROBOTS_BYTES = 512 * 1024;
/** RFC 9309: a copy is not used for longer, unless there is nothing newer to be had. */
const MAX_AGE_MS = 24 * 60 * 60 * 1_000;
/** Longest pause between two pages that a site can ask for. */
const MAX_DELAY_MS = 30_000;

/** What a site lets be fetched. */
interface Rules {
  robot: Robot;
  /** ms between two requests, 0 where it does not say. */
  delayMs: number;
}

/** Rules of the sites that found links lead to (RFC 9309), each asked for once. */
export class Robots {
  private readonly sites = new Map<string, Promise<Rules | PilcrowError>>();
  /** Addresses of the robots.txt files asked for. */
  readonly used = new Set<string>();

  constructor(
    private readonly store: FetchStore,
    private readonly network: Network,
    private readonly options: Pick<FetchOptions, 'allowPrivate' | 'gate' | 'signal'>,
  ) {}

  /**
   * Whether an address may be fetched.
   *
   * @returns ms between two requests that the site asks for, 0 where it does not
   * @throws PilcrowError `fetch-forbidden` where it may not, `fetch-failed` where the rules cannot be had and so nothing
   *   may, `interrupted`
   */
  async check(url: URL): Promise<number> {
    const address = `${url.origin}/robots.txt`;
    const asked = this.sites.get(address) ?? this.rules(address);
    this.sites.set(address, asked);
    const rules = await asked;
    if (rules instanceof PilcrowError) throw new PilcrowError(rules.code, `${url.href} is not asked for, since ${rules.message}`, 'run it again later', { cause: rules });
    if (rules.robot.isAllowed(url.href, ROBOT) !== false) return rules.delayMs;
    throw new PilcrowError('fetch-forbidden', `${url.href} is not to be fetched, says the site's robots.txt`, 'name the address itself, or save the page and index the file');
  }

  private async rules(address: string): Promise<Rules | PilcrowError> {
    this.used.add(address);
    const stored = await this.store.get(address);
    const { clock } = this.network;
    if (stored !== null && clock.now() - Date.parse(stored.record.checkedAt) < MAX_AGE_MS) return parse(address, stored);
    try {
      return parse(address, await this.ask(address, stored));
    } catch (error) {
      if (!(error instanceof PilcrowError) || error.kind !== 'input') throw error;
      return stored === null ? error : parse(address, stored);
    }
  }

  private async ask(address: string, stored: Stored | null): Promise<Stored> {
    const { store, network, options } = this;
    const now = network.clock.now();
    try {
      const answer = await fetchAddress(address, { ...options, network, origin: 'found', maxBytes: MAX_ROBOTS_BYTES, known: stored?.record ?? null });
      return await store.keep(address, stored, answer, null, now);
    } catch (error) {
      // Where there are no rules, all is allowed; where too many questions are asked, there may be some.
      const absent = error instanceof FetchError && error.status !== null && error.status >= 400 && error.status < 500 && error.status !== 429;
      if (!absent) throw error;
      const nothing = { finalUrl: address, bytes: Buffer.alloc(0), contentType: null, charset: null, etag: null, lastModified: null };
      return store.put(address, { ...nothing, status: error.status }, null, now);
    }
  }
}

function parse(address: string, stored: Stored): Rules {
  const robot = robotsParser(address, namesOnce(stored.bytes.toString('utf8')));
  const seconds = robot.getCrawlDelay(ROBOT) ?? 0;
  return { robot, delayMs: seconds > 0 ? Math.min(seconds * 1_000, MAX_DELAY_MS) : 0 };
}

/**
 * The parser keeps each rule once for every name it is for: thousands of names before thousands of rules fill the
 * memory. All names but Pilcrow's and `*` become one, and each stands once in a group.
 */
function namesOnce(text: string): string {
  const lines: string[] = [];
  let group = new Set<string>();
  for (const line of text.split(/\r\n?|\n/)) {
    const name = /^\s*user-agent\s*:([^#]*)/i.exec(line)?.[1]?.trim().toLowerCase().replace(/\/.*$/, '').trim();
    if (name === undefined) {
      if (/^\s*[^\s#:][^#:]*:/.test(line)) group = new Set();
      lines.push(line);
      continue;
    }
    const known = name === ROBOT || name === '*' ? name : 'others';
    if (!group.has(known)) lines.push(`User-agent: ${known}`);
    group.add(known);
  }
  return lines.join('\n');
}
