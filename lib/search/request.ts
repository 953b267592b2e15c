import { z } from 'zod';
import { PilcrowError, type ErrorCode } from '../errors';

export const MODES = ['hybrid', 'dense', 'lexical'] as const;
export type Mode = (typeof MODES)[number];

/** Longest question in characters: far above any question, below what would stall the model. */
export const MAX_QUERY_LENGTH = 2_000;
/** Most results of one request. */
export const MAX_K = 100;
export const DEFAULT_K = 10;
export const DEFAULT_RELATED_K = 5;
/**
 * Passages of one article on a page unless asked for otherwise. These defaults give way where other articles
 * have nothing near the question (rank.ts).
 */
export const DEFAULT_PER_ARTICLE = 3;
/** What is related is wanted for what others say. */
export const DEFAULT_RELATED_PER_ARTICLE = 1;

const values = z.array(z.string().trim().min(1).max(200)).max(50).default([]);
const day = z.string().refine(isDate, 'is not a date like 2024, 2024-03 or 2024-03-31').nullable().default(null);

function isDate(text: string): boolean {
  const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text);
  if (parts === null) return false;
  const [, year, month = '1', date = '1'] = parts;
  const day = new Date(Date.UTC(Number(year), Number(month) - 1, Number(date)));
  return day.getUTCMonth() + 1 === Number(month) && day.getUTCDate() === Number(date);
}

/** Which articles count. Values of one filter are alternatives; different filters must all hold. */
export const filtersSchema = z.strictObject({
  /** Article's id. */
  article: values,
  /** Article's source: a label or a path below it (`articles`, `articles/2024`). */
  source: values,
  author: values,
  tag: values,
  language: values,
  /** First and last day, inclusive; a year or a month stands for all its days. */
  from: day,
  to: day,
});

const countTo100 = z.coerce.number({ error: 'is not a number' }).int('is not a whole number').min(1, 'is less than 1').max(MAX_K, `is more than ${MAX_K}`);
/** Null leaves it to the default, which is no strict limit. */
const perArticle = countTo100.nullable().default(null);

export const searchRequestSchema = z.strictObject({
  q: z.string().trim().min(1, 'is empty').max(MAX_QUERY_LENGTH, `has more than ${MAX_QUERY_LENGTH} characters`),
  k: countTo100.default(DEFAULT_K),
  mode: z.enum(MODES, { error: `is not one of ${MODES.join(', ')}` }).default('hybrid'),
  perArticle,
  ...filtersSchema.shape,
});

export const ARTICLE_SORTS = ['newest', 'oldest', 'title', 'author', 'longest'] as const;
export type ArticleSort = (typeof ARTICLE_SORTS)[number];
/** Articles on a page of the library. */
export const ARTICLE_PAGE_SIZE = 50;
/** What is typed to find an article by its title or author, in characters. */
export const MAX_ARTICLE_QUERY_LENGTH = 200;

export const articlesRequestSchema = z.strictObject({
  /** Words of the title or the author's name, or their beginnings; empty lets all pass. */
  q: z.string({ error: 'is no text' }).trim().max(MAX_ARTICLE_QUERY_LENGTH, `has more than ${MAX_ARTICLE_QUERY_LENGTH} characters`).default(''),
  sort: z.enum(ARTICLE_SORTS, { error: `is not one of ${ARTICLE_SORTS.join(', ')}` }).default('newest'),
  page: z.coerce.number({ error: 'is not a number' }).int('is not a whole number').min(1, 'is less than 1').max(1_000_000, 'is more than 1000000').default(1),
  ...filtersSchema.shape,
});

export const relatedRequestSchema = z.strictObject({ k: countTo100.default(DEFAULT_RELATED_K), perArticle, ...filtersSchema.shape });

export type Filters = z.output<typeof filtersSchema>;
export type SearchRequest = z.output<typeof searchRequestSchema>;
export type SearchInput = z.input<typeof searchRequestSchema>;
export type FiltersInput = z.input<typeof filtersSchema>;
export type ArticlesRequest = z.output<typeof articlesRequestSchema>;
export type ArticlesInput = z.input<typeof articlesRequestSchema>;
export type RelatedRequest = z.output<typeof relatedRequestSchema>;
export type RelatedInput = z.input<typeof relatedRequestSchema>;

/** @throws PilcrowError of kind `usage` that names the parameter and what is wrong with it */
export function parseSearchRequest(input: unknown): SearchRequest {
  const request = parse(searchRequestSchema, input, queryError);
  refuseBackwards(request);
  return request;
}

/** @throws PilcrowError of kind `usage` that names the parameter and what is wrong with it */
export function parseArticlesRequest(input: unknown): ArticlesRequest {
  const request = parse(articlesRequestSchema, input);
  refuseBackwards(request);
  return request;
}

/** @throws PilcrowError of kind `usage` that names the filter and what is wrong with it */
export function parseFilters(input: unknown): Filters {
  const filters = parse(filtersSchema, input);
  refuseBackwards(filters);
  return filters;
}

function refuseBackwards({ from, to }: Pick<Filters, 'from' | 'to'>): void {
  if (from !== null && to !== null && from.slice(0, to.length) > to.slice(0, from.length)) {
    throw new PilcrowError('filter-invalid', `from ${from} is after to ${to}`, 'name the earlier day first');
  }
}

/** @throws PilcrowError of kind `usage` that names the parameter and what is wrong with it */
export function parseRelatedRequest(input: unknown): RelatedRequest {
  const request = parse(relatedRequestSchema, input);
  refuseBackwards(request);
  return request;
}

/** @param refuseQuery where `q` has codes of its own */
function parse<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape, z.core.$strict>, input: unknown, refuseQuery?: (input: unknown, message: string) => PilcrowError) {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const name = String(issue?.path[0] ?? '');
  if (issue?.code === 'unrecognized_keys') {
    throw new PilcrowError('usage', `unknown parameter ${clip(issue.keys.join(', '))}`, `known are ${Object.keys(schema.shape).join(', ')}`);
  }
  if (name === 'q' && refuseQuery !== undefined) throw refuseQuery(input, issue?.message ?? 'is not valid');
  const given = clip(JSON.stringify((input as Record<string, unknown>)[name] ?? null));
  const hint = name === 'k' || name === 'perArticle' ? `give a whole number from 1 to ${MAX_K}` : null;
  throw new PilcrowError(CODES[name] ?? 'filter-invalid', `${name} ${given} ${issue?.message ?? 'is not valid'}`, hint);
}

/** By parameter; all others are filters. */
const CODES: Partial<Record<string, ErrorCode>> = { k: 'k-out-of-range', perArticle: 'usage', mode: 'mode-unknown', q: 'usage', sort: 'usage', page: 'usage' };

/** What was given may be of any length; an error is one line. */
function clip(text: string): string {
  return text.length <= 100 ? text : `${text.slice(0, 99)}…`;
}

function queryError(input: unknown, message: string): PilcrowError {
  const q = (input as { q?: unknown }).q;
  if (typeof q === 'string' && q.length > MAX_QUERY_LENGTH) {
    return new PilcrowError('query-too-long', `the question has ${q.length.toLocaleString('en')} characters`, `at most ${MAX_QUERY_LENGTH.toLocaleString('en')} can be asked at once`);
  }
  return new PilcrowError('query-empty', `the question ${typeof q === 'string' ? message : 'is missing'}`, 'ask something in your own words');
}
