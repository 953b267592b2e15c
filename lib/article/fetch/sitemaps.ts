import { discover, type Discovered, type Link } from './discover';
import { documentName } from './name';
import { obtainPages, type Outcome, type WebProgress } from './pages';
import type { Session } from './session';
import type { Stored } from './store';

/** A sitemap that lists sitemaps that list sitemaps. The protocol has two levels. */
export const SITEMAP_LEVELS = 3;
/** At one a second, and with 50,000 pages each. */
export const MAX_SITEMAPS = 100;

/** What a stored document is. @throws as `discover` */
export function discovered({ record, bytes }: Stored): Promise<Discovered> {
  const { finalUrl, contentType, charset } = record;
  return discover({ bytes, name: documentName(finalUrl, contentType, bytes), url: finalUrl, charset: charset ?? undefined });
}

/** A site may have more sitemaps than are asked for. */
interface Walked {
  failed: Extract<Outcome<unknown>, { kind: 'failed' }>[];
  /** Not asked for. */
  unread: number;
}

/**
 * Hands on the pages of all sitemaps below one, level by level.
 *
 * @param onPages gets those of one sitemap after the other, in the order they are listed in
 * @throws as `obtainPages`
 */
export async function walkSitemaps(addresses: readonly string[], session: Session, onPages: (pages: Link[]) => void, onProgress: (progress: WebProgress) => void): Promise<Walked> {
  const seen = new Set<string>();
  const walked: Walked = { failed: [], unread: 0 };
  let next = addresses;
  for (let level = 2; next.length > 0; level++) {
    const fresh = [...new Set(next)].filter((url) => !seen.has(url));
    const asked = level > SITEMAP_LEVELS ? [] : fresh.slice(0, MAX_SITEMAPS - seen.size);
    walked.unread += fresh.length - asked.length;
    for (const url of asked) seen.add(url);
    const errands = asked.map((url) => ({ url, origin: 'found' as const }));
    next = [];
    for (const outcome of await obtainPages(errands, { session, stage: 'listing', take: discovered, onProgress })) {
      if (outcome.kind === 'failed') walked.failed.push(outcome);
      const { value } = outcome;
      if (value?.kind !== 'sitemap') continue;
      onPages(value.pages);
      next = [...next, ...value.sitemaps];
    }
  }
  return walked;
}
