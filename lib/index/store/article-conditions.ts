import { foldKey } from './schema';

/** Which articles count; empty lists and nulls let all pass. */
export interface ArticleFilter {
  article: readonly string[];
  source: readonly string[];
  author: readonly string[];
  tag: readonly string[];
  language: readonly string[];
  from: string | null;
  to: string | null;
}

/** Filters that name things. */
export const NAMING_FILTERS = ['article', 'source', 'author', 'tag', 'language'] as const;
export type NamingFilter = (typeof NAMING_FILTERS)[number];
/** What must all hold: each filter that names things, and first and last day together. */
export const FILTERS = [...NAMING_FILTERS, 'date'] as const;
export type FilterName = (typeof FILTERS)[number];

/** What SQL asks of an article, which it calls `a`. */
export interface Condition {
  sql: string;
  values: string[];
}

/** @returns null where the filter lets all pass */
export function conditionOf(name: FilterName, filter: ArticleFilter): Condition | null {
  return name === 'date' ? dateCondition(filter) : namingCondition(name, filter[name]);
}

function namingCondition(name: NamingFilter, wanted: readonly string[]): Condition | null {
  if (wanted.length === 0) return null;
  const { sql, valuesOf } = NAMING[name];
  return { sql: `(${wanted.map(() => sql).join(' OR ')})`, values: wanted.flatMap(valuesOf) };
}

const NAMING: Record<NamingFilter, { sql: string; valuesOf: (name: string) => string[] }> = {
  article: { sql: 'a.id = ?', valuesOf: (id) => [id] },
  source: {
    sql: '(a.source = ? OR substr(a.source, 1, length(?)) = ?)',
    valuesOf: (name) => {
      const path = pathOf(name);
      return [path, `${path}/`, `${path}/`];
    },
  },
  author: { sql: 'a.row IN (SELECT article FROM article_authors WHERE author = ?)', valuesOf: (name) => [foldKey(name)] },
  tag: { sql: 'a.row IN (SELECT article FROM article_tags WHERE tag = ?)', valuesOf: (name) => [foldKey(name)] },
  language: {
    sql: '(a.language_key = ? OR substr(a.language_key, 1, length(?)) = ?)',
    valuesOf: (name) => {
      const tag = foldKey(name);
      return [tag, `${tag}-`, `${tag}-`];
    },
  },
};

/** A source as it is compared: a folder may be named with a slash at its end. */
export function pathOf(source: string): string {
  return source.replace(/\/+$/, '');
}

/**
 * Dates compare as far as both go: `2024` as a last day takes in all of 2024, and an article of `2024` may be of any
 * of its days.
 */
function dateCondition({ from, to }: ArticleFilter): Condition | null {
  const conditions: string[] = [];
  const values: string[] = [];
  for (const [day, comparison] of [[from, '>='], [to, '<=']] as const) {
    if (day === null) continue;
    conditions.push(`substr(a.published, 1, length(?)) ${comparison} substr(?, 1, length(a.published))`);
    values.push(day, day);
  }
  return conditions.length === 0 ? null : { sql: conditions.join(' AND '), values };
}
