import Database from 'better-sqlite3';
import type { Article, ArticleKeys, Paragraph } from '../../article';
import type { ArticleName } from '../types';
import { conditionOf, FILTERS, type ArticleFilter } from './article-conditions';
import { ArticleList } from './article-list';
import { MapStore } from './map-store';
import { termExpression } from './expressions';
import { RowSet } from './row-set';
import { decodeDetails, type PassageDetails } from './sentences';
import { decodeCounts, type TermCounts } from './term-hash';

export type { ArticleFilter };

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

/** All that ranking looks at of an article. */
export interface ArticleDetails {
  terms: TermCounts;
  /** The L2-normalised sum of its passages' vectors, shape [dimensions]. */
  centroid: Float32Array;
}

/** What is known of an article without reading its text. */
export interface KnownArticle extends ArticleName {
  row: number;
  /** SHA-256 of its content, see `articleHash`. */
  hash: Buffer;
}

/** A file as it was when it was indexed. */
export interface KnownFile {
  row: number;
  source: string;
  /** SHA-256 of its bytes. */
  hash: Buffer;
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

/** At a source or below it; '0' is the character after '/': a range that the index on source serves. */
const AT_OR_BELOW = "(source = @source OR (source >= @source || '/' AND source < @source || '0'))";

/** Entries of an archive are below it, but so are pages below a page. */
const IN_FILE = `${AT_OR_BELOW} AND coalesce(file, source) = @source`;

const SELECT_ARTICLE = 'SELECT row, id, source, format, title, author, published, updated, language, url, tags, paragraphs FROM articles';

/** Terms whose frequency is remembered: some megabytes. */
const MOST_FREQUENCIES = 20_000;

/** Reads passages.sqlite of one generation. Synchronous: every call is a matter of microseconds to a few milliseconds. */
export class PassageStore {
  private readonly db: Database.Database;
  private readonly statements;
  /** One more than the greatest row. */
  private readonly passageCount: number;
  /** What the SQL function `among` asks, for the statement that runs now. */
  private among: RowSet | null = null;
  private everyRow: RowSet | null = null;
  /** By term, an asterisk behind those that are beginnings. FTS5 counts anew each time, and common words take long. */
  private readonly frequencies = new Map<string, number>();
  private list: ArticleList | null = null;
  private landscape: MapStore | null = null;

