import type { Article, ArticleKeys } from '../../article';
import type { Tokenizer } from '../../embedding';
import { splitArticle, titleContext, type Passage, type TokenLimits } from '../../passage';

/**
 * Most tokens of an embedded text: MiniLM was trained on texts of 128 to 256 tokens and, though it
 * takes 512, tells long ones apart less well.
 */
const PASSAGE_TOKENS = 256;

/** A word of this many characters may be more than the model's tokenizer takes for one. */
const LONG_WORD = /\S{101,}/;

/** What a generation is written from. The counts are of what has been handed out so far. */
export interface Supply {
  readonly articles: number;
  readonly passages: number;
  /** Bytes of all that will be read, for the share done. */
  totalBytes(): Promise<number>;
  /** @param onBytes called with the size of each part that has been read */
  read(onBytes: (bytes: number) => void): AsyncIterable<SuppliedFile>;
}

/** The articles of one file, and what the file is known by; null for articles that come from none. */
export interface SuppliedFile {
  file: { source: string; hash: Buffer } | null;
  articles: PreparedArticle[];
  /** Keys of what is in it and was read already, from another file: it is indexed once. */
  copies: ArticleKeys[];
}

/** For a file of which not everything could be taken: equal to no file's hash, so that it is read again. */
export const READ_AGAIN = Buffer.alloc(32);

/** An article ready to be indexed. */
export interface PreparedArticle {
  article: Article;
  /** Source of the file that it is in. */
  file: string;
  passages: Passage[];
  /** Put in front of each passage where it is embedded. */
  context: string;
}

/** How the model sees texts: their sizes, and what of them it cannot read. */
export interface TextMeasure extends TokenLimits {
  /** Tokens that stand for something the model cannot read. */
  countUnknown(text: string): number;
}

export function textMeasure(tokenizer: Tokenizer): TextMeasure {
  return {
    countTokens: (text) => tokenizer.countTokens(text),
    countUnknown: (text) => tokenizer.countUnknown(text),
    maxTokens: Math.min(PASSAGE_TOKENS, tokenizer.maxTokens),
  };
}

/** @throws PilcrowError of kind `input` when the article cannot be cut to what the model takes */
export function prepareArticle(article: Article, file: string, measure: TextMeasure): PreparedArticle {
  return { article, file, passages: splitArticle(article, measure), context: titleContext(article.title, measure) };
}

/** What its author may want to know of an article that was read. */
export function remarksOn({ article, passages, context }: PreparedArticle, measure: TextMeasure): string[] {
  const remarks: string[] = [];
  if (context !== article.title) remarks.push(`${article.source}: the title is long, only its beginning is embedded with the paragraphs`);
  const unreadable = countUnreadable(passages, measure);
  if (unreadable > 0) remarks.push(`${article.source}: ${unreadable} of ${passages.length} passages have words too long for the model; these are found as words only, not by meaning`);
  return remarks;
}

/** How many passages have words that the model cannot read; these are found as words only, not by meaning. */
export function countUnreadable(passages: readonly Passage[], measure: TextMeasure): number {
  return passages.filter(({ text }) => LONG_WORD.test(text) && measure.countUnknown(text) > 0).length;
}
