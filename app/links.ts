/** Every address of the app is made here. */

export const homeHref = '/';

export function searchHref(query: URLSearchParams): string {
  return query.size === 0 ? homeHref : `/?${query}`;
}

/**
 * The article with a passage marked: the fragment scrolls and marks its beginning, also when the
 * link is shared without `p`; `p` lets the server mark the whole passage.
 */
export function articleHref(articleId: string, ordinal?: number): string {
  const path = `/articles/${encodeURIComponent(articleId)}`;
  return ordinal === undefined ? path : `${path}?p=${ordinal}#${anchor(ordinal)}`;
}

export function relatedHref(passageId: string): string {
  return `/passages/${encodeURIComponent(passageId)}/related`;
}

export function anchor(ordinal: number): string {
  return `p${ordinal}`;
}

/** The address if it is one that may be linked to; an article's url can be anything, `javascript:` too. */
export function outwardHref(url: string | null): string | null {
  const parsed = url !== null && URL.canParse(url) ? new URL(url) : null;
  return parsed && ['http:', 'https:'].includes(parsed.protocol) ? parsed.href : null;
}
