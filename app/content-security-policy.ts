/**
 * What a page may load: its own files, and the scripts that carry this answer's nonce. No inline
 * script or style without it, nothing from elsewhere, no framing. Pages are therefore rendered per
 * request, which they are anyway: they show the index as it stands.
 */
export function contentSecurityPolicy({ nonce, development }: { nonce: string; development: boolean }): string {
  const directives = {
    'default-src': "'none'",
    // 'strict-dynamic': a script of ours may load further chunks; a bare <script src> may not.
    // React's development build needs eval, and its overlay inline styles; neither is in production.
    'script-src': `'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    'style-src': development ? "'self' 'unsafe-inline'" : "'self'",
    'img-src': "'self'",
    'font-src': "'self'",
    'connect-src': "'self'",
    'form-action': "'self'",
    'base-uri': "'none'",
    'frame-ancestors': "'none'",
  };
  return Object.entries(directives).map(([name, value]) => `${name} ${value}`).join('; ');
}

export function newNonce(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
}
