import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { MIMEType } from 'node:util';
import { Agent, request, type Dispatcher } from 'undici';
import manifest from '../../../package.json' with { type: 'json' };
import { MAX_FILE_BYTES } from '../sources/walk';
import { interrupted, unlessAborted } from './abort';
import { ACCEPT_ENCODING, readBody } from './body';
import { Deadline } from './deadline';
import { FetchError, failureOf } from './failure';
import { systemNetwork, type Network } from './network';
import { pauseBefore, refusal, TRIES } from './retry';
import { parseAddress, Targets, type Origin } from './target';

/** What Pilcrow calls itself to servers. */
export const USER_AGENT = `Pilcrow/${manifest.version} (+article index; local)`;
const ACCEPT = 'text/html,application/xhtml+xml,application/atom+xml,application/rss+xml,application/xml;q=0.9,*/*;q=0.8';

/** As browsers have it, by half. */
const MAX_REDIRECTS = 10;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** What is known of an address from last time, to ask for it only if it has changed. */
export interface Known {
  finalUrl: string;
  etag: string | null;
  lastModified: string | null;
}

export interface Answer {
  status: 'fetched';
  /** After redirects, without a fragment. */
  finalUrl: string;
  /** Unpacked. */
  bytes: Buffer;
  /** Lower case, without parameters; null where there is none that can be read. */
  contentType: string | null;
  /** Lower case. */
  charset: string | null;
  etag: string | null;
  lastModified: string | null;
}

export type Fetched = Answer | { status: 'unchanged' };

export interface FetchOptions {
  origin: Origin;
  /** Private addresses may be asked whoever named them. */
  allowPrivate?: boolean;
  known?: Known | null;
  /** Waits until an address may be asked for, every try and every redirect; what it returns is called afterwards. What it throws is thrown. */
  gate?: (url: URL) => Promise<() => void>;
  /** Unpacked; default: as for files. */
  maxBytes?: number;
  signal?: AbortSignal | undefined;
  network?: Network;
}

type Step = Fetched | { status: 'redirect'; to: string };

/**
 * Gets what is at an address: GET alone, nothing is sent that tells of the user.
 *
 * Redirects are followed, from https to http too: there is no secret in what is asked. What may pass by itself is tried
 * again after a pause; what takes too long is not, since it would take as long again.
 *
 * @throws PilcrowError `fetch-failed` (as a FetchError), `fetch-forbidden` for an address that is private where it may
 *   not be, `interrupted` as soon as the signal is aborted
 */
export async function fetchAddress(address: string, options: FetchOptions): Promise<Fetched> {
  const { network = systemNetwork, origin, allowPrivate = false } = options;
  const targets = new Targets(network.lookup, origin, allowPrivate);
  const visited = new Set<string>();
  let url = parseAddress(address);
  for (;;) {
    visited.add(url.href);
    const step = await persist(url, targets, options, network);
    if (step.status !== 'redirect') return step;
    url = parseAddress(new URL(step.to, url).href);
    if (visited.has(url.href)) throw new FetchError(`${address} redirects in a circle`, 'open it in a browser: it may want cookies or a login');
    if (visited.size > MAX_REDIRECTS) throw new FetchError(`${address} redirects more than ${MAX_REDIRECTS} times`, 'name the address that it leads to');
  }
}

/** Several tries at one address. */
async function persist(url: URL, targets: Targets, options: FetchOptions, network: Network): Promise<Step> {
  for (let tried = 1; ; tried++) {
    const result = await attempt(url, targets, options, network).catch((error: unknown) => failureOf(url.href, error));
    if (!(result instanceof Error)) return result;
    if (!(result instanceof FetchError) || result.again === null || tried === TRIES) throw result;
    await unlessAborted(network.clock.wait(pauseBefore(tried, result.again.afterMs), options.signal), options.signal);
  }
}

async function attempt(url: URL, targets: Targets, options: FetchOptions, network: Network): Promise<Step> {
  const { signal, gate } = options;
  if (signal?.aborted === true) throw interrupted(signal);
  const addresses = await unlessAborted(targets.resolve(url), signal);
  const release = await gate?.(url);
  try {
    return await exchange(url, addresses, options, network);
  } finally {
    release?.();
  }
}

/** One request with a connection of its own, so that none is ever used for what it was not checked for. */
async function exchange(url: URL, addresses: LookupAddress[], { signal, known, maxBytes = MAX_FILE_BYTES }: FetchOptions, network: Network): Promise<Step> {
  const { limits, clock } = network;
  const agent = new Agent({ connect: { lookup: pinned(addresses), timeout: 0 }, headersTimeout: 0, bodyTimeout: limits.idleMs });
  // A request that is still connecting does not hear a signal: it ends with its agent.
  const deadline = new Deadline(url.href, limits, signal, (error) => void agent.destroy(error));
  try {
    const { statusCode, headers, body } = await request(url, { dispatcher: agent, headers: headersFor(url, known ?? null), reset: true });
    // What is not read breaks off with the agent.
    body.on('error', () => undefined);
    deadline.answered();
    const location = header(headers, 'location');
    if (REDIRECTS.has(statusCode) && location !== null) return { status: 'redirect', to: absolute(location, url) };
    if (statusCode === 304 && known?.finalUrl === url.href) return { status: 'unchanged' };
    if (statusCode !== 200 && statusCode !== 203) throw refusal(url.href, statusCode, header(headers, 'retry-after'), clock.now());
    const bytes = await readBody(body, header(headers, 'content-encoding') ?? '', maxBytes, url.href);
    return { status: 'fetched', finalUrl: url.href, bytes, ...contentType(header(headers, 'content-type')), etag: header(headers, 'etag'), lastModified: header(headers, 'last-modified') };
  } finally {
    deadline.end();
    await agent.destroy();
  }
}

/** A look-up that knows its answer. */
function pinned(addresses: LookupAddress[]): LookupFunction {
  return (_hostname, { all }, callback) => {
    const first = addresses[0];
    if (all === true || first === undefined) callback(null, addresses);
    else callback(null, first.address, first.family);
  };
}

function headersFor(url: URL, known: Known | null): Record<string, string> {
  const headers: Record<string, string> = { 'user-agent': USER_AGENT, 'accept': ACCEPT, 'accept-encoding': ACCEPT_ENCODING };
  // They are those of the page at the end of all redirects.
  if (known?.finalUrl !== url.href) return headers;
  if (known.etag !== null) headers['if-none-match'] = known.etag;
  if (known.lastModified !== null) headers['if-modified-since'] = known.lastModified;
  return headers;
}

function header(headers: Dispatcher.ResponseData['headers'], name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

function absolute(location: string, base: URL): string {
  if (!URL.canParse(location, base.href)) throw new FetchError(`${base.href} redirects to what is no address`, 'open it in a browser');
  return new URL(location, base).href;
}

function contentType(value: string | null): { contentType: string | null; charset: string | null } {
  try {
    const type = new MIMEType(value ?? '');
    return { contentType: type.essence, charset: type.params.get('charset')?.trim().toLowerCase() ?? null };
  } catch {
    return { contentType: null, charset: null };
  }
}
