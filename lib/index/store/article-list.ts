import type Database from 'better-sqlite3';
import { wordsOf } from '../analyze';
import { conditionOf, FILTERS, NAMING_FILTERS, pathOf, type ArticleFilter, type Condition, type FilterName, type NamingFilter } from './article-conditions';
import { facetCounts, type FacetCounts, type Mask } from './article-facets';
import { foldKey } from './schema';

/** Undated articles and those without an author come last. */
export type ArticleOrder = 'newest' | 'oldest' | 'title' | 'author' | 'longest';

/** An article without its text. */
export interface ListedRow {
  row: number;
  id: string;
  source: string;
  title: string;
  author: string | null;
  published: string | null;
  language: string | null;
  url: string | null;
  tags: string[];
  passages: number;
  words: number;
}

export interface ArticleQuery {
  filter: ArticleFilter;
  /** Every word is the beginning of one in title or author line; without a word it lets all pass. */
  words: string;
  order: ArticleOrder;
  offset: number;
  limit: number;
}

export interface ArticleSelection {
  articles: ListedRow[];
  /** That pass, whichever were asked for. */
  total: number;
}

/** Rows in an order come in one or two parts: those that have what it goes by, and those that have not. */
const ORDERS: Record<ArticleOrder, string[]> = {
  newest: ['SELECT row FROM articles ORDER BY published DESC, row DESC'],
  oldest: ['SELECT row FROM articles WHERE published IS NOT NULL ORDER BY published, row', 'SELECT row FROM articles WHERE published IS NULL ORDER BY row'],
  title: ['SELECT row FROM articles ORDER BY title_key, author_key, row'],
  author: ["SELECT row FROM articles WHERE author_key <> '' ORDER BY author_key, title_key, row", "SELECT row FROM articles WHERE author_key = '' ORDER BY title_key, row"],
  longest: ['SELECT row FROM articles ORDER BY words DESC, row'],
};

const EXISTS: Record<NamingFilter, { sql: string; valuesOf: (name: string) => string[] }> = {
  article: { sql: 'SELECT 1 FROM articles WHERE id = ?', valuesOf: (id) => [id] },
  // Ranges that an index serves: '0' follows '/', '.' follows '-'.
  source: { sql: "SELECT 1 FROM articles WHERE source = ? OR (source >= ? || '/' AND source < ? || '0') LIMIT 1", valuesOf: (name) => Array<string>(3).fill(pathOf(name)) },
  author: { sql: 'SELECT 1 FROM article_authors WHERE author = ? LIMIT 1', valuesOf: (name) => [foldKey(name)] },
  tag: { sql: 'SELECT 1 FROM article_tags WHERE tag = ? LIMIT 1', valuesOf: (name) => [foldKey(name)] },
  language: { sql: "SELECT 1 FROM articles WHERE language_key = ? OR (language_key >= ? || '-' AND language_key < ? || '.') LIMIT 1", valuesOf: (name) => Array<string>(3).fill(foldKey(name)) },
};

/**
 * The articles of one generation as one browses them: filtered, ordered, counted. Each filter becomes a mask of its
 * own by an index alone, and masks are combined here: the table's rows hold whole texts, and reading a hundred
 * thousand of them takes seconds.
 */
export class ArticleList {
  /** One more than the greatest row. */
  private readonly size: number;
  /** 4 bytes an article for each order that was asked for. */
  private readonly orders = new Map<ArticleOrder, Uint32Array>();

  constructor(private readonly db: Database.Database) {
    this.size = db.prepare<[], number>('SELECT coalesce(max(row) + 1, 0) FROM articles').pluck().get() ?? 0;
  }

  select({ filter, words, order, offset, limit }: ArticleQuery): ArticleSelection {
    const mask = FILTERS.map((name) => this.maskOf(conditionOf(name, filter))).reduce(and, this.maskOfWords(words));
    const rows = this.rowsIn(order);
    const shown: number[] = [];
    let total = 0;
    for (const row of rows) {
      if (mask !== null && mask[row] !== 1) continue;
      if (total >= offset && shown.length < limit) shown.push(row);
      total++;
    }
    return { articles: this.listed(shown), total };
  }

  /**
   * How many articles there are with each value, for every filter under all others.
   * @param labels of sources; where there are none the first parts of places stand for them
   * @param most values of each; those that are chosen come on top
   */
  facets(filter: ArticleFilter, labels: readonly string[], most: number): FacetCounts {
    const masks = FILTERS.map((name) => ({ name, mask: this.maskOf(conditionOf(name, filter)) }));
    const maskWithout = (left: FilterName | null) => masks.filter(({ name }) => name !== left).reduce<Mask>((all, { mask }) => and(all, mask), null);
    return facetCounts({ db: this.db, filter, labels, most, maskWithout });
  }

  /** Values that no article has. */
  unknown(filter: ArticleFilter): { name: NamingFilter; value: string }[] {
    return NAMING_FILTERS.flatMap((name) => {
      if (filter[name].length === 0) return [];
      const { sql, valuesOf } = EXISTS[name];
      const exists = this.db.prepare<string[], number>(sql).pluck();
      return filter[name].filter((value) => exists.get(...valuesOf(value)) === undefined).map((value) => ({ name, value }));
    });
  }

  private maskOfWords(text: string): Mask {
    const words = wordsOf(text);
    if (words.length === 0) return null;
    return this.maskOf({
      sql: words.map(() => '(instr(a.title_key, ?) > 0 OR instr(a.author_key, ?) > 0)').join(' AND '),
      values: words.flatMap((word) => Array<string>(2).fill(beginning(word))),
    });
  }

  private maskOf(condition: Condition | null): Mask {
    if (condition === null) return null;
    const mask = new Uint8Array(this.size);
    for (const row of this.db.prepare<string[], number>(`SELECT a.row FROM articles a WHERE ${condition.sql}`).pluck().all(...condition.values)) mask[row] = 1;
    return mask;
  }

  private rowsIn(order: ArticleOrder): Uint32Array {
    const known = this.orders.get(order);
    if (known !== undefined) return known;
    const rows = Uint32Array.from(ORDERS[order].flatMap((sql) => this.db.prepare<[], number>(sql).pluck().all()));
    this.orders.set(order, rows);
    return rows;
  }

  private listed(rows: readonly number[]): ListedRow[] {
    const article = this.db.prepare<[number], Omit<ListedRow, 'tags'> & { tags: string }>(
      `SELECT row, id, source, title, author, published, language, url, tags, words,
              (SELECT count(*) FROM passages p WHERE p.article = a.row) AS passages
       FROM articles a WHERE row = ?`,
    );
    return rows.flatMap((row) => {
      const found = article.get(row);
      return found === undefined ? [] : [{ ...found, tags: JSON.parse(found.tags) as string[] }];
    });
  }
}

/** Where there are no spaces between words, a word may begin anywhere. */
function beginning(word: string): string {
  return /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(word) ? word : ` ${word}`;
}

function and(a: Mask, b: Mask): Mask {
  if (a === null || b === null) return a ?? b;
  const both = new Uint8Array(a.length);
  for (let row = 0; row < both.length; row++) both[row] = (a[row] as number) & (b[row] as number);
  return both;
}
