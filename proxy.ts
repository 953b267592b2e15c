import { NextResponse, type NextRequest } from 'next/server';
import { contentSecurityPolicy, newNonce } from './app/content-security-policy';
import { hostAllowed } from './app/host';

/** Before any page or API answer: who may ask, and what a page may load. */
export function proxy(request: NextRequest): NextResponse {
  if (!hostAllowed(request.headers.get('host'), process.env)) return refuse();

  const policy = contentSecurityPolicy({ nonce: newNonce(), development: process.env.NODE_ENV === 'development' });
  // Next takes the nonce for its own inline scripts from the request's policy.
  const headers = new Headers(request.headers);
  headers.set('Content-Security-Policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  return response;
}

/** The program's own files (scripts, styles, fonts, the icon) are public and say nothing of the articles. */
export const config = { matcher: '/((?!_next/static/|icon\\.svg).*)' };

function refuse(): NextResponse {
  return NextResponse.json(
    {
      type: 'about:blank',
      title: 'Forbidden',
      status: 403,
      detail: 'this server does not answer under that host name; PILCROW_ALLOWED_HOSTS names further ones',
      code: 'host-not-allowed',
    },
    { status: 403, headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' } },
  );
}
