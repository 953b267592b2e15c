import { readFile, rename, writeFile } from 'node:fs/promises';
import { PilcrowError } from '../errors';
import { BENCHES } from './benches';
import { parseReport } from './report';
import type { BenchReport } from './types';

/**
 * The report that a file holds already; null where there is none.
 * @throws PilcrowError `source-unreadable`, and `file-damaged` for anything but a report
 */
export async function readRecord(path: string): Promise<BenchReport | null> {
  try {
    return parseReport(await readFile(path, 'utf8'), path);
  } catch (cause) {
    if (cause instanceof PilcrowError) throw cause;
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new PilcrowError('source-unreadable', `${path} cannot be read: ${(cause as Error).message}`, null, { cause });
  }
}

/**
 * A report with the results of a later one in the place of its own of the same names. All benches take an hour: whoever
 * has changed one part measures that part.
 * @throws PilcrowError `usage` where figures of both could not stand beside each other
 */
export function withResults(record: BenchReport | null, now: BenchReport): BenchReport {
  if (record === null) return now;
  const about = ({ corpus, seed, quick, machine: { processor, cores, platform } }: BenchReport) => `${processor}, ${cores} cores, ${platform}; ${corpus}; seed ${seed}${quick ? ', --quick' : ''}`;
  if (about(record) !== about(now)) {
    throw new PilcrowError('usage', `the file has figures of ${about(record)}; these are of ${about(now)}`, 'save them in a file of their own');
  }
  const results = new Map([...record.benches, ...now.benches].map((bench) => [bench.name, bench]));
  const places = BENCHES.map(({ name }) => name);
  return { ...now, benches: [...results.values()].sort((a, b) => places.indexOf(a.name) - places.indexOf(b.name)) };
}

/** Whole or not at all. @throws PilcrowError `usage` */
export async function writeRecord(path: string, report: BenchReport): Promise<void> {
  const unfinished = `${path}.unfinished`;
  try {
    await writeFile(unfinished, `${JSON.stringify(report, null, 2)}\n`);
    await rename(unfinished, path);
  } catch (cause) {
    throw new PilcrowError('usage', `${path} cannot be written: ${(cause as Error).message}`, 'name a file in a folder that is there and may be written to', { cause });
  }
}
