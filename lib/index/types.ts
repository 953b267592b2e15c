import type { Article, Setting, Source } from '../article';
import type { ErrorCode, PilcrowError } from '../errors';

/** Enough to tell an article by: its id and where it came from. */
export interface ArticleName {
  id: string;
  source: string;
}

/** An article that is the same at another place. */
export interface MovedArticle extends ArticleName {
  from: ArticleName;
}

/** `status --json` and `GET /api/health`. */
export interface IndexStatus {
  generation: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  articles: number;
  passages: number;
  model: { id: string; dimensions: number };
  /** Sizes on disk. */
  bytes: { passages: number; vectors: number; embeddingCache: number; total: number };
  /** What the index is made from: labels, absolute paths as they were given, and how they are read where it is not the usual way. */
  sources: Source[];
  /** Set while another generation answers than the one that should: which that is (null when `current` names none), and what is wrong with it. */
  fallback: { generation: string | null; code: ErrorCode; reason: string } | null;
  /** Set while the index is being changed: by whom, and how far they are. */
  writer: IndexWriter | null;
}

export interface IndexWriter {
  pid: number;
  host: string;
  /** E.g. `pilcrow index`. */
  command: string;
  /** ISO 8601, UTC. */
  since: string;
  /** Null before the first word of it. */
  phase: string | null;
  /** Share of the work done, 0 to 1. */
  done: number;
  /** Milliseconds still to go, null while unknown. */
  etaMs: number | null;
}

/** An article as it stands in a generation, ready to be laid out: its paragraphs cut where passages begin. */
export interface ArticleView {
  generation: string;
  article: Article;
  paragraphs: (Setting & {
    section: string | null;
    page: number | null;
    /** The paragraph's whole text in order; a part belongs to passage `#p<ordinal>`. */
    parts: { ordinal: number; text: string }[];
  })[];
  passages: { id: string; ordinal: number; text: string; section: string | null; page: number | null }[];
}

export type BuildPhase = 'reading' | 'embedding' | 'writing' | 'mapping' | 'publishing';

/** Sent a few times a second at most while an index is built. */
export interface BuildProgress {
  phase: BuildPhase;
  articles: number;
  passages: number;
  /** Passages newly embedded in this run, the others came from the cache. */
  embedded: number;
  /** Passages embedded per second, over the last seconds; null at first. */
  rate: number | null;
  /** Share of the work done, 0 to 1. */
  done: number;
  /** Milliseconds still to go, null while unknown. */
  etaMs: number | null;
}

export interface BuildFailure {
  path: string;
  error: PilcrowError;
}

/** `index --json` prints this with errors as `{code, message}`. */
export interface BuildReport {
  /** The generation that is current now. */
  generation: string | null;
  /** False when nothing had changed, or in a dry run. */
  published: boolean;
  dryRun: boolean;
  articles: { total: number; added: ArticleName[]; changed: ArticleName[]; moved: MovedArticle[]; removed: ArticleName[]; unchanged: number };
  passages: { total: number; embedded: number; fromCache: number };
  /** Files passed over on purpose, with the reason. */
  skipped: { path: string; reason: string }[];
  /** Articles in what was read now that are indexed once, from the other place. */
  copies: { source: string; of: string }[];
  /** Files that could not be read; what was indexed of them before is kept. */
  failed: BuildFailure[];
  /** Things to know that are no failures, e.g. a title too long to serve as context. */
  warnings: string[];
  /** Older generations that were removed. */
  pruned: string[];
  tookMs: number;
}