  constructor(path: string) {
    this.db = new Database(path, { readonly: true, fileMustExist: true });
    this.db.function('among', { directOnly: true }, (row) => (this.among?.has(row as number) === true ? 1 : 0));
    // An open transaction is a lock that every process sees: what is being read is not removed.
    this.db.exec('BEGIN');
    this.passageCount = this.db.prepare<[], number>('SELECT coalesce(max(row) + 1, 0) FROM passages').pluck().get() ?? 0;
    this.statements = {
      passageByRow: this.db.prepare<[number], PassageRow>(`${SELECT_PASSAGE} WHERE p.row = ?`),
      passageByPlace: this.db.prepare<[string, number], PassageRow>(`${SELECT_PASSAGE} WHERE a.id = ? AND p.ordinal = ?`),
      passagesOf: this.db.prepare<[string], PassageRow>(`${SELECT_PASSAGE} WHERE a.id = ? ORDER BY p.ordinal`),
      article: this.db.prepare<[string], ArticleRow>(`${SELECT_ARTICLE} WHERE id = ?`),
      articlesOf: this.db.prepare<{ source: string }, ArticleRow>(`${SELECT_ARTICLE} WHERE ${IN_FILE} ORDER BY row`),
      recent: this.db.prepare<[number], ArticleRow>(`${SELECT_ARTICLE} ORDER BY published DESC, row DESC LIMIT ?`),
      // Keys are hashes: the least of them are a sample drawn by chance, the same for the same passages.
      sample: this.db.prepare<[number], number>('SELECT min(row) FROM passage_details GROUP BY embedding ORDER BY embedding LIMIT ?').pluck(),
      rows: this.db.prepare<[], number>('SELECT row FROM passages').pluck(),
      known: this.db.prepare<[string], KnownArticle>('SELECT row, id, source, hash FROM articles WHERE id = ?'),
      knownOf: this.db.prepare<{ source: string }, KnownArticle>(`SELECT row, id, source, hash FROM articles WHERE ${IN_FILE} ORDER BY row`),
      withText: this.db.prepare<[string], KnownArticle>('SELECT row, id, source, hash FROM articles WHERE text_key = ? ORDER BY row'),
      withUrl: this.db.prepare<[string, number], KnownArticle>('SELECT row, id, source, hash FROM articles WHERE url_key = ? ORDER BY row LIMIT ?'),
      keysAt: this.db.prepare<[number], Pick<ArticleKeys, 'url' | 'text'>>('SELECT url_key AS url, text_key AS text FROM articles WHERE row = ?'),
      copiesByText: this.db.prepare<[string], string>('SELECT DISTINCT file FROM copies WHERE text_key = ?').pluck(),
      copiesByUrl: this.db.prepare<[string], string>('SELECT DISTINCT file FROM copies WHERE url_key = ?').pluck(),
      filesWithCopies: this.db.prepare<[], string>('SELECT DISTINCT file FROM copies').pluck(),
      knownAll: this.db.prepare<[], KnownArticle>('SELECT row, id, source, hash FROM articles ORDER BY row'),
      file: this.db.prepare<[string], KnownFile>('SELECT row, source, hash FROM files WHERE source = ?'),
      files: this.db.prepare<[], KnownFile>('SELECT row, source, hash FROM files ORDER BY row'),
      filesUnder: this.db.prepare<{ source: string }, KnownFile>(`SELECT row, source, hash FROM files WHERE ${AT_OR_BELOW} ORDER BY row`),
      passagesIn: this.db.prepare<[number], number>('SELECT count(*) FROM passages WHERE article = ?').pluck(),
      fileCount: this.db.prepare<[], number>('SELECT coalesce(max(row) + 1, 0) FROM files').pluck(),
      counts: this.db.prepare<[], { articles: number; passages: number }>(
        'SELECT (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM passages) AS passages',
      ),
      // Rows as arrays: a question reads two hundred, and an object for each costs a tenth of that.
      details: this.db.prepare<[number], [article: number | null, details: Buffer]>('SELECT article, details FROM passage_details WHERE row = ?').raw(),
      articleDetails: this.db.prepare<[number], { terms: Buffer; centroid: Buffer }>('SELECT terms, centroid FROM article_details WHERE article = ?'),
      statistic: this.db.prepare<[string], number>('SELECT value FROM statistics WHERE name = ?').pluck(),
      termsFrom: this.db.prepare<[string, string], string>('SELECT term FROM lexical_terms WHERE term >= ? AND term < ?').pluck(),
      rowsOfArticle: this.db.prepare<[number], number>('SELECT row FROM passages WHERE article = ?').pluck(),
      frequency: this.db.prepare<[string], { doc: number }>('SELECT doc FROM lexical_terms WHERE term = ?'),
      rowsWith: this.db.prepare<[string], number>('SELECT rowid FROM lexical WHERE lexical MATCH ?').pluck(),
      match: this.db.prepare<[string, number], number>('SELECT rowid FROM lexical WHERE lexical MATCH ? ORDER BY rank LIMIT ?').pluck(),
      // `among` is asked row by row as matches stream by, before their BM25 is computed. FTS5 must not see the
      // rows as a way in: it would begin the search, idf included, anew for each, which took over a minute for
      // 50,000 of 58,000 rows (now 30 ms).
      matchAmong: this.db
        .prepare<[string, number], number>('SELECT rowid FROM lexical WHERE lexical MATCH ? AND among(rowid) ORDER BY bm25(lexical) LIMIT ?')
        .pluck(),
    };
  }

  /** Where its passages lie on the map. */
  get map(): MapStore {
    return (this.landscape ??= new MapStore(this.db));
  }

