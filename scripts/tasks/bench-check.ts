import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { compareReports, isKept, MOST_LOSS, parseReport, type BenchReport, type Comparison } from '../../lib/benchmark';
import { PilcrowError } from '../../lib/errors';
import { root } from '../build-engine.mjs';
import { print } from '../terminal/output';
import { columns, printable } from '../terminal/text';

/** Of the sample articles, which everyone has: the shares of another corpus are other shares. */
const RECORD = 'docs/performance-samples.json';
/** Those that need minutes, not hours, and whose figures are ratios. */
const CHECKED = ['embedding', 'query', 'hnsw'];
const MOST_JSON = 64 * 1024 * 1024;

/**
 * Whether ratios and shares are as good as those that docs/performance-samples.json has.
 * @param args a report to compare in place of one that is measured now
 */
export default async function checkBenches(args: readonly string[]): Promise<boolean> {
  try {
    if (args.length > 1) throw new PilcrowError('usage', `it takes one report, got ${args.length}`, 'npm run bench:check -- FILE');
    const record = parseReport(await read(join(root, RECORD), `write one: npx pilcrow bench ${CHECKED.join(' ')} --save ${RECORD}`), RECORD);
    const [file] = args;
    const now = file === undefined ? await measure() : parseReport(await read(file, 'name a file that `pilcrow bench --json` has written'), file);
    const comparisons = compareReports(record, now, CHECKED);
    const failed = now.benches.flatMap(({ name, checks }) => checks.filter(({ passed }) => !passed).map(({ label, detail }) => printable(`${name}: ${label}: ${detail}`)));
    print([...renderComparisons(comparisons), ...remarks(record, now), ...failed.map((check) => `does not hold: ${check}`)]);
    return isKept(comparisons) && failed.length === 0;
  } catch (error) {
    if (!(error instanceof PilcrowError)) throw error;
    process.stderr.write(`bench:check: ${error.message}${error.hint === null ? '' : `\n  ${error.hint}`}\n`);
    return false;
  }
}

/** A table: the worst first, as it is what one looks for. */
export function renderComparisons(comparisons: readonly Comparison[]): string[] {
  if (comparisons.length === 0) return ['there is nothing to compare'];
  const order = ['missing', 'worse', 'new', 'kept'];
  const rows = [...comparisons].sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict) || (a.gain ?? 0) - (b.gain ?? 0));
  const cells = [['bench', 'figure', 'record', 'now', 'change', ''], ...rows.map(({ bench, label, unit, recorded, now, gain, verdict }) => [
    printable(bench), printable(label), shown(recorded, unit), shown(now, unit), gain === null ? '' : `${gain < 0 ? '' : '+'}${(100 * gain).toFixed(1)} %`, verdict === 'kept' ? '' : verdict,
  ])];
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => columns(row[column] ?? ''))));
  return cells.map((row) => row.map((cell, column) => {
    const space = ' '.repeat((widths[column] ?? 0) - columns(cell));
    return column >= 2 && column <= 4 ? space + cell : cell + space;
  }).join('  ').trimEnd());
}

function shown(value: number | null, unit: Comparison['unit']): string {
  if (value === null) return '–';
  return unit === '×' ? `${value.toFixed(2)}×` : value.toFixed(3);
}

function remarks(record: BenchReport, now: BenchReport): string[] {
  return [
    `above 0 is better; what is worse by more than ${100 * MOST_LOSS} %, or missing, fails`,
    ...(record.corpus === now.corpus ? [] : [printable(`the record is of ${record.corpus}, this of ${now.corpus}: shares may differ for that reason`)]),
    ...(now.quick ? ['this was measured with --quick: ratios of so little vary by more than that'] : []),
  ];
}

async function measure(): Promise<BenchReport> {
  const args = [join(root, 'scripts', 'bin.mjs'), 'bench', ...CHECKED, '--json'];
  // It ends with 1 when a check does not hold: the report says which.
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: root, maxBuffer: MOST_JSON }).catch((error: unknown) => error as { stdout?: string; stderr?: string });
  if (stdout === undefined || stdout === '') throw new PilcrowError('internal', `pilcrow bench has failed: ${printable(stderr?.trim().split('\n')[0] ?? '')}`);
  return parseReport(stdout, 'what pilcrow bench has printed');
}

async function read(path: string, hint: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new PilcrowError('source-not-found', `${path} cannot be read`, hint, { cause });
  });
}
