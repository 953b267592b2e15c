import Database from 'better-sqlite3';
import { authorsOf, keysOf, type Article, type ArticleKeys } from '../../article';
import type { Passage } from '../../passage';
import { analyze } from '../analyze';
import { articleHash } from './article-hash';
import { foldKey, SCHEMA, wordsIn, wordsKey } from './schema';
import type { PassageEmbedding } from './embedding-cache';
import { MAP_SCHEMA } from './map-store';
import { MapWriter } from './map-writer';
import { encodeDetails, type SentenceText } from './sentences';
import { countTerms, encodeCounts, hashTerms } from './term-hash';

/** Where a passage has been written. */
export interface WrittenPassage {
  row: number;
  /** Its row is that of the same text before: the vector there is its own already. */
  isKept: boolean;
}

/** Share of the file that may be left empty by removals before it is written anew. */
const MOST_EMPTY = 0.1;

interface OldPassage {
  row: number;
  text: string;
}

/** Writes passages.sqlite of one generation: from the first article to the last, or what changed in a copy. */
export class PassageWriter {
  private readonly statements;
  private nextArticle: number;
  private nextPassage: number;
  /** Articles of several passages, of which some have no vector yet. */
  private readonly unfinished = new Map<number, { terms: Buffer; sum: Float32Array | null; missing: number }>();
  /** Terms of all passages, titles included each time. */
  private termCount: number;

  private constructor(
    private readonly db: Database.Database,
    rows: number,
  ) {
    // A staging file that a crash spoils is thrown away whole: no journal is needed to mend it.
    db.pragma('journal_mode = OFF');
    db.pragma('synchronous = OFF');
    if (rows === 0) db.exec(SCHEMA + MAP_SCHEMA);
    this.statements = prepare(db);
    this.nextPassage = rows;
    this.nextArticle = db.prepare<[], number>('SELECT coalesce(max(row) + 1, 0) FROM articles').pluck().get() ?? 0;
    this.termCount = this.statements.terms.get() ?? 0;
    db.exec('BEGIN');
  }

  /** A new file. */
  static create(path: string): PassageWriter {
    return new PassageWriter(new Database(path), 0);
  }

  /**
   * A copy of another generation's file, to be changed.
   * @param rows ever given to passages in it
   */
  static edit(path: string, rows: number): PassageWriter {
    return new PassageWriter(new Database(path, { fileMustExist: true }), rows);
  }

  /** Rows ever given to passages, those of removed ones included. */
  get rows(): number {
    return this.nextPassage;
  }

  /** @param file source of the file that it is in */
  add(article: Article, passages: readonly Passage[], file = article.source): { articleRow: number; written: WrittenPassage[] } {
    const articleRow = this.nextArticle++;
    return { articleRow, written: this.insert(articleRow, article, passages, [], file) };
  }

  /** @returns the rows of its passages, which no passage gets again */
  remove(articleRow: number): number[] {
    const { title, passages } = this.read(articleRow);
    this.erase(articleRow, title, passages);
    return passages.map(({ row }) => row);
  }

  /**
   * Puts an article in the place of an earlier version. Passages that have not changed keep their rows.
   * @returns what was written, and the rows that are free of passages now
   */
  replace(articleRow: number, article: Article, passages: readonly Passage[], file = article.source): { written: WrittenPassage[]; removed: number[] } {
    const before = this.read(articleRow);
    this.erase(articleRow, before.title, before.passages);
    // Another title is read with every passage, another language parts sentences otherwise.
    const isSameContext = before.title === article.title && before.language === article.language;
    const written = this.insert(articleRow, article, passages, isSameContext ? before.passages : [], file);
    const used = new Set(written.map(({ row }) => row));
    return { written, removed: before.passages.map(({ row }) => row).filter((row) => !used.has(row)) };
  }

  /** The same article at another place. */
  move(articleRow: number, { id, source }: Article, file: string): void {
    this.statements.moveArticle.run(id, source, file === source ? null : file, articleRow);
  }

