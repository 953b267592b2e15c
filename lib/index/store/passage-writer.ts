import Database from 'better-sqlite3';
import type { Article } from '../../article';
import type { Passage } from '../../passage';
import { analyze } from '../analyze';
import { articleHash } from './article-hash';
import { authorsOf, foldKey, SCHEMA } from './schema';

/** Writes passages.sqlite of one generation, from the first article to the last. */
export class PassageWriter {
  private readonly db: Database.Database;
  private readonly statements;
  private articleCount = 0;
  private passageCount = 0;

  constructor(path: string) {
    this.db = new Database(path);
    // A staging file that a crash spoils is thrown away whole: no journal is needed to mend it.
    this.db.pragma('journal_mode = OFF');
    this.db.pragma('synchronous = OFF');
    this.db.exec(SCHEMA);
    this.statements = {
      article: this.db.prepare(
        `INSERT INTO articles VALUES (@row, @id, @source, @format, @title, @author, @published, @updated, @language, @url,
                                      @tags, @paragraphs, @hash, @languageKey)`,
      ),
      tag: this.db.prepare('INSERT OR IGNORE INTO article_tags VALUES (?, ?)'),
      author: this.db.prepare('INSERT OR IGNORE INTO article_authors VALUES (?, ?)'),
      passage: this.db.prepare('INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
      lexical: this.db.prepare('INSERT INTO lexical (rowid, title, body) VALUES (?, ?, ?)'),
    };
    this.db.exec('BEGIN');
  }

  /** @returns the row of the first passage; the others follow it */
  add(article: Article, passages: readonly Passage[]): number {
    const firstRow = this.passageCount;
    const articleRow = this.articleCount++;
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
    });
    for (const tag of article.tags) this.statements.tag.run(foldKey(tag), articleRow);
    for (const author of authorsOf(article.author)) this.statements.author.run(foldKey(author), articleRow);
    const title = analyze(article.title).join(' ');
    for (const passage of passages) {
      const row = this.passageCount++;
      this.statements.passage.run(row, articleRow, passage.ordinal, passage.start, passage.end, passage.text, passage.section, passage.page);
      this.statements.lexical.run(row, title, analyze(passage.text).join(' '));
    }
    return firstRow;
  }

  finish(): void {
    this.db.exec('COMMIT');
    this.db.exec(`INSERT INTO lexical (lexical) VALUES ('optimize'); ANALYZE;`);
    this.db.close();
  }

  /** For a run that failed: the file is of no use afterwards. */
  abandon(): void {
    this.db.close();
  }
}
