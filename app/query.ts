import { PilcrowError } from '../lib/errors';
import type { Facets } from '../lib/search';
import { type Filters, type FiltersInput, MODES, type Mode, type SearchInput, searchRequestSchema } from '../lib/search/request';
import { shortened, type Step, type Trail, TRAIL_PARAMETER } from './trail';

/** Parameters that may be repeated. */
const LIST_FILTERS = ['article', 'source', 'author', 'tag', 'language'] as const;

/** Longest step of a trail, in characters: a question of the greatest length, in letters that each need nine. */
const MOST_STEP_CHARACTERS = 20_000;
const PASSAGE_ID = /^[^\s/?#]{1,200}\.p[1-9]\d{0,8}$/;

/** A page's `searchParams` as Next hands them over. */
export type PageParams = Record<string, string | string[] | undefined>;

/**
 * A query string as input for the strict request schemas: lists where values may repeat, plain
 * values elsewhere; unknown names stay in, for the schema to refuse.
 * @throws PilcrowError `usage` for a parameter given twice that may be given once
 */
export function inputFromQuery(query: URLSearchParams): Record<string, string | string[]> {
  const input: Record<string, string | string[]> = {};
  for (const name of new Set(query.keys())) {
    const [value = '', ...others] = query.getAll(name);
    if (isListFilter(name)) input[name] = [value, ...others];
    else if (others.length === 0) input[name] = value;
    else throw new PilcrowError('usage', `${name} is given ${others.length + 1} times`, 'give it once');
  }
  return input;
}

/**
 * The same for a page, which is more patient: empty fields of a form are not asked for, and
 * parameters that are none of ours are passed over.
 * @param names of the parameters there are
 */
export function queryFromPage(params: PageParams, names = Object.keys(searchRequestSchema.shape)): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of names) {
    for (const value of [params[name] ?? []].flat()) if (value.trim() !== '') query.append(name, value);
  }
  return query;
}

/** The steps of an address; what is no step is passed over. */
export function trailFromPage(params: PageParams): Trail {
  return shortened([params[TRAIL_PARAMETER] ?? []].flat().flatMap((text) => parseStep(text) ?? []));
}

/** What the form shows again; a mode that does not exist is left to the request to complain about. */
export function modeOf(query: URLSearchParams): Mode {
  const mode = query.get('mode');
  return MODES.find((known) => known === mode) ?? 'hybrid';
}

/** The same question asked of one article; a limit on its passages would be in the way. */
export function withinArticle(query: URLSearchParams, articleId: string): URLSearchParams {
  const within = new URLSearchParams([...query].filter(([name]) => name !== 'article' && name !== 'perArticle'));
  within.append('article', articleId);
  return within;
}

/** The filters of a query, one entry for each value. */
export function filtersOf(query: URLSearchParams): { name: keyof Filters; value: string }[] {
  const names = [...LIST_FILTERS, 'from', 'to'] as const;
  return names.flatMap((name) => query.getAll(name).map((value) => ({ name, value })));
}

/** Something that narrows a search down, and the parameters that say it. */
export interface Chosen {
  name: keyof Filters | 'year';
  value: string;
  parameters: readonly (readonly [string, string])[];
}

/** The filters as people see them: a year is `from` and `to` in one. */
export function chosenFilters(query: URLSearchParams): Chosen[] {
  const year = yearOf(query);
  const filters = filtersOf(query).map(({ name, value }): Chosen => ({ name, value, parameters: [[name, value]] }));
  return year === null ? filters : [...filters.filter(({ name }) => name !== 'from' && name !== 'to'), { name: 'year', value: year, parameters: [['from', year], ['to', year]] }];
}

/** The year that `from` and `to` both are. */
export function yearOf(query: URLSearchParams): string | null {
  const from = query.get('from');
  return from !== null && /^\d{4}$/.test(from) && from === query.get('to') ? from : null;
}

