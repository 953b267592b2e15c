export const NO_STORE = { 'Cache-Control': 'no-store' };

const TITLES = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  422: 'Unprocessable Content',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

export type ProblemStatus = keyof typeof TITLES;

/** RFC 9457. The type is `about:blank`: `code` is what tells problems apart, and it is stable. */
export function problem(status: ProblemStatus, code: string, detail: string, headers: Record<string, string> = {}): Response {
  return Response.json(
    { type: 'about:blank', title: TITLES[status], status, detail, code },
    { status, headers: { ...NO_STORE, ...headers, 'Content-Type': 'application/problem+json' } },
  );
}