  /** Its articles as one browses them. */
  get articles(): ArticleList {
    return (this.list ??= new ArticleList(this.db));
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

  /** What ranking looks at of a passage. */
  details(row: number): PassageDetails | null {
    const found = this.statements.details.get(row);
    return found === undefined ? null : decodeDetails(...found);
  }

  /** What ranking looks at of an article of several passages; null for any other. */
  articleDetails(articleRow: number): ArticleDetails | null {
    const found = this.statements.articleDetails.get(articleRow);
    return found === undefined ? null : { terms: decodeCounts(found.terms), centroid: new Float32Array(new Uint8Array(found.centroid).buffer) };
  }

  /** Terms of all passages, those of their titles included. */
  termCount(): number {
    return this.statements.statistic.get('terms') ?? 0;
  }

  /** All terms that begin with `prefix`. */
  termsStartingWith(prefix: string): string[] {
    return this.statements.termsFrom.all(prefix, `${prefix}\u{10ffff}`);
  }

  /** Rows of an article's passages. */
  rowsOfArticle(articleRow: number): RowSet {
    return RowSet.of(this.statements.rowsOfArticle.all(articleRow), this.passageCount);
  }

  passagesOf(articleId: string): StoredPassage[] {
    return this.statements.passagesOf.all(articleId).map(asPassage);
  }

  article(id: string): Article | null {
    const row = this.statements.article.get(id);
    return row === undefined ? null : toArticle(row);
  }

  /** The articles read from the file at `source`. */
  articlesOf(source: string): Article[] {
    return this.statements.articlesOf.all({ source }).map(toArticle);
  }

  /** Newest first, those without a date last. */
  recentArticles(limit: number): Article[] {
    return this.statements.recent.all(limit).map(toArticle);
  }

  /** An article's row and hash, without its text. */
  known(id: string): KnownArticle | null {
    return this.statements.known.get(id) ?? null;
  }

  /** The articles read from the file at `source`. */
  knownOf(source: string): KnownArticle[] {
    return this.statements.knownOf.all({ source });
  }

  /** Articles by a key of their text, see `keysOf`. */
  withText(key: string): KnownArticle[] {
    return this.statements.withText.all(key);
  }

  /** The same by a key of their address, the first of them. */
  withUrl(key: string, limit: number): KnownArticle[] {
    return this.statements.withUrl.all(key, limit);
  }

  /** Files in which one of these articles was found again. */
  copiesOf(articleRows: Iterable<number>): Set<string> {
    const texts = new Set<string>();
    const urls = new Set<string>();
    for (const row of articleRows) {
      const { url, text } = this.statements.keysAt.get(row) ?? { url: null, text: null };
      if (text !== null) texts.add(text);
      if (url !== null) urls.add(url);
    }
    // Each key once: all articles of a site may have the same address.
    const files = new Set<string>();
    for (const text of texts) for (const file of this.statements.copiesByText.all(text)) files.add(file);
    for (const url of urls) for (const file of this.statements.copiesByUrl.all(url)) files.add(file);
    return files;
  }

  /** Files in which some article of another one was found again. */
  filesWithCopies(): string[] {
    return this.statements.filesWithCopies.all();
  }

  knownArticles(): IterableIterator<KnownArticle> {
    return this.statements.knownAll.iterate();
  }

  file(source: string): KnownFile | null {
    return this.statements.file.get(source) ?? null;
  }

  files(): IterableIterator<KnownFile> {
    return this.statements.files.iterate();
  }

  /** Files at `source` or below it. */
  filesUnder(source: string): KnownFile[] {
    return this.statements.filesUnder.all({ source });
  }

  /** How many passages an article has. */
  passagesIn(articleRow: number): number {
    return this.statements.passagesIn.get(articleRow) ?? 0;
  }

  /** One more than the greatest row of a file. */
  fileCount(): number {
    return this.statements.fileCount.get() ?? 0;
  }

  /** Number of passages with this term, or with any that begins with it, in title or text. */
  documentFrequency(term: string, isPrefix = false): number {
    const key = `${term}${isPrefix ? '*' : ''}`;
    const known = this.frequencies.get(key);
    if (known !== undefined) return known;
    // FTS5's own figures are of whole terms only.
    const found = isPrefix ? this.statements.rowsWith.all(termExpression({ term, isPrefix })).length : (this.statements.frequency.get(term)?.doc ?? 0);
    if (this.frequencies.size === MOST_FREQUENCIES) this.frequencies.clear();
    this.frequencies.set(key, found);
    return found;
  }

  /**
   * Rows of the best matches, exactly: BM25 is of the whole index, whatever `among` leaves.
   * @param expression in FTS5's syntax, over terms that `analyze` made
   * @param among only these rows, or null for all
   * @returns best first
   */
  matchLexical(expression: string, limit: number, among: RowSet | null): number[] {
    if (among === null) return this.statements.match.all(expression, limit);
    this.among = among;
    try {
      return this.statements.matchAmong.all(expression, limit);
    } finally {
      this.among = null;
    }
  }

  /** Rows of all passages. */
  allRows(): RowSet {
    return (this.everyRow ??= RowSet.of(this.statements.rows.iterate(), this.passageCount));
  }

  /** Rows of `count` different passages that stand for all, whatever way the index was built; fewer when there are fewer. */
  sampleRows(count: number): number[] {
    return this.statements.sample.all(count);
  }

  /** Rows of all passages that match an expression in FTS5's syntax, over terms that `analyze` made. */
  rowsWith(expression: string): RowSet {
    return RowSet.of(this.statements.rowsWith.all(expression), this.passageCount);
  }

  /** Rows of all passages whose article passes; null when the filter lets everything pass. */
  rowsMatching(filter: ArticleFilter): RowSet | null {
    const conditions = FILTERS.map((name) => conditionOf(name, filter)).filter((condition) => condition !== null);
    if (conditions.length === 0) return null;
    const rows = this.db
      .prepare<string[], number>(`SELECT p.row FROM passages p JOIN articles a ON a.row = p.article WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`)
      .pluck()
      .all(...conditions.flatMap(({ values }) => values));
    return RowSet.of(rows, this.passageCount);
  }

  /**
   * Takes the lock on the file anew: the system lets go of it when this process closes the file by other means,
   * as it does after hashing it.
   */
  renewHold(): void {
    this.db.exec('COMMIT; BEGIN; SELECT count(*) FROM sqlite_master');
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
