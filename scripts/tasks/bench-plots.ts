import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { parseReport } from '../../lib/benchmark';
import { PilcrowError } from '../../lib/errors';
import { root } from '../build-engine.mjs';
import { print } from '../terminal/output';
import { plotsOf, withReport } from './performance-page';

const DOCS = join(root, 'docs');

/**
 * Draws a report's series into docs/performance/ and puts its tables into docs/performance.md.
 * @param args the report; default docs/performance.json
 */
export default async function drawBenches([file = join(DOCS, 'performance.json')]: readonly string[]): Promise<boolean> {
  try {
    await drawReport(file, DOCS);
    return true;
  } catch (error) {
    if (!(error instanceof PilcrowError)) throw error;
    process.stderr.write(`bench:plots: ${error.message}${error.hint === null ? '' : `\n  ${error.hint}`}\n`);
    return false;
  }
}

/** @param docs folder with performance.md; plots of earlier reports in its performance/ go */
export async function drawReport(file: string, docs: string): Promise<void> {
  const json = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new PilcrowError('source-not-found', `${file} cannot be read`, 'write one: npx pilcrow bench --save docs/performance.json', { cause });
  });
  const report = parseReport(json, file);
  const plots = plotsOf(report);
  const page = join(docs, 'performance.md');
  // Made before anything is written: a page without marks must not lose its plots.
  const written = withReport(await readFile(page, 'utf8'), report, plots);
  const folder = join(docs, 'performance');
  await mkdir(folder, { recursive: true });
  const before = (await readdir(folder)).filter((name) => name.endsWith('.svg') && !plots.some((plot) => plot.file === name));
  await Promise.all([...before.map((name) => rm(join(folder, name))), ...plots.map((plot) => writeFile(join(folder, plot.file), plot.svg)), writeFile(page, written)]);
  print([`docs/performance.md: ${report.benches.length} benches, ${plots.length} plots`]);
}
