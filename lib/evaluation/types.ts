import type { BuildProgress } from '../index';
import type { Mode } from '../search/request';
import type { Scores } from './metrics';

/** One entry of `eval --json`. */
export interface DatasetReport {
  /** The folder's name. */
  dataset: string;
  /** Of the data set, without distractors. */
  documents: number;
  /** Of the whole index, distractors included. */
  passages: number;
  /** Asked: each has a relevant document. */
  queries: number;
  modes: Record<Mode, Scores>;
  /** Only where questions are documents themselves: `related` asked of each, and plain nearest neighbours. */
  related?: { related: Scores; nearest: Scores };
  /** Approximate against exact search over the same vectors, over `sampled` questions. */
  hnsw: { 'recall@10': number; efSearch: number; sampled: number };
  /** Of a hybrid query for ten passages, embedding included, asked one at a time. */
  timing: { medianMs: number; p95Ms: number };
  /** Distractors in the index. */
  padded: number;
  warnings: string[];
  /** Only where unanswerable questions were given. */
  answerable?: AnswerableReport;
}

export interface AnswerableReport {
  /** Chance that a question with an answer gets a higher confidence than one without; null where there are none. */
  auc: number | null;
  /** Share of the data set's questions that are taken for answerable; the others are false alarms. */
  kept: number;
  /** Share of the unanswerable questions that are told to be so. */
  flagged: number;
  questions: number;
  unanswerable: number;
}

/** Sent a few times a second at most. */
export type EvaluationProgress =
  | { step: 'building'; dataset: string; build: BuildProgress }
  | { step: 'asking' | 'comparing'; dataset: string; done: number; total: number; etaMs: number | null };
