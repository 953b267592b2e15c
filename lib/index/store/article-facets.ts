import type Database from 'better-sqlite3';
import { authorsOf } from '../../article';
import { pathOf, type ArticleFilter, type FilterName } from './article-conditions';
import { foldKey } from './schema';

/** A byte for each article row, 1 for those that pass; null when all do. */
export type Mask = Uint8Array | null;

export interface FacetCount {
  /** To be given back as a filter. */
  value: string;
  label: string;
  articles: number;
}

export interface FacetCounts {
  /** Articles that pass all filters. */
  articles: number;
  source: FacetCount[];
  author: FacetCount[];
  tag: FacetCount[];
  language: FacetCount[];
  year: FacetCount[];
}

interface Request {
  db: Database.Database;
  filter: ArticleFilter;
  labels: readonly string[];
  most: number;
  /** What passes all filters but one. */
  maskWithout: (name: FilterName | null) => Mask;
}

interface Counted {
  value: string;
  articles: number;
}

/** SQL asks a mask for a row's byte: a hundred thousand calls of JavaScript would take twenty times as long. */
const PASSES = (row: string) => `(@mask IS NULL OR substr(@mask, ${row} + 1, 1) = x'01')`;
/** Articles looked at for how a name is mostly written. */
const LOOKED_AT = 25;

export function facetCounts(request: Request): FacetCounts {
  const { db, maskWithout } = request;
  const all = maskWithout(null);
  return {
    articles: all === null ? (db.prepare<[], number>('SELECT count(*) FROM articles').pluck().get() ?? 0) : all.reduce((sum, passes) => sum + passes, 0),
    source: sources(request),
    author: names(request, 'author', (article) => authorsOf(article.author)),
    tag: names(request, 'tag', (article) => JSON.parse(article.tags) as string[]),
    language: languages(request),
    year: years(request),
  };
}

/** Authors and tags: tables of their own have them folded, and the articles as they are written. */
function names({ db, filter, most, maskWithout }: Request, name: 'author' | 'tag', writtenIn: (article: { author: string | null; tags: string }) => string[]): FacetCount[] {
  const mask = maskWithout(name);
  const table = `article_${name}s`;
  const found = db.prepare<{ mask: Mask; most: number }, Counted>(`SELECT ${name} AS value, count(*) AS articles FROM ${table} WHERE ${PASSES('article')} GROUP BY ${name} ORDER BY articles DESC, value LIMIT @most`).all({ mask, most });
  const one = db.prepare<{ mask: Mask; value: string }, number>(`SELECT count(*) FROM ${table} WHERE ${name} = @value AND ${PASSES('article')}`).pluck();
  for (const given of filter[name]) {
    const value = foldKey(given);
    if (found.every((other) => other.value !== value)) found.push({ value, articles: one.get({ mask, value }) ?? 0 });
  }
  const articles = db.prepare<[string], { author: string | null; tags: string }>(`SELECT a.author, a.tags FROM ${table} n JOIN articles a ON a.row = n.article WHERE n.${name} = ? LIMIT ${LOOKED_AT}`);
  return ordered(
    found.map(({ value, articles: count }) => {
      const written = articles.all(value).flatMap((article) => writtenIn(article).filter((form) => foldKey(form) === value));
      return { value, label: mostFrequent(written) ?? filter[name].find((given) => foldKey(given) === value) ?? value, articles: count };
    }),
  );
}

