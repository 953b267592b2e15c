import Database from 'better-sqlite3';
import type { Article, Paragraph } from '../../article';
import { foldKey } from './schema';

/** A passage with its article, as search needs it. */
export interface StoredPassage {
  row: number;
  id: string;
  ordinal: number;
  text: string;
  start: number;
  end: number;
  section: string | null;
  page: number | null;
  article: {
    row: number;
    id: string;
    title: string;
    url: string | null;
    author: string | null;
    published: string | null;
    language: string | null;
    source: string;
  };
}

/** Which articles count; empty lists and nulls let all pass. */
export interface ArticleFilter {
  source: readonly string[];
  author: readonly string[];
  tag: readonly string[];
  language: readonly string[];
  from: string | null;
  to: string | null;
}

export interface LexicalMatch {
  row: number;
  /** BM25, greater is better. */
  bm25: number;
}

/** A stored passage as the join gives it: flat, without the id that is made of the other two. */
type PassageRow = Omit<StoredPassage, 'id' | 'article'> & Omit<StoredPassage['article'], 'row' | 'id'> & { article: number; articleId: string };

interface ArticleRow extends Omit<Article, 'tags' | 'paragraphs'> {
  row: number;
  tags: string;
  paragraphs: string;
}

const SELECT_PASSAGE = `
  SELECT p.row, p.ordinal, p.text, p.start, p."end", p.section, p.page, a.row AS article, a.id AS articleId,
         a.title, a.url, a.author, a.published, a.language, a.source
  FROM passages p JOIN articles a ON a.row = p.article`;

const SELECT_ARTICLE = 'SELECT row, id, source, format, title, author, published, updated, language, url, tags, paragraphs FROM articles';

/** Reads passages.sqlite of one generation. Synchronous: every call is a matter of microseconds to a few milliseconds. */
export class PassageStore {
  private readonly db: Database.Database;
  private readonly statements;

  constructor(path: string) {
    this.db = new Database(path, { readonly: true, fileMustExist: true });
    this.db.pragma('mmap_size = 268435456');
    this.statements = {
      passageByRow: this.db.prepare<[number], PassageRow>(`${SELECT_PASSAGE} WHERE p.row = ?`),
      passageByPlace: this.db.prepare<[string, number], PassageRow>(`${SELECT_PASSAGE} WHERE a.id = ? AND p.ordinal = ?`),
      passagesOf: this.db.prepare<[string], PassageRow>(`${SELECT_PASSAGE} WHERE a.id = ? ORDER BY p.ordinal`),
      article: this.db.prepare<[string], ArticleRow>(`${SELECT_ARTICLE} WHERE id = ?`),
      // '0' is the character after '/': a range that the index on source serves.
      idsUnder: this.db.prepare<[string, string, string], string>("SELECT id FROM articles WHERE source = ? OR (source >= ? || '/' AND source < ? || '0') ORDER BY row").pluck(),
      recent: this.db.prepare<[number], ArticleRow>(`${SELECT_ARTICLE} ORDER BY published DESC, row DESC LIMIT ?`),
      hashes: this.db.prepare<[], { id: string; source: string; hash: Buffer }>('SELECT id, source, hash FROM articles'),
      counts: this.db.prepare<[], { articles: number; passages: number }>(
        'SELECT (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM passages) AS passages',
      ),
      frequency: this.db.prepare<[string], { doc: number }>('SELECT doc FROM lexical_terms WHERE term = ?'),
      match: this.db.prepare<[string, number], LexicalMatch>(
        'SELECT rowid AS row, -bm25(lexical) AS bm25 FROM lexical WHERE lexical MATCH ? ORDER BY rank LIMIT ?',
      ),
      // The filter goes in as JSON: a list of any length in one prepared statement.
      matchAmong: this.db.prepare<[string, string, number], LexicalMatch>(
        `SELECT rowid AS row, -bm25(lexical) AS bm25 FROM lexical
         WHERE lexical MATCH ? AND rowid IN (SELECT value FROM json_each(?)) ORDER BY rank LIMIT ?`,
      ),
    };
  }

  counts(): { articles: number; passages: number } {
    return this.statements.counts.get() ?? { articles: 0, passages: 0 };
  }

  passage(row: number): StoredPassage | null {
    return toPassage(this.statements.passageByRow.get(row));
  }