/** How much is shown, and from where: of another search it would say something else. */
const EXTENT: readonly string[] = ['k', 'page'];

/** The same search less these parameters, from its beginning. */
export function withoutParameters(query: URLSearchParams, parameters: Chosen['parameters']): URLSearchParams {
  const left = new Set(parameters.map(String));
  return new URLSearchParams([...query].filter((parameter) => !EXTENT.includes(parameter[0]) && !left.has(String(parameter))));
}

/** By what a search can be narrowed down beside its results. */
export type FacetName = Exclude<keyof Facets, 'generation' | 'articles'>;

/** The same search with one more value of a filter; of dates there is one only. */
export function withFilter(query: URLSearchParams, name: FacetName, value: string): URLSearchParams {
  const narrowed = new URLSearchParams([...query].filter(([n]) => !EXTENT.includes(n) && (name !== 'year' || (n !== 'from' && n !== 'to'))));
  if (name !== 'year') narrowed.append(name, value);
  else for (const end of ['from', 'to']) narrowed.append(end, value);
  return narrowed;
}

/** The same question of everything there is. */
export function withoutFilters(query: URLSearchParams): URLSearchParams {
  return withoutParameters(query, filtersOf(query).map(({ name, value }) => [name, value]));
}

/** The same search with another value of a parameter that stands once. */
export function withParameter(query: URLSearchParams, name: string, value: string): URLSearchParams {
  const changed = new URLSearchParams(query);
  changed.set(name, value);
  return changed;
}

/** All but the dates, for a form that asks for those. */
export function withoutDates(query: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...query].filter(([name]) => name !== 'from' && name !== 'to' && !EXTENT.includes(name)));
}

/**
 * Every link of a page repeats its filters, and each filter has links of its own: without end the page would grow
 * with their square.
 */
const MOST_FILTERS = 100;
const MOST_FILTER_CHARACTERS = 4_000;

/** Whether a page has more filters than it can show. */
export function hasTooManyFilters(query: URLSearchParams): boolean {
  const filters = onlyFilters(query);
  return filters.size > MOST_FILTERS || filters.toString().length > MOST_FILTER_CHARACTERS;
}

/**
 * What a page asks the engine for.
 * @throws PilcrowError as `inputFromQuery`, and `usage` for too many filters
 */
export function pageInput(query: URLSearchParams): Record<string, string | string[]> {
  if (hasTooManyFilters(query)) throw new PilcrowError('usage', 'there are too many filters for one page', 'leave some out');
  return inputFromQuery(query);
}

/** A page's question as the engine takes it, which checks it. @throws PilcrowError as `pageInput` */
export function searchInput(query: URLSearchParams): SearchInput {
  return pageInput(query) as unknown as SearchInput;
}

/** The filters alone, as the engine takes them. @throws PilcrowError as `pageInput` */
export function filtersInput(query: URLSearchParams): FiltersInput {
  return pageInput(onlyFilters(query));
}

/** The filters alone, for another question. */
export function onlyFilters(query: URLSearchParams): URLSearchParams {
  return new URLSearchParams(filtersOf(query).map(({ name, value }) => [name, value]));
}

function isListFilter(name: string): boolean {
  return (LIST_FILTERS as readonly string[]).includes(name);
}

function parseStep(text: string): Step | null {
  if (text.length > MOST_STEP_CHARACTERS) return null;
  const [, kind, rest = ''] = /^(ask|read|related):(.+)$/s.exec(text) ?? [];
  if (kind === 'ask') {
    const query = queryFromPage(groupOf(new URLSearchParams(rest)));
    return query.has('q') ? { kind, query } : null;
  }
  if ((kind === 'read' || kind === 'related') && PASSAGE_ID.test(rest)) return { kind, passage: rest };
  return null;
}

/** A query string as Next hands over a page's. */
function groupOf(query: URLSearchParams): PageParams {
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));
}