/** A language stands for its varieties too: they are listed beside it where there are several. */
function languages({ db, filter, most, maskWithout }: Request): FacetCount[] {
  const known = db
    .prepare<{ mask: Mask }, Counted>(`SELECT language_key AS value, count(*) AS articles FROM articles WHERE language_key IS NOT NULL AND ${PASSES('row')} GROUP BY language_key`)
    .all({ mask: maskWithout('language') });
  const keys = known.map(({ value }) => value);
  const listed = [...new Set(keys.map((key) => key.replace(/-.*$/, '')))].flatMap((language) => {
    const varieties = keys.filter((key) => key.startsWith(`${language}-`));
    return varieties.length === 1 && !keys.includes(language) ? varieties : [language, ...varieties];
  });
  const counted = (value: string) => ({ value, label: languageTag(value), articles: known.filter((one) => one.value === value || one.value.startsWith(`${value}-`)).reduce((sum, { articles }) => sum + articles, 0) });
  const shown = ordered(listed.map(counted)).slice(0, most);
  const chosen = [...new Set(filter.language.map(foldKey))].filter((value) => shown.every((one) => one.value !== value));
  return ordered([...shown, ...chosen.map(counted)]);
}

function years({ db, filter: { from, to }, most, maskWithout }: Request): FacetCount[] {
  const found = db
    .prepare<{ mask: Mask }, Counted>(`SELECT substr(published, 1, 4) AS value, count(*) AS articles FROM articles WHERE published IS NOT NULL AND ${PASSES('row')} GROUP BY 1 ORDER BY 1 DESC`)
    .all({ mask: maskWithout('date') });
  const chosen = from !== null && from.slice(0, 4) === to?.slice(0, 4) ? from.slice(0, 4) : null;
  const shown = found.filter(({ value }, i) => i < most || value === chosen);
  if (chosen !== null && shown.every(({ value }) => value !== chosen)) shown.push({ value: chosen, articles: 0 });
  return shown.sort((a, b) => (a.value < b.value ? 1 : -1)).map(({ value, articles }) => ({ value, label: value, articles }));
}

/** Sources by their labels, and the folders just below where a source has several. */
function sources({ db, filter, labels, most, maskWithout }: Request): FacetCount[] {
  const mask = maskWithout('source');
  const roots = labels.length > 0 ? labels : db.prepare<[], string>("SELECT DISTINCT substr(source, 1, instr(source || '/', '/') - 1) FROM articles").pluck().all();
  const within = db.prepare<{ mask: Mask; value: string }, number>(`SELECT count(*) FROM articles WHERE (source = @value OR (source >= @value || '/' AND source < @value || '0')) AND ${PASSES('row')}`).pluck();
  // What lies in the source itself has an empty folder.
  const below = db.prepare<{ mask: Mask; value: string }, Counted>(
    `SELECT substr(source, length(@value) + 2, max(0, instr(substr(source, length(@value) + 2), '/') - 1)) AS value, count(*) AS articles
     FROM articles WHERE source >= @value || '/' AND source < @value || '0' AND ${PASSES('row')} GROUP BY 1`,
  );
  const counted = (value: string): Counted => ({ value, articles: within.get({ mask, value }) ?? 0 });
  const found = roots.flatMap((root) => {
    const folders = below.all({ mask, value: root });
    return [counted(root), ...(folders.length < 2 ? [] : folders.filter(({ value }) => value !== '').map(({ value, articles }) => ({ value: `${root}/${value}`, articles })))];
  });
  const labelled = ({ value, articles }: Counted) => ({ value, label: value, articles });
  const shown = ordered(found.map(labelled)).slice(0, most);
  const chosen = [...new Set(filter.source.map(pathOf))].filter((value) => shown.every((one) => one.value !== value));
  return ordered([...shown, ...chosen.map((value) => labelled(counted(value)))]);
}

function ordered(counts: readonly FacetCount[]): FacetCount[] {
  const byLabel = new Intl.Collator('en', { numeric: true });
  return [...counts].sort((a, b) => b.articles - a.articles || byLabel.compare(a.label, b.label) || (a.value < b.value ? -1 : 1));
}

function mostFrequent(forms: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const form of forms) counts.set(form, (counts.get(form) ?? 0) + 1);
  return [...counts].reduce<[string, number] | null>((best, one) => (best === null || one[1] > best[1] ? one : best), null)?.[0] ?? null;
}

/** `en-gb` as people write it. */
function languageTag(key: string): string {
  try {
    return Intl.getCanonicalLocales(key)[0] ?? key;
  } catch {
    return key;
  }
}
