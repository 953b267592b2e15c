import type { LookupAddress } from 'node:dns';
import { PilcrowError } from '../../errors';
import { FetchError } from './failure';
import { isPrivateName, isPublicAddress, literalAddress } from './private';

/** All addresses of a host name, as `dns.promises.lookup` gives them. */
export type Lookup = (hostname: string) => Promise<LookupAddress[]>;

/** Whose act it is to fetch an address: the user typed it, or it was found inside of something fetched. */
export type Origin = 'typed' | 'found';

/** As in the sitemap protocol. Longer ones carry data, and cost what is matched against them. */
const MAX_ADDRESS_CHARACTERS = 2_048;

/**
 * An address that may be asked for: http(s), without a fragment.
 *
 * @throws PilcrowError `fetch-failed` for what is no such address, `fetch-forbidden` for one with a password in it
 */
export function parseAddress(text: string): URL {
  const shown = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  if (text.length > MAX_ADDRESS_CHARACTERS) {
    throw new FetchError(`${shown} is an address of ${text.length} characters, more than ${MAX_ADDRESS_CHARACTERS}`, 'save the page and index the file');
  }
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new FetchError(`${shown} is not an address that can be fetched`, 'one begins with https:// or http://');
  }
  if (url.username !== '' || url.password !== '') {
    url.username = '';
    url.password = '';
    throw new PilcrowError('fetch-forbidden', `the address at ${url.host} has a user name in it`, 'pages behind a login are not fetched: save them and index the files');
  }
  url.hash = '';
  return url;
}

/**
 * Decides where the requests for one address may go, and to which addresses exactly, so that a name that resolves to
 * something else a moment later changes nothing.
 *
 * What the user typed may be anywhere. What it redirects to may be on the public internet, and on the host that was
 * typed if that was private from the beginning: a public server cannot make its own name lead here afterwards. What
 * was found in a document is public or not fetched.
 */
export class Targets {
  /** The private host that was typed; null once the first one turned out to be public, undefined before. */
  private home: string | null | undefined;

  constructor(
    private readonly lookup: Lookup,
    private readonly origin: Origin,
    private readonly allowPrivate: boolean,
  ) {}

  /**
   * Addresses to connect to, one at least.
   *
   * @throws PilcrowError `fetch-forbidden` where all are private and may not be, and whatever the look-up throws
   */
  async resolve(url: URL): Promise<LookupAddress[]> {
    const typed = this.home === undefined && this.origin === 'typed';
    const anywhere = this.allowPrivate || typed || this.home === url.hostname;
    if (!anywhere && isPrivateName(url.hostname)) throw forbidden(url, 'a private name');
    const literal = literalAddress(url.hostname);
    const all = literal === null ? await this.lookup(url.hostname) : [{ address: literal, family: literal.includes(':') ? 6 : 4 }];
    const open = all.filter(({ address }) => isPublicAddress(address));
    if (this.home === undefined) this.home = typed && open.length < all.length ? url.hostname : null;
    if (anywhere) return all;
    if (open.length === 0) throw forbidden(url, literal ?? `${url.hostname} at ${all[0]?.address ?? 'no address'}`);
    return open;
  }
}

function forbidden(url: URL, where: string): PilcrowError {
  return new PilcrowError(
    'fetch-forbidden',
    `${url.href} leads into a private network (${where})`,
    'allow private addresses for this source if it is your own network: --allow-private',
  );
}
