import Database from 'better-sqlite3';
import type { Article } from '../../article';
import type { Passage } from '../../passage';
import { analyze } from '../analyze';
import { articleHash } from './article-hash';
import { authorsOf, foldKey, SCHEMA } from './schema';
import type { PassageEmbedding } from './embedding-cache';
import { encodeDetails, type SentenceText } from './sentences';
import { countTerms, encodeCounts, hashTerms } from './term-hash';

/** Writes passages.sqlite of one generation, from the first article to the last. */
export class PassageWriter {
  private readonly db: Database.Database;
  private readonly statements;
  private articleCount = 0;
  private passageCount = 0;
  /** Articles of several passages, of which some have no vector yet. */
  private readonly unfinished = new Map<number, { terms: Buffer; sum: Float32Array | null; missing: number }>();
  /** Terms of all passages, titles included each time. */
  private termCount = 0;

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
      details: this.db.prepare('INSERT INTO passage_details VALUES (?, ?, ?)'),
      articleDetails: this.db.prepare('INSERT INTO article_details VALUES (?, ?, ?)'),
    };
    this.db.exec('BEGIN');
  }

  /** @returns the rows of the article and of its first passage; the others follow it */
  add(article: Article, passages: readonly Passage[]): { articleRow: number; firstRow: number } {
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
    const titleTerms = analyze(article.title);
    const title = titleTerms.join(' ');
    const hashes: number[] = [...hashTerms(titleTerms)];
    for (const passage of passages) {
      const row = this.passageCount++;
      this.statements.passage.run(row, articleRow, passage.ordinal, passage.start, passage.end, passage.text, passage.section, passage.page);
      const terms = analyze(passage.text);
      this.statements.lexical.run(row, title, terms.join(' '));
      this.termCount += titleTerms.length + terms.length;
      if (passages.length > 1) for (const hash of hashTerms(terms)) hashes.push(hash);
    }
    if (passages.length > 1) this.unfinished.set(articleRow, { terms: encodeCounts(countTerms(hashes)), sum: null, missing: passages.length });
    return { articleRow, firstRow };
  }

  /** What ranking looks at of a passage, once the model has read it. */
  addDetails(row: number, articleRow: number, title: string, sentences: readonly SentenceText[], { vector, sentences: vectors }: PassageEmbedding): void {
    const article = this.unfinished.get(articleRow);
    this.statements.details.run(row, article === undefined ? null : articleRow, encodeDetails(title, sentences, vectors));
    if (article === undefined) return;
    const sum = (article.sum ??= new Float32Array(vector.length));
    vector.forEach((value, i) => { sum[i] = (sum[i] as number) + value; });
    if (--article.missing > 0) return;
    this.unfinished.delete(articleRow);
    const length = Math.hypot(...sum);
    const centroid = sum.map((value) => (length === 0 ? 0 : value / length));
    this.statements.articleDetails.run(articleRow, article.terms, Buffer.from(centroid.buffer));
  }

  finish(): void {
    this.db.prepare('INSERT INTO statistics VALUES (?, ?)').run('terms', this.termCount);
    this.db.exec('COMMIT');
    this.db.exec(`INSERT INTO lexical (lexical) VALUES ('optimize'); ANALYZE;`);
    this.db.close();
  }

  /** For a run that failed: the file is of no use afterwards. */
  abandon(): void {
    this.db.close();
  }
}
