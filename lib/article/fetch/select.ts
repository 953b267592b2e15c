import picomatch from 'picomatch';
import { PilcrowError } from '../../errors';
import type { Link } from './discover';
import { parseAddress } from './target';

/** Pages of a sitemap that are fetched unless another number is asked for: at one a second, eight minutes for a start. */
export const SITEMAP_LIMIT = 500;

/** A page, and whether only an earlier run saw it. */
export interface Selected extends Link {
  earlier: boolean;
}

/** Gathers the pages that are wanted of all that are listed. */
export class Selection {
  private readonly matches: (url: string) => boolean;
  private pages = new Map<string, Selected>();
  private beyond = 0;
  private unmatched = 0;
  private readonly invalid = { count: 0, first: '' };

  /** @param limit how many are wanted at most, the newest; null: all */
  constructor(private readonly match: string | null, private readonly limit: number | null) {
    this.matches = matcher(match);
  }

  /** Each address counts once, with what is said of it first. */
  add(links: Iterable<Link>): void {
    this.addAll(links, false);
  }

  /** Adds those that an earlier run saw. */
  addEarlier(links: Iterable<Link>): void {
    this.addAll(links, true);
  }

  /** An empty one that wants the same. */
  another(): Selection {
    return new Selection(this.match, this.limit);
  }

  /** Adds what another one selected, and what it left out. */
  merge({ pages, beyond, unmatched, invalid }: Selection): void {
    this.addAll(pages.values(), false);
    this.beyond += beyond;
    this.unmatched += unmatched;
    if (this.invalid.count === 0) this.invalid.first = invalid.first;
    this.invalid.count += invalid.count;
  }

  /** In the order they were listed in. */
  selected(): Selected[] {
    return [...this.pages.values()];
  }

  /** What was left out, as lines for people. */
  remarks(): string[] {
    const { beyond, unmatched, invalid } = this;
    return [
      ...(beyond > 0 ? [`${pagesOfIt(beyond)} beyond the limit of ${this.limit ?? 0}, the newest are taken`] : []),
      ...(unmatched > 0 ? [`${pagesOfIt(unmatched)} not matched by ${this.match ?? ''}`] : []),
      ...(invalid.count > 0 ? [`${pagesOfIt(invalid.count)} at no address that can be fetched, such as ${invalid.first}`] : []),
    ];
  }

  private addAll(links: Iterable<Link>, earlier: boolean): void {
    for (const { url: found, date } of links) {
      const url = this.normal(found);
      if (url === null || this.pages.has(url)) continue;
      if (this.matches(url)) this.pages.set(url, { url, date, earlier });
      else this.unmatched++;
    }
    this.cut();
  }

  /** What is held stays small: sites have millions of pages. */
  private cut(): void {
    const kept = newest([...this.pages.values()], this.limit);
    this.beyond += this.pages.size - kept.length;
    this.pages = new Map(kept.map((page) => [page.url, page]));
  }

  private normal(url: string): string | null {
    try {
      return parseAddress(url).href;
    } catch (error) {
      if (!(error instanceof PilcrowError)) throw error;
      if (this.invalid.count === 0) this.invalid.first = url.slice(0, 100);
      this.invalid.count++;
      return null;
    }
  }
}

/**
 * Whether an address is wanted.
 *
 * @param glob over the path (`/blog/**`), over the whole address where it has `://` in it; null: all are
 */
export function matcher(glob: string | null): (url: string) => boolean {
  if (glob === null) return () => true;
  const matches = picomatch(glob, { dot: true });
  if (glob.includes('://')) return (url) => matches(readable(url));
  // `blog/**` means the same as `/blog/**`.
  const fromRoot = /^!?\//.test(glob);
  return (url) => {
    const path = URL.canParse(url) ? readable(new URL(url).pathname) : '';
    return matches(fromRoot ? path : path.slice(1));
  };
}

/**
 * The newest pages, in the order they had; those without a date count as the oldest.
 *
 * @param limit how many; null: all
 */
export function newest<T extends Link>(pages: readonly T[], limit: number | null): T[] {
  if (limit === null || pages.length <= limit) return [...pages];
  const time = ({ date }: Link): number => (date === null ? -Infinity : Date.parse(date) || -Infinity);
  const aged = pages.map((page, at) => ({ page, at, time: time(page) }));
  aged.sort((a, b) => (a.time === b.time ? a.at - b.at : b.time - a.time));
  return aged.slice(0, limit).sort((a, b) => a.at - b.at).map(({ page }) => page);
}

/** As it is typed: `/künste`, not `/k%C3%BCnste`. */
function readable(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

function pagesOfIt(count: number): string {
  return count === 1 ? '1 page of it is' : `${count} pages of it are`;
}