  /** @param id `<article id>.p<ordinal>` */
  passageById(id: string): StoredPassage | null {
    const place = /^(.+)\.p([1-9]\d{0,8})$/.exec(id);
    if (place === null) return null;
    return toPassage(this.statements.passageByPlace.get(place[1] ?? '', Number(place[2])));
  }

  passagesOf(articleId: string): StoredPassage[] {
    return this.statements.passagesOf.all(articleId).map(asPassage);
  }

  article(id: string): Article | null {
    const row = this.statements.article.get(id);
    return row === undefined ? null : toArticle(row);
  }

  /** Articles read from `source` or from a file below it. */
  *articlesUnder(source: string): Generator<Article> {
    for (const id of this.statements.idsUnder.all(source, source, source)) {
      const article = this.article(id);
      if (article !== null) yield article;
    }
  }

  /** Newest first, those without a date last. */
  recentArticles(limit: number): Article[] {
    return this.statements.recent.all(limit).map(toArticle);
  }

  /** By article id: its source and its hash (hex). */
  articleHashes(): Map<string, { source: string; hash: string }> {
    const hashes = new Map<string, { source: string; hash: string }>();
    for (const { id, source, hash } of this.statements.hashes.iterate()) hashes.set(id, { source, hash: hash.toString('hex') });
    return hashes;
  }

  /** Number of passages with this term, in title or text. */
  documentFrequency(term: string): number {
    return this.statements.frequency.get(term)?.doc ?? 0;
  }

  /**
   * @param expression in FTS5's syntax, over terms that `analyze` made
   * @param among only these rows, or null for all
   * @returns best first
   */
  matchLexical(expression: string, limit: number, among: readonly number[] | null): LexicalMatch[] {
    return among === null
      ? this.statements.match.all(expression, limit)
      : this.statements.matchAmong.all(expression, JSON.stringify(among), limit);
  }

  /** Rows of all passages whose article passes, ascending; null when the filter lets everything pass. */
  rowsMatching(filter: ArticleFilter): number[] | null {
    const conditions: string[] = [];
    const values: string[] = [];
    const anyOf = (names: readonly string[], condition: string, valuesOf: (name: string) => string[]) => {
      if (names.length === 0) return;
      conditions.push(`(${names.map(() => condition).join(' OR ')})`);
      values.push(...names.flatMap(valuesOf));
    };
    anyOf(filter.source, '(a.source = ? OR substr(a.source, 1, length(?)) = ?)', (name) => {
      const path = name.replace(/\/+$/, '');
      return [path, `${path}/`, `${path}/`];
    });
    anyOf(filter.author, 'a.row IN (SELECT article FROM article_authors WHERE author = ?)', (name) => [foldKey(name)]);
    anyOf(filter.tag, 'a.row IN (SELECT article FROM article_tags WHERE tag = ?)', (name) => [foldKey(name)]);
    anyOf(filter.language, '(a.language_key = ? OR substr(a.language_key, 1, length(?)) = ?)', (name) => {
      const tag = foldKey(name);
      return [tag, `${tag}-`, `${tag}-`];
    });
    // Dates compare as far as both go: `2024` as a last day takes in all of 2024, and an article of
    // `2024` may be of any of its days.
    if (filter.from !== null) {
      conditions.push('substr(a.published, 1, length(?)) >= substr(?, 1, length(a.published))');
      values.push(filter.from, filter.from);
    }
    if (filter.to !== null) {
      conditions.push('substr(a.published, 1, length(?)) <= substr(?, 1, length(a.published))');
      values.push(filter.to, filter.to);
    }
    if (conditions.length === 0) return null;
    return this.db
      .prepare<string[], number>(`SELECT p.row FROM passages p JOIN articles a ON a.row = p.article WHERE ${conditions.join(' AND ')} ORDER BY p.row`)
      .pluck()
      .all(...values);
  }

  close(): void {
    this.db.close();
  }
}

function toPassage(row: PassageRow | undefined): StoredPassage | null {
  return row === undefined ? null : asPassage(row);
}

function asPassage(row: PassageRow): StoredPassage {
  const { row: passageRow, ordinal, text, start, end, section, page, article, articleId, ...ref } = row;
  return { row: passageRow, id: `${articleId}.p${ordinal}`, ordinal, text, start, end, section, page, article: { row: article, id: articleId, ...ref } };
}

function toArticle(row: ArticleRow): Article {
  const { row: _, tags, paragraphs, ...rest } = row;
  return { ...rest, tags: JSON.parse(tags) as string[], paragraphs: JSON.parse(paragraphs) as Paragraph[] };
}
