import { belongsInLog, publicLine, toPilcrowError } from '../errors';
import { log } from '../log';
import type { ErrorKind } from '../../lib/errors';

const NO_STORE = { 'Cache-Control': 'no-store' };

const STATUS: Record<ErrorKind, keyof typeof TITLES> = {
  usage: 400,
  missing: 404,
  input: 422,
  unavailable: 503,
  failed: 500,
  interrupted: 500,
};

const TITLES = {
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  422: 'Unprocessable Content',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** Answers with what `work` finds as JSON, or with the problem it ran into. */
export async function respond(work: () => Promise<unknown>): Promise<Response> {
  try {
    return Response.json(await work(), { headers: NO_STORE });
  } catch (thrown) {
    const error = toPilcrowError(thrown);
    if (belongsInLog(error)) log(error);
    return problem(STATUS[error.kind], error.code, publicLine(error));
  }
}

/** For a route's POST, PUT, PATCH and DELETE: everything here is only ever read. */
export function methodNotAllowed(): Response {
  return problem(405, 'method-not-allowed', 'this address can only be read: use GET', { Allow: 'GET, HEAD, OPTIONS' });
}

export function noSuchAddress(): Response {
  return problem(404, 'address-not-found', 'there is nothing at this address of the API');
}

/** RFC 9457. The type is `about:blank`: `code` is what tells problems apart, and it is stable. */
function problem(status: keyof typeof TITLES, code: string, detail: string, headers: Record<string, string> = {}): Response {
  return Response.json(
    { type: 'about:blank', title: TITLES[status], status, detail, code },
    { status, headers: { ...NO_STORE, ...headers, 'Content-Type': 'application/problem+json' } },
  );
}
