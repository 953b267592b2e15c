import type { MapPoint, MapRegion } from '../index';
import type { ArticleSort, Mode } from './request';

/** An article as results show it. */
export interface ArticleRef {
  id: string;
  title: string;
  url: string | null;
  author: string | null;
  /** ISO 8601 date or date-time. */
  published: string | null;
  /** BCP 47 tag; null where it is not known. */
  language: string | null;
  source: string;
}

/** A passage as results show it. */
export interface PassageRef {
  id: string;
  ordinal: number;
  text: string;
  /** The heading that it stands below. */
  section: string | null;
  /** On which it begins, in documents that have pages. */
  page: number | null;
}

/** A passage with its article, as whoever names it is shown it. */
export interface FoundPassage {
  passage: PassageRef;
  article: ArticleRef;
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
  /**
   * How well it answers, 0 to 1, by the formula that decides `answerable`: from .5 on a passage is taken for an
   * answer; never more than the first result's. Of a related passage how near it is: from .5 on nearer than the nearest mostly is.
   */
  fit: number;
  passage: PassageRef;
  article: ArticleRef;
  evidence: Evidence;
  /**
   * Which of the question's words stand in the passage or its title, as they stand there: the weightiest first, at
   * most 8. Of a related passage the most telling ones that both share, at most 5.
   */
  words: string[];
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

/** A filter's value that no article of the index has. */
export interface UnknownFilter {
  name: 'article' | 'source' | 'author' | 'tag' | 'language';
  value: string;
}

/** `ask --json` and `GET /api/search`. */
export interface SearchResponse {
  query: string;
  mode: Mode;
  generation: string;
  /** False when nothing in the index seems to answer the question. */
  answerable: boolean;
  /** Filters' values that no article of the index has, whatever else is asked for; mistyped ones mostly. */
  unknownFilters: UnknownFilter[];
  took: Timing;
  results: SearchResult[];
}

/** `related --json` and `GET /api/passages/{id}/related`. */
export interface RelatedResponse {
  passage: PassageRef;
  article: ArticleRef;
  /** Articles that have this very passage too; they are not among the results. */
  alsoIn: Duplicate[];
  generation: string;
  /** As of a search. */
  unknownFilters: UnknownFilter[];
  took: Timing;
  results: SearchResult[];
}

/** A value that articles can be filtered by. */
export interface FacetValue {
  /** To be given back as a filter. */
  value: string;
  /** How it is written most often. */
  label: string;
  articles: number;
}

/**
 * What articles can be filtered by, and how many pass with each value under all other filters: values of one filter
 * are alternatives, so a filter does not narrow its own counts. Greatest first; those chosen always stand there.
 */
export interface Facets {
  generation: string;
  /** Articles that pass all filters. */
  articles: number;
  /** Labels of sources, and the folders just below where a source has several. */
  source: FacetValue[];
  author: FacetValue[];
  tag: FacetValue[];
  language: FacetValue[];
  /** `from` and `to` in one, latest first. */
  year: FacetValue[];
}

/** An article in the library. */
export interface ListedArticle extends ArticleRef {
  tags: string[];
  passages: number;
  /** Of scripts without spaces, 1.6 characters count as one. */
  words: number;
}

export interface ArticlePage {
  generation: string;
  articles: ListedArticle[];
  /** Articles that pass, on all pages. */
  total: number;
  /** 1-based; one beyond the last has no articles. */
  page: number;
  /** At least 1. */
  pages: number;
  pageSize: number;
  sort: ArticleSort;
  unknownFilters: UnknownFilter[];
}

/** A passage on the map. */
export interface MapPassage {
  /** The one in which the row is this passage's. */
  generation: string;
  passage: { id: string; ordinal: number; text: string; row: number };
  article: ArticleRef;
}

/** A region of the map and the passages that stand for it. */
export interface MapRegionPassages {
  region: MapRegion;
  passages: { id: string; ordinal: number; text: string; article: ArticleRef }[];
}

/** Where a passage lies on the map: 0 to 1, y downwards. */
export interface MapPlace extends MapPoint {
  id: string;
}
