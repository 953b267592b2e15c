export { BENCHES } from './benches';
export { compareReports, isKept, MOST_LOSS, type Comparison } from './compare';
export { parseReport } from './report';
export { benchesNamed, runBenches, type BenchOptions, type BenchProgress } from './run';
export type { Bench, BenchContext, BenchReport, BenchResult, Check, Figure, Machine, Series } from './types';
