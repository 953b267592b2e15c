import { Parser } from 'htmlparser2';

/** Bytes in which a page's head ends. */
const HEAD_BYTES = 64 * 1024;

/**
 * What tells whether two addresses have the same page: the final address, without its query where the page itself says
 * (`link rel="canonical"`) that it is the one without or with another. No more of what it says is believed, since sites
 * that call all of their pages by the address of the first would lose them.
 *
 * @param url after redirects
 */
export function pageKey(url: string, bytes: Uint8Array): string {
  const own = new URL(url);
  if (own.search === '') return own.href;
  const named = canonicalOf(bytes);
  if (named === null || !URL.canParse(named, own.href)) return own.href;
  const canonical = new URL(named, own.href);
  canonical.hash = '';
  return canonical.host === own.host && canonical.pathname === own.pathname ? canonical.href : own.href;
}

function canonicalOf(bytes: Uint8Array): string | null {
  let found: string | null = null;
  const parser = new Parser({
    onopentag: (name, { rel, href }) => {
      if (name === 'link' && rel?.toLowerCase() === 'canonical' && href !== undefined) found ??= href;
    },
  });
  parser.end(Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, HEAD_BYTES)).toString('latin1'));
  return found;
}
