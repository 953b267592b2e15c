import { STATUS_CODES } from 'node:http';
import { FetchError } from './failure';

/** How often an address is asked for in all. */
export const TRIES = 3;
/** Before the second try, ms; doubled for every further one. */
const FIRST_PAUSE_MS = 1_000;
/** Longest wait that a server may ask for: nobody sits before an index run for longer than this for one page. */
const MAX_WAIT_MS = 2 * 60_000;


/**
 * Pause before another try, ms: what the server asked for, else exponential backoff. Half of it is random, so that
 * many who failed together do not come back together.
 *
 * @param tried how often it was tried already
 */
export function pauseBefore(tried: number, askedMs: number | null): number {
  return askedMs ?? FIRST_PAUSE_MS * 2 ** (tried - 1) * (0.5 + Math.random() / 2);
}

/**
 * The error for an answer that is none.
 *
 * @param retryAfter value of Retry-After: seconds or an HTTP date
 */
export function refusal(shown: string, status: number, retryAfter: string | null, now: number): FetchError {
  // These may be others a moment later.
  const passing = status === 408 || status === 425 || status === 429 || status >= 500;
  const answer = `${shown} answered ${`${status} ${STATUS_CODES[status] ?? ''}`.trim()}`;
  const afterMs = retryAfter === null ? null : waitFor(retryAfter, now);
  if (passing && afterMs !== null && afterMs > MAX_WAIT_MS) {
    return new FetchError(`${answer} and asks to be left alone until ${until(now + afterMs)}`, 'run it again after that', { status, hostClosed: true });
  }
  return new FetchError(answer, hintFor(status), { status, again: passing ? { afterMs } : null });
}

/** @returns null for what is neither a number nor a date */
function waitFor(retryAfter: string, now: number): number | null {
  const value = retryAfter.trim();
  if (/^\d+$/.test(value)) return Number(value) * 1_000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/** Minutes are exact enough; far futures have no date. */
function until(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? 'further notice' : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function hintFor(status: number): string {
  if (status === 401 || status === 402 || status === 403 || status === 407) return 'it may want a login: open it in a browser, save it and index the file';
  if (status === 404 || status === 410) return 'check the address';
  return 'run it again later';
}
