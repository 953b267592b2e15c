import { PilcrowError } from '../errors';
import { BENCHES } from './benches';
import { LocalContext, type ContextOptions } from './context';
import { machine } from './machine';
import { readRecord, withResults, writeRecord } from './record';
import type { Bench, BenchReport, BenchResult } from './types';

/** How far a bench is. */
export interface BenchProgress {
  bench: string;
  label: string;
  done: number;
  total: number;
  /** Of this step; null while nobody can say. */
  etaMs: number | null;
}

export interface BenchOptions extends Omit<ContextOptions, 'onStep' | 'seed' | 'quick'> {
  /** Names of benches, in the order in which they run; none for all. */
  names: readonly string[];
  /** Of Pilcrow, for the report. */
  version: string;
  seed?: number | undefined;
  quick?: boolean | undefined;
  /** A report that gets each bench's results as it ends, in place of those it has of that bench. */
  save?: string | undefined;
  onProgress?: ((progress: BenchProgress) => void) | undefined;
  /** Called before the first bench. */
  onStart?: ((head: Pick<BenchReport, 'version' | 'machine' | 'seed' | 'corpus' | 'quick'>) => void) | undefined;
  /** Called as each bench ends. */
  onResult?: ((result: BenchResult) => void) | undefined;
}

/** An estimate from less than this, in ms, would jump about. */
const SETTLED = 500;

/** @throws PilcrowError `usage` for a name that no bench has */
export function benchesNamed(names: readonly string[], benches: readonly Bench[] = BENCHES): Bench[] {
  if (names.length === 0) return [...benches];
  return [...new Set(names)].map((name) => {
    const bench = benches.find((one) => one.name === name);
    if (bench !== undefined) return bench;
    throw new PilcrowError('usage', `there is no bench ${JSON.stringify(name)}`, `there are ${benches.map((one) => one.name).join(', ')}`);
  });
}

/**
 * Runs benches one after the other: what one measures is not to be slowed by another.
 * @throws PilcrowError `usage`, `interrupted`, `file-damaged` for a `save` that is no report, those of a corpus or an
 *   index that cannot be used, and what a bench throws: figures beside a failure are worth nothing
 */
export async function runBenches(options: BenchOptions): Promise<BenchReport> {
  const benches = benchesNamed(options.names);
  const { names: _names, version, seed = 1, quick = false, save, onProgress, onStart, onResult, ...rest } = options;
  const report: Omit<BenchReport, 'corpus'> = { date: new Date().toISOString(), version, machine: machine(), seed, quick, benches: [] };
  let running = '';
  const step = timed((progress) => onProgress?.({ bench: running, ...progress }));
  const context = await LocalContext.open({ ...rest, seed, quick, onStep: step });
  try {
    const { corpus } = context;
    const keep = save === undefined ? undefined : await keeper(save, { ...report, corpus });
    onStart?.({ ...report, corpus });
    for (const bench of benches) {
      running = bench.name;
      const date = new Date().toISOString();
      const started = performance.now();
      const measured = await bench.run(context);
      const result = { name: bench.name, title: bench.title, date, ...measured, tookMs: Math.round(performance.now() - started) };
      report.benches.push(result);
      onResult?.(result);
      await keep?.({ ...report, corpus });
    }
    return { ...report, corpus };
  } finally {
    await context.close();
  }
}

/** What cannot be written, or stand beside what is there, is told before anything is measured. @returns writes a report there */
async function keeper(path: string, head: BenchReport): Promise<(report: BenchReport) => Promise<void>> {
  const record = await readRecord(path);
  const keep = (report: BenchReport) => writeRecord(path, withResults(record, report));
  await keep(head);
  return keep;
}

/** Adds the time that is left of a step, by what it has taken so far. */
function timed(report: (progress: Omit<BenchProgress, 'bench'>) => void): ContextOptions['onStep'] {
  let current = '';
  let started = 0;
  return (label, done, total) => {
    const now = performance.now();
    if (label !== current) started = now;
    current = label;
    const elapsed = now - started;
    report({ label, done, total, etaMs: done === 0 || elapsed < SETTLED ? null : (elapsed * (total - done)) / done });
  };
}
