import { NextResponse, type NextRequest } from 'next/server';
import { problem } from './app/api/problem';
import { contentSecurityPolicy, newNonce } from './app/content-security-policy';
import { hostAllowed } from './app/host';

/** Before any page or API answer: who may ask and how, and what a page may load. */
export function proxy(request: NextRequest): Response {
  const refused = refusal(request);
  if (refused) return refused;

  const policy = contentSecurityPolicy({ nonce: newNonce(), development: process.env.NODE_ENV === 'development' });
  // Next takes the nonce for its own inline scripts from the request's policy.
  const headers = new Headers(request.headers);
  headers.set('Content-Security-Policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  return response;
}

/** The program's own files (scripts, styles, fonts, the icon) are public and say nothing of the articles. */
export const config = { matcher: '/((?!_next/static/|icon\\.svg$).*)' };

function refusal({ method, headers, nextUrl: { pathname } }: NextRequest): Response | null {
  if (!hostAllowed(headers.get('host'), process.env)) {
    return problem(403, 'host-not-allowed', 'this server does not answer under that host name; PILCROW_ALLOWED_HOSTS names further ones');
  }
  // Everything here is only ever read. Next would run a page for any method.
  const methods = /^\/api(\/|$)/.test(pathname) ? ['GET', 'HEAD', 'OPTIONS'] : ['GET', 'HEAD'];
  if (methods.includes(method)) return null;
  return problem(405, 'method-not-allowed', 'this address can only be read: use GET', { Allow: methods.join(', ') });
}
