import type { AnswerableReport, DatasetReport, EvaluationProgress, Scores } from '../../lib/evaluation';
import type { Style } from './colour';
import { clock, count, counted } from './numbers';
import { createProgressLine } from './progress';
import { columns, printable } from './text';

const MODES = ['dense', 'lexical', 'hybrid'] as const;
const MEASURES = { 'ndcg@10': 'nDCG@10', 'mrr@10': 'MRR@10', 'hit@1': 'hit@1', 'recall@100': 'recall@100' } as const satisfies Record<keyof Scores, string>;
const MODE_COLUMNS = 10;
const GAP = '  ';
/** Back to the first column and clear to the end of the line. */
const CLEAR = '\r\u001b[K';

/** One data set's figures: a line for each mode, then what they were measured on. */
export function renderEvaluation(report: DatasetReport, { colours }: Style): string[] {
  const { dataset, documents, padded, passages, queries, modes, related, hnsw, timing, answerable } = report;
  const measures = Object.entries(MEASURES) as [keyof Scores, string][];
  const row = (name: string, cells: readonly string[]) => [name.padEnd(MODE_COLUMNS), ...cells].join(GAP);
  const figures = (name: string, scores: Scores) => row(name, measures.map(([key, heading]) => decimals(scores[key]).padStart(heading.length)));
  const collection = [counted(documents, 'document'), ...(padded === 0 ? [] : [counted(padded, 'distractor')]), counted(passages, 'passage'), counted(queries, 'query', 'queries')];
  return [
    colours.bold(printable(dataset)),
    colours.dim(row('', measures.map(([, name]) => name))),
    ...MODES.map((mode) => figures(mode, modes[mode])),
    ...(related === undefined ? [] : [figures('related', related.related), figures('(nearest)', related.nearest)]),
    collection.join(' · '),
    `HNSW recall@10 ${decimals(hnsw['recall@10'])} (ef ${String(hnsw.efSearch)}, over ${counted(hnsw.sampled, 'query', 'queries')}) · ${timing.medianMs.toFixed(1)} ms per hybrid query (median), ${timing.p95Ms.toFixed(1)} ms (95th percentile)`,
    ...(answerable === undefined ? [] : renderAnswerable(answerable)),
  ];
}

function renderAnswerable({ auc, kept, flagged, questions, unanswerable }: AnswerableReport): string[] {
  return [
    `answerable: AUC ${auc === null ? 'unknown' : decimals(auc)}`,
    `  ${counted(questions, 'question')} with an answer: ${decimals(kept)} kept, ${decimals(1 - kept)} flagged (false alarms)`,
    `  ${counted(unanswerable, 'question')} without: ${decimals(flagged)} flagged, ${decimals(1 - flagged)} missed`,
  ];
}

/** The progress of an evaluation on one line that is rewritten in place; silent where there is no terminal. */
export function createEvaluationLine(stream: NodeJS.WriteStream): { show(progress: EvaluationProgress): void; erase(): void } {
  const building = createProgressLine(stream);
  const isTerminal = stream.isTTY && process.env.TERM !== 'dumb';
  let shown = false;
  return {
    show(progress) {
      if (!isTerminal) return;
      shown = true;
      if (progress.step === 'building') building.show(progress.build);
      else stream.write(`${CLEAR}${renderSteps(progress, (stream.columns || 80) - 1)}`);
    },
    erase() {
      if (shown) stream.write(CLEAR);
      shown = false;
    },
  };
}

/** `asking cisi  12 of 76 · 8s left`; nothing where the terminal is narrower than that. */
export function renderSteps({ step, dataset, done, total, etaMs }: Exclude<EvaluationProgress, { step: 'building' }>, width: number): string {
  const left = etaMs === null ? '' : ` · ${clock(etaMs)} left`;
  const line = `${step === 'asking' ? 'asking' : 'comparing with exact search'} ${printable(dataset)}  ${count(done)} of ${count(total)}${left}`;
  return columns(line) <= width ? line : '';
}

function decimals(value: number): string {
  return value.toFixed(3);
}
