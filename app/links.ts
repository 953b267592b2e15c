import { type Trail, trailParameters } from './trail';

/** Every address of the app is made here. */

export const homeHref = '/';
export const libraryHref = '/library';
export const mapHref = '/map';
export const statusHref = '/status';

/** The ways into the app, by their names. */
export const PAGES = [
  { href: homeHref, name: 'Ask' },
  { href: libraryHref, name: 'Library' },
  { href: mapHref, name: 'Map' },
  { href: statusHref, name: 'Status' },
] as const;

/** The address of a page for a query. */
export type HrefOf = (query: URLSearchParams) => string;

export function searchHref(query: URLSearchParams, trail: Trail = []): string {
  return address(homeHref, [...query], trail);
}

/**
 * The article with a passage marked: the fragment scrolls and marks its beginning, also when the
 * link is shared without `p`; `p` lets the server mark the whole passage.
 */
export function articleHref(articleId: string, ordinal?: number, trail: Trail = []): string {
  const path = `/articles/${encodeURIComponent(articleId)}`;
  if (ordinal === undefined) return address(path, [], trail);
  return `${address(path, [['p', String(ordinal)]], trail)}#${anchor(ordinal)}`;
}

/** @param query how many, and of which articles */
export function relatedHref(passageId: string, trail: Trail = [], query = new URLSearchParams()): string {
  return address(`/passages/${encodeURIComponent(passageId)}/related`, [...query], trail);
}

/** The map with the places of a question's answers lit. */
export function mapQuestionHref(query: URLSearchParams, trail: Trail = []): string {
  return address(mapHref, [...query], trail);
}

export function mapRegionHref(region: number, trail: Trail = []): string {
  return address(mapHref, [['region', String(region)]], trail);
}

/** What the library shows: filters, order and page as parameters. */
export function libraryPageHref(query: URLSearchParams): string {
  return address(libraryHref, [...query], []);
}

/** Where the result of this rank stands on its page. */
export function resultAnchor(rank: number): string {
  return `r${rank}`;
}

/** Where a related passage stands: a page may have several lists of them, of different passages. */
export function relatedAnchor(passageId: string, rank: number): string {
  return `${passageId}.r${rank}`;
}

export function anchor(ordinal: number): string {
  return `p${ordinal}`;
}

/** The article and ordinal that a passage's id names: `ARTICLE.p7`. */
export function placeOf(passageId: string): { articleId: string; ordinal: number } {
  const at = passageId.lastIndexOf('.p');
  return { articleId: passageId.slice(0, at), ordinal: Number(passageId.slice(at + 2)) };
}

/** The address if it is one that may be linked to; an article's url can be anything, `javascript:` too. */
export function outwardHref(url: string | null): string | null {
  const parsed = url !== null && URL.canParse(url) ? new URL(url) : null;
  return parsed && ['http:', 'https:'].includes(parsed.protocol) ? parsed.href : null;
}

function address(path: string, parameters: readonly (readonly [string, string])[], trail: Trail): string {
  const query = new URLSearchParams([...parameters.map(([name, value]) => [name, value] as [string, string]), ...trailParameters(trail)]);
  return query.size === 0 ? path : `${path}?${query}`;
}
