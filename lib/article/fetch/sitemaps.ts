import type { PilcrowError } from '../../errors';
import { discover, type Discovered } from './discover';
import { FetchError } from './failure';
import { documentName } from './name';
import { obtainPages, type WebProgress } from './pages';
import type { Selection } from './select';
import type { Session } from './session';
import type { Stored } from './store';

/** A sitemap that lists sitemaps that list sitemaps. The protocol has two levels. */
export const SITEMAP_LEVELS = 3;
/** At one a second, and with 50,000 pages each. */
export const MAX_SITEMAPS = 100;

interface Walked {
  failed: { url: string; error: PilcrowError }[];
  /** Sitemaps that were not asked for: a site may have more than anybody waits for. */
  unread: number;
}

/**
 * Adds the pages of all sitemaps below one to a selection, level by level, in the order they are listed in.
 *
 * @throws as `obtainPages`
 */
export async function walkSitemaps(addresses: readonly string[], selection: Selection, session: Session, onProgress: (progress: WebProgress) => void): Promise<Walked> {
  const seen = new Set<string>();
  const walked: Walked = { failed: [], unread: 0 };
  // Of each no more is held than may be taken: a hundred of them have millions of pages.
  const take = async (stored: Stored): Promise<{ part: Selection; sitemaps: string[]; further: number }> => {
    const found = await discovered(stored);
    if (found.kind !== 'sitemap') throw new FetchError(`${stored.record.url} is no sitemap`, 'run it again later');
    const part = selection.another();
    part.add(found.pages);
    return { part, sitemaps: found.sitemaps.slice(0, MAX_SITEMAPS), further: Math.max(0, found.sitemaps.length - MAX_SITEMAPS) };
  };
  let next = addresses;
  for (let level = 2; next.length > 0; level++) {
    const fresh = [...new Set(next)].filter((url) => !seen.has(url));
    const asked = level > SITEMAP_LEVELS ? [] : fresh.slice(0, MAX_SITEMAPS - seen.size);
    walked.unread += fresh.length - asked.length;
    for (const url of asked) seen.add(url);
    const errands = asked.map((url) => ({ url, origin: 'found' as const }));
    next = [];
    for (const outcome of await obtainPages(errands, { session, stage: 'listing', take, onProgress })) {
      if (outcome.kind === 'failed') walked.failed.push(outcome);
      if (outcome.value === null) continue;
      selection.merge(outcome.value.part);
      walked.unread += outcome.value.further;
      next = [...next, ...outcome.value.sitemaps];
    }
  }
  return walked;
}

/** What a stored document is. @throws as `discover` */
export function discovered({ record, bytes }: Stored): Promise<Discovered> {
  const { finalUrl, contentType, charset } = record;
  return discover({ bytes, name: documentName(finalUrl, contentType, bytes), url: finalUrl, charset: charset ?? undefined });
}
