import { isLoopback } from '../lib/loopback.mjs';

/** The environment, of which two variables count. */
interface HostSettings {
  [variable: string]: string | undefined;
  /** What the server was told to listen on; loopback when unset. */
  HOST?: string;
  /** Further names it goes by, separated by commas or spaces, without ports; `*` for any. */
  PILCROW_ALLOWED_HOSTS?: string;
}

const ANY_ADDRESS = ['0.0.0.0', '::'];

/**
 * Whether a request may be answered, by its Host header. A page elsewhere can point a name of its
 * own at 127.0.0.1 (DNS rebinding) and then read this server as if it were itself; it cannot change
 * the Host header that the browser sends with it.
 *
 * Always allowed: loopback names, HOST itself, and PILCROW_ALLOWED_HOSTS. Only when HOST is not
 * loopback and PILCROW_ALLOWED_HOSTS is unset is any name allowed: whoever opens the server to a
 * network has given up what this protects, and we cannot know the names it has there.
 */
export function hostAllowed(header: string | null, { HOST, PILCROW_ALLOWED_HOSTS }: HostSettings): boolean {
  const name = hostName(header);
  if (name === null) return false;
  const listening = HOST ? bare(HOST) : '127.0.0.1';
  const named = (PILCROW_ALLOWED_HOSTS ?? '').split(/[\s,]+/).filter(Boolean).map(bare);
  if (isLoopback(name) || name === listening || named.includes(name) || named.includes('*')) return true;
  return named.length === 0 && !isLoopback(listening);
}

/** The header's name without its port; null for what is no host. */
function hostName(header: string | null): string | null {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i.exec(header ?? '');
  const name = match?.[1];
  if (name === undefined) return null;
  return ANY_ADDRESS.includes(bare(name)) ? null : bare(name);
}

/** `[::1]` and `LOCALHOST.` as `::1` and `localhost`. */
function bare(name: string): string {
  return name.toLowerCase().replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
}
