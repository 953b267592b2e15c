import { PilcrowError } from '../../errors';

/** An address that was asked for in vain. */
export class FetchError extends PilcrowError {
  /** HTTP status that says so, or null where there was no answer. */
  readonly status: number | null;
  /** Whether it is worth another try at once, and after how many ms the server wants it; null: as one likes. */
  readonly again: { afterMs: number | null } | null;
  /** Whether the whole host wants to be left alone. */
  readonly hostClosed: boolean;
  /** Whether the host, too, may be to blame: it did not answer, or not to the end. */
  readonly silent: boolean;

  constructor(
    message: string,
    hint: string | null,
    { status = null, again = null, hostClosed = false, silent = false, cause }: Partial<Pick<FetchError, 'status' | 'again' | 'hostClosed' | 'silent' | 'cause'>> = {},
  ) {
    super('fetch-failed', message, hint, { cause });
    this.status = status;
    this.again = again;
    this.hostClosed = hostClosed;
    this.silent = silent;
  }

  /** Whether the server says that there is nothing at the address any more. */
  get gone(): boolean {
    return this.status === 404 || this.status === 410;
  }
}

interface Reason {
  says: string;
  hint: string;
  /** Whether it may be otherwise a second later. */
  passing: boolean;
}

const SPELLING = 'check its spelling, and whether this machine is online';
const CERTIFICATE = 'open it in a browser to see whose fault it is';
const LATER = 'run it again later';
const BROKEN_OFF: Reason = { says: 'broke off its answer', hint: LATER, passing: true };
const NOT_HTTP: Reason = { says: 'did not answer in HTTP', hint: 'check its port, and http or https', passing: false };

/** What Node, OpenSSL, zlib and undici call it, and what that means. */
const REASONS: Partial<Record<string, Reason>> = {
  ENOTFOUND: { says: 'is on a host that is not found', hint: SPELLING, passing: false },
  EAI_AGAIN: { says: 'is on a host that cannot be looked up now', hint: SPELLING, passing: true },
  ECONNREFUSED: { says: 'refused the connection', hint: 'check its port, or run it again later', passing: true },
  EHOSTUNREACH: { says: 'cannot be reached', hint: SPELLING, passing: true },
  ENETUNREACH: { says: 'cannot be reached', hint: SPELLING, passing: true },
  ETIMEDOUT: { says: 'cannot be reached', hint: SPELLING, passing: true },
  ECONNRESET: BROKEN_OFF,
  EPIPE: BROKEN_OFF,
  UND_ERR_SOCKET: BROKEN_OFF,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: BROKEN_OFF,
  UND_ERR_BODY_TIMEOUT: { says: 'stopped in the middle of its answer', hint: LATER, passing: false },
  UND_ERR_HEADERS_OVERFLOW: { says: 'sent more headers than anybody needs', hint: LATER, passing: false },
  EPROTO: { says: 'did not answer in TLS', hint: 'check its port, and http or https', passing: false },
  Z_BUF_ERROR: BROKEN_OFF,
  Z_DATA_ERROR: { says: 'sent what cannot be unpacked', hint: LATER, passing: false },
  CERT_HAS_EXPIRED: { says: 'has a certificate that has expired', hint: CERTIFICATE, passing: false },
  CERT_NOT_YET_VALID: { says: 'has a certificate that is not valid yet', hint: "check this machine's clock", passing: false },
  ERR_TLS_CERT_ALTNAME_INVALID: { says: 'has a certificate for another host', hint: CERTIFICATE, passing: false },
  DEPTH_ZERO_SELF_SIGNED_CERT: { says: 'has a certificate that it made itself', hint: CERTIFICATE, passing: false },
  SELF_SIGNED_CERT_IN_CHAIN: { says: 'has a certificate that nobody vouches for', hint: CERTIFICATE, passing: false },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: { says: 'has a certificate that nobody vouches for', hint: CERTIFICATE, passing: false },
  UNABLE_TO_GET_ISSUER_CERT: { says: 'has a certificate that nobody vouches for', hint: CERTIFICATE, passing: false },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: { says: 'has a certificate that nobody vouches for', hint: CERTIFICATE, passing: false },
};

/** Families of codes with many members. */
const FAMILIES: readonly (readonly [prefix: string, reason: Reason])[] = [
  ['HPE_', NOT_HTTP],
  ['ERR_SSL_', { says: 'did not answer in TLS', hint: 'check its port, and http or https', passing: false }],
  ['CERT_', { says: 'has a certificate that is not valid', hint: CERTIFICATE, passing: false }],
  ['ERR__ERROR_', { says: 'sent what cannot be unpacked', hint: LATER, passing: false }], // Brotli
];

/** The error for what a socket, TLS, zlib or undici threw about an address; a PilcrowError stays what it is. */
export function failureOf(shown: string, cause: unknown): PilcrowError {
  if (cause instanceof PilcrowError) return cause;
  const code = codeOf(cause);
  const reason = REASONS[code] ?? FAMILIES.find(([prefix]) => code.startsWith(prefix))?.[1] ?? { says: `could not be fetched (${code})`, hint: LATER, passing: false };
  return new FetchError(`${shown} ${reason.says}`, reason.hint, { again: reason.passing ? { afterMs: null } : null, silent: reason.passing, cause });
}

/** Of several addresses tried for one name, the first one's code. */
function codeOf(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return codeOf(thrown.errors[0]);
  if (!(thrown instanceof Error)) return String(thrown);
  return 'code' in thrown ? String(thrown.code) : thrown.message;
}
