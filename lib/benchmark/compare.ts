import type { BenchReport, Figure } from './types';

/** A ratio that is worse by more than this has been made worse: what a busy machine does to both sides of one is less. */
export const MOST_LOSS = 0.15;

export interface Comparison {
  bench: string;
  key: string;
  label: string;
  unit: Figure['unit'];
  /** Null for what the record does not have. */
  recorded: number | null;
  /** Null for what was not measured now. */
  now: number | null;
  /** By which share of the recorded value it is better (above 0) or worse (below); null where one of them is missing. */
  gain: number | null;
  verdict: 'kept' | 'worse' | 'missing' | 'new';
}

/**
 * Compares what does not depend on the machine: ratios and shares that are judged at all.
 * @param expected names of the benches that must be there now; of others the record may have more than was measured
 */
export function compareReports(record: BenchReport, now: BenchReport, expected: readonly string[]): Comparison[] {
  const before = judged(record);
  const after = judged(now);
  const wanted = new Set([...expected, ...now.benches.map(({ name }) => name)]);
  const missing = [...before].filter(([id, { bench }]) => wanted.has(bench) && !after.has(id));
  return [
    ...[...after].map(([id, { bench, figure }]): Comparison => {
      const recorded = before.get(id)?.figure ?? null;
      const gain = recorded === null ? null : gainOf(recorded.value, figure);
      const verdict = gain === null ? 'new' : gain < -MOST_LOSS ? 'worse' : 'kept';
      return { ...about(bench, figure), recorded: recorded?.value ?? null, now: figure.value, gain, verdict };
    }),
    ...missing.map(([, { bench, figure }]): Comparison => ({ ...about(bench, figure), recorded: figure.value, now: null, gain: null, verdict: 'missing' })),
  ];
}

/** Whether the record is lived up to: nothing is worse and nothing is missing. */
export function isKept(comparisons: readonly Comparison[]): boolean {
  return comparisons.every(({ verdict }) => verdict === 'kept' || verdict === 'new');
}

function judged({ benches }: BenchReport): Map<string, { bench: string; figure: Figure }> {
  const isJudged = ({ unit, better }: Figure) => (unit === '×' || unit === 'share') && better !== null;
  return new Map(benches.flatMap(({ name, figures }) => figures.filter(isJudged).map((figure) => [JSON.stringify([name, figure.key]), { bench: name, figure }] as const)));
}

/** By what is better now: that may have been put right since. */
function gainOf(recorded: number, { value, better }: Figure): number {
  const gained = better === 'higher' ? value - recorded : recorded - value;
  if (gained === 0) return 0;
  return gained / Math.abs(recorded);
}

function about(bench: string, { key, label, unit }: Figure): Pick<Comparison, 'bench' | 'key' | 'label' | 'unit'> {
  return { bench, key, label, unit };
}
