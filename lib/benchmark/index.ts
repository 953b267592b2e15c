export { BENCHES } from './benches';
export { benchesNamed, runBenches, type BenchOptions, type BenchProgress } from './run';
export type { Bench, BenchContext, BenchReport, BenchResult, Check, Figure, Machine, Series } from './types';