  /**
   * @param hash SHA-256 of the file's bytes
   * @param copies keys of what is in it and is indexed already, from another file
   */
  setFile(source: string, hash: Buffer, copies: readonly ArticleKeys[]): void {
    this.statements.setFile.run(source, hash);
    this.statements.removeCopies.run(source);
    for (const { url, text } of copies) this.statements.addCopy.run(source, url, text);
  }

  removeFile(source: string): void {
    this.statements.removeFile.run(source);
    this.statements.removeCopies.run(source);
  }

  /** What ranking looks at of a passage, once the model has read it; `key` is that of the embedding cache. */
  addDetails(row: number, articleRow: number, title: string, sentences: readonly SentenceText[], key: Buffer, { vector, sentences: vectors }: PassageEmbedding): void {
    const article = this.unfinished.get(articleRow);
    this.statements.details.run(row, article === undefined ? null : articleRow, key, encodeDetails(title, sentences, vectors));
    if (article === undefined) return;
    const sum = (article.sum ??= new Float32Array(vector.length));
    vector.forEach((value, i) => { sum[i] = (sum[i] as number) + value; });
    if (--article.missing > 0) return;
    this.unfinished.delete(articleRow);
    const length = Math.hypot(...sum);
    const centroid = sum.map((value) => (length === 0 ? 0 : value / length));
    this.statements.articleDetails.run(articleRow, article.terms, Buffer.from(centroid.buffer));
  }

  /** To be called when all passages are written. @returns what the map of them is written with, until `finish` */
  complete(): MapWriter {
    if (this.db.inTransaction) {
      this.statements.setStatistic.run('terms', this.termCount);
      this.db.exec('COMMIT');
      this.db.exec(`INSERT INTO lexical (lexical) VALUES ('optimize')`);
    }
    return new MapWriter(this.db);
  }

  finish(): void {
    this.complete();
    this.db.exec('ANALYZE');
    if (this.pragma('freelist_count') > MOST_EMPTY * this.pragma('page_count')) this.db.exec('VACUUM');
    this.db.close();
  }

  /** For a run that failed: the file is of no use afterwards. */
  abandon(): void {
    this.db.close();
  }

  private pragma(name: string): number {
    return this.db.pragma(name, { simple: true }) as number;
  }

  /** @param before passages whose rows go to those of the same text */
  private insert(articleRow: number, article: Article, passages: readonly Passage[], before: readonly OldPassage[], file: string): WrittenPassage[] {
    this.insertArticle(articleRow, article, file);
    const kept = rowsByText(before);
    const titleTerms = analyze(article.title);
    const title = titleTerms.join(' ');
    const hashes: number[] = [...hashTerms(titleTerms)];
    const written = passages.map((passage) => {
      const old = kept.get(passage.text)?.shift();
      const row = old ?? this.nextPassage++;
      this.statements.passage.run(row, articleRow, passage.ordinal, passage.start, passage.end, passage.text, passage.section, passage.page);
      const terms = analyze(passage.text);
      this.statements.lexical.run(row, title, terms.join(' '));
      this.termCount += titleTerms.length + terms.length;
      if (passages.length > 1) for (const hash of hashTerms(terms)) hashes.push(hash);
      return { row, isKept: old !== undefined };
    });
    if (passages.length > 1) this.unfinished.set(articleRow, { terms: encodeCounts(countTerms(hashes)), sum: null, missing: passages.length });
    return written;
  }

  private insertArticle(articleRow: number, article: Article, file: string): void {
    const keys = keysOf(article);
    this.statements.article.run({
      row: articleRow,
      id: article.id,
      source: article.source,
      format: article.format,
      title: article.title,
      author: article.author,
      published: article.published,
      updated: article.updated,
      language: article.language,
      url: article.url,
      tags: JSON.stringify(article.tags),
      paragraphs: JSON.stringify(article.paragraphs),
      hash: articleHash(article),
      languageKey: article.language === null ? null : foldKey(article.language),
      titleKey: wordsKey(article.title),
      authorKey: wordsKey(article.author),
      words: wordsIn(article.paragraphs),
      urlKey: keys.url,
      textKey: keys.text,
      file: file === article.source ? null : file,
    });
    for (const tag of article.tags) this.statements.tag.run(foldKey(tag), articleRow);
    for (const author of authorsOf(article.author)) this.statements.author.run(foldKey(author), articleRow);
  }

