import type { ErrorKind } from '../lib/errors';
import type { ProblemStatus } from './api/problem';

/** What went wrong as an HTTP status, for pages and API alike. */
export const STATUS: Record<ErrorKind, ProblemStatus> = {
  usage: 400,
  missing: 404,
  input: 422,
  unavailable: 503,
  failed: 500,
  interrupted: 500,
};

/** The response under way, as scripts/start/server.mjs lends it. `next dev` lends none: pages are 200 there. */
const lent = globalThis as typeof globalThis & {
  pilcrowResponse?: { getStore(): { statusCode: number; headersSent: boolean } | undefined };
};

/**
 * Gives the page that is being rendered a status. Next knows only `notFound()` for that, and what is
 * thrown is rendered by JavaScript alone: without it the reader would see nothing. No page of ours
 * streams, so its head is not sent before it is whole.
 */
export function answerWith(status: ProblemStatus): void {
  const response = lent.pilcrowResponse?.getStore();
  if (response && !response.headersSent) response.statusCode = status;
}
