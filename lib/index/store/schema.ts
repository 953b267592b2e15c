import type { Article } from '../../article';
import { countWords } from '../../passage';
import { wordsOf } from '../analyze';

/**
 * The tables of passages.sqlite. Passage rows count from 0 and are the labels in the HNSW and the rowids in
 * the full-text index: one number finds a passage everywhere. A generation built anew has them in reading
 * order without a gap; one that was updated has new passages at the end, and the rows of removed ones are
 * not given again.
 */
export const SCHEMA = `
CREATE TABLE articles (
  row         INTEGER PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE,
  source      TEXT NOT NULL,
  format      TEXT NOT NULL,
  title       TEXT NOT NULL,
  author      TEXT,
  published   TEXT,
  updated     TEXT,
  language    TEXT,
  url         TEXT,
  tags        TEXT NOT NULL,           -- JSON array of strings
  paragraphs  TEXT NOT NULL,           -- JSON array of {text, section, page}
  hash        BLOB NOT NULL,           -- SHA-256 of all the above but row, id and source
  language_key TEXT,                   -- folded, for filters
  title_key   TEXT NOT NULL,           -- its words, folded, a space before each: for order and for finding by their beginnings
  author_key  TEXT NOT NULL,           -- the same of the author line
  words       INTEGER NOT NULL,        -- in its text
  url_key     TEXT,                    -- by these it is known again where it comes a second time
  text_key    TEXT,
  file        TEXT                     -- source of the file it was read from, where that is not its own: of an archive's entry
);
CREATE INDEX articles_source ON articles (source);
CREATE INDEX articles_published ON articles (published);
-- Each of these is read instead of the table, whose rows hold whole texts.
CREATE INDEX articles_language ON articles (language_key);
CREATE INDEX articles_title ON articles (title_key, author_key);
CREATE INDEX articles_author ON articles (author_key, title_key);
CREATE INDEX articles_words ON articles (words);
CREATE INDEX articles_url_key ON articles (url_key);
CREATE INDEX articles_text_key ON articles (text_key);

-- Files as they were read: one that has the same bytes needs no second look.
CREATE TABLE files (row INTEGER PRIMARY KEY, source TEXT NOT NULL UNIQUE, hash BLOB NOT NULL);

-- Articles that were found again elsewhere, and are indexed once: which file holds such, and by what it is known.
CREATE TABLE copies (file TEXT NOT NULL, url_key TEXT, text_key TEXT);
CREATE INDEX copies_file ON copies (file);
CREATE INDEX copies_url_key ON copies (url_key);
CREATE INDEX copies_text_key ON copies (text_key);

CREATE TABLE article_tags (tag TEXT NOT NULL, article INTEGER NOT NULL REFERENCES articles (row), PRIMARY KEY (tag, article)) WITHOUT ROWID;
CREATE TABLE article_authors (author TEXT NOT NULL, article INTEGER NOT NULL REFERENCES articles (row), PRIMARY KEY (author, article)) WITHOUT ROWID;

CREATE TABLE passages (
  row      INTEGER PRIMARY KEY,
  article  INTEGER NOT NULL REFERENCES articles (row),
  ordinal  INTEGER NOT NULL,
  start    INTEGER NOT NULL,
  "end"    INTEGER NOT NULL,
  text     TEXT NOT NULL,
  section  TEXT,
  page     INTEGER
);
CREATE UNIQUE INDEX passages_place ON passages (article, ordinal);

-- What ranking looks at of a passage: sentence vectors and hashed terms (sentences.ts). The article is null
-- where it has no other passage; embedding is the key under which the embedding cache has it.
CREATE TABLE passage_details (row INTEGER PRIMARY KEY, article INTEGER, embedding BLOB NOT NULL, details BLOB NOT NULL);
CREATE INDEX passage_details_embedding ON passage_details (embedding);
-- The same of an article with several passages: hashed terms with their counts (term-hash.ts), and the
-- L2-normalised sum of its passages' vectors (float32).
CREATE TABLE article_details (article INTEGER PRIMARY KEY, terms BLOB NOT NULL, centroid BLOB NOT NULL);
CREATE TABLE statistics (name TEXT PRIMARY KEY, value REAL NOT NULL) WITHOUT ROWID;

-- Holds terms that analyze() made, not text: the tokenizer only splits them at the spaces between.
-- Letters and digits beyond ASCII are token characters to it; the point is in decimals.
CREATE VIRTUAL TABLE lexical USING fts5 (title, body, content = '', tokenize = "ascii tokenchars '.'");
CREATE VIRTUAL TABLE lexical_terms USING fts5vocab (lexical, 'row');
`;

/** How filters compare names: width, case and composition do not matter. */
export function foldKey(value: string): string {
  return value.normalize('NFKC').toLowerCase();
}

/** How names are ordered and found by the beginnings of their words: case, accents and punctuation do not matter. */
export function wordsKey(text: string | null): string {
  return wordsOf(text ?? '').map((word) => ` ${word}`).join('');
}

/** How long an article is, for its order and to be shown. */
export function wordsIn(paragraphs: Article['paragraphs']): number {
  return paragraphs.reduce((sum, { text }) => sum + countWords(text), 0);
}