  private read(articleRow: number): { title: string; language: string | null; passages: OldPassage[] } {
    const article = this.statements.readArticle.get(articleRow);
    if (article === undefined) throw new Error(`no article in row ${articleRow}`);
    return { ...article, passages: this.statements.readPassages.all(articleRow) };
  }

  private erase(articleRow: number, title: string, passages: readonly OldPassage[]): void {
    const titleTerms = analyze(title);
    for (const { row, text } of passages) {
      const terms = analyze(text);
      this.termCount -= titleTerms.length + terms.length;
      // With the option contentless_delete FTS5 would go on counting what was deleted in its averages.
      this.statements.unindex.run(row, titleTerms.join(' '), terms.join(' '));
      for (const statement of this.statements.erasePassage) statement.run(row);
    }
    for (const statement of this.statements.eraseArticle) statement.run(articleRow);
  }
}

function prepare(db: Database.Database) {
  return {
    article: db.prepare(
      `INSERT INTO articles VALUES (@row, @id, @source, @format, @title, @author, @published, @updated, @language, @url,
                                    @tags, @paragraphs, @hash, @languageKey, @titleKey, @authorKey, @words, @urlKey, @textKey, @file)`,
    ),
    tag: db.prepare('INSERT OR IGNORE INTO article_tags VALUES (?, ?)'),
    author: db.prepare('INSERT OR IGNORE INTO article_authors VALUES (?, ?)'),
    passage: db.prepare('INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
    lexical: db.prepare('INSERT INTO lexical (rowid, title, body) VALUES (?, ?, ?)'),
    details: db.prepare('INSERT INTO passage_details VALUES (?, ?, ?, ?)'),
    articleDetails: db.prepare('INSERT INTO article_details VALUES (?, ?, ?)'),
    setFile: db.prepare('INSERT INTO files (source, hash) VALUES (?, ?) ON CONFLICT (source) DO UPDATE SET hash = excluded.hash'),
    removeFile: db.prepare('DELETE FROM files WHERE source = ?'),
    addCopy: db.prepare('INSERT INTO copies VALUES (?, ?, ?)'),
    removeCopies: db.prepare('DELETE FROM copies WHERE file = ?'),
    moveArticle: db.prepare('UPDATE articles SET id = ?, source = ?, file = ? WHERE row = ?'),
    readArticle: db.prepare<[number], { title: string; language: string | null }>('SELECT title, language FROM articles WHERE row = ?'),
    readPassages: db.prepare<[number], OldPassage>('SELECT row, text FROM passages WHERE article = ? ORDER BY ordinal'),
    unindex: db.prepare("INSERT INTO lexical (lexical, rowid, title, body) VALUES ('delete', ?, ?, ?)"),
    erasePassage: ['passage_details WHERE row', 'passages WHERE row'].map((place) => db.prepare(`DELETE FROM ${place} = ?`)),
    eraseArticle: ['article_details WHERE article', 'article_tags WHERE article', 'article_authors WHERE article', 'articles WHERE row'].map((place) => db.prepare(`DELETE FROM ${place} = ?`)),
    terms: db.prepare<[], number>("SELECT value FROM statistics WHERE name = 'terms'").pluck(),
    setStatistic: db.prepare('INSERT OR REPLACE INTO statistics VALUES (?, ?)'),
  };
}

/** A text may stand in an article twice: its rows in order. */
function rowsByText(passages: readonly OldPassage[]): Map<string, number[]> {
  const rows = new Map<string, number[]>();
  for (const { row, text } of passages) {
    const same = rows.get(text);
    if (same === undefined) rows.set(text, [row]);
    else same.push(row);
  }
  return rows;
}
