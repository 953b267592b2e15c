import type { Article } from '../article';

/** Something measured several times; a ratio where the unit is `×`. */
export interface Figure {
  /** Stable, within its bench: what a record is compared by. */
  key: string;
  label: string;
  unit: 'ms' | 's' | '/s' | 'tokens/s' | 'MB' | 'kB' | '×' | 'share' | 'count';
  /** Of several measurements their median. */
  value: number;
  /** Least and greatest of them, where there are several. */
  range?: [number, number] | undefined;
  /** Measurements. */
  runs: number;
  /** Which way is better; null for what is told and not judged. */
  better: 'higher' | 'lower' | null;
}

/** Measurements against something that was varied, to be drawn. */
export interface Series {
  key: string;
  label: string;
  x: { label: string; unit: string };
  y: { label: string; unit: string };
  points: [x: number, y: number][];
}

/** Whether what was measured did its work: a fast wrong answer is none. */
export interface Check {
  label: string;
  passed: boolean;
  /** What was found. */
  detail: string;
}

export interface BenchResult {
  name: string;
  title: string;
  /** When it began. */
  date: string;
  figures: Figure[];
  series: Series[];
  checks: Check[];
  /** What one must know to read the figures: sizes, what was perturbed, what was left out. */
  notes: string[];
  tookMs: number;
}

/** What benches work on. */
export interface BenchContext {
  /** Passages that were asked for; undefined where a bench is to take as many as are enough. */
  readonly passages: number | undefined;
  /** The same seed, the same choice of passages and questions, in the same order. */
  seed: number;
  /** Articles to index, as many times as is asked for, in the same order. */
  articles(): AsyncIterable<Article>;
  /** Where they come from, for people. */
  corpus: string;
  /** Questions about them, all different; without any of their own, words of their sentences. */
  questions(count: number): Promise<string[]>;
  /** A folder of its own for a bench to write into; removed afterwards. */
  scratch(name: string): Promise<string>;
  /** An index of all articles, made once for all benches that ask for it. */
  index(): Promise<string>;
  /** Embedding workers; undefined for the default. */
  workers: number | undefined;
  /** Few repetitions of little: to see that everything runs, not how fast. */
  quick: boolean;
  signal: AbortSignal | undefined;
  /** Told what is done: `done` of `total` steps. */
  onStep(label: string, done: number, total: number): void;
}

export interface Bench {
  name: string;
  title: string;
  run(context: BenchContext): Promise<Pick<BenchResult, 'figures' | 'series' | 'checks' | 'notes'>>;
}

/** Where the figures were taken. */
export interface Machine {
  processor: string;
  cores: number;
  memoryGb: number;
  platform: string;
  node: string;
  /** Load average of the minute before the run: what else was going on. */
  load: number;
}

/** What `pilcrow bench --json` prints. */
export interface BenchReport {
  date: string;
  version: string;
  machine: Machine;
  seed: number;
  corpus: string;
  /** Few repetitions of little: figures that say nothing of speed. */
  quick: boolean;
  benches: BenchResult[];
}
