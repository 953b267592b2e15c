import type { Mode } from './request';

/** An article as results show it. */
export interface ArticleRef {
  id: string;
  title: string;
  url: string | null;
  author: string | null;
  /** ISO 8601 date or date-time. */
  published: string | null;
  source: string;
}

/** The sentence that answers best; offsets are UTF-16 units into the passage's text. */
export interface Evidence {
  text: string;
  start: number;
  end: number;
}

/** The same paragraph, nearly the same, or a part of it, in another article. */
export interface Duplicate {
  passage: { id: string; ordinal: number };
  article: ArticleRef;
}

export interface SearchResult {
  /** 1-based. */
  rank: number;
  /** Comparable within one response only. */
  score: number;
  passage: { id: string; ordinal: number; text: string };
  article: ArticleRef;
  evidence: Evidence;
  /** Which of the two searches found it. */
  matched: ('dense' | 'lexical')[];
  alsoIn: Duplicate[];
  /** Further passages of its article that ranked high enough and were left out for the limit on one article. */
  moreInArticle: number;
}

/** Milliseconds. */
export interface Timing {
  totalMs: number;
  embedMs: number;
  retrieveMs: number;
}

/** `ask --json` and `GET /api/search`. */
export interface SearchResponse {
  query: string;
  mode: Mode;
  generation: string;
  /** False when nothing in the index seems to answer the question. */
  answerable: boolean;
  took: Timing;
  results: SearchResult[];
}

/** `related --json` and `GET /api/passages/{id}/related`. */
export interface RelatedResponse {
  passage: { id: string; ordinal: number; text: string };
  article: ArticleRef;
  /** Articles that have this very passage too; they are not among the results. */
  alsoIn: Duplicate[];
  generation: string;
  took: Timing;
  results: SearchResult[];
}
