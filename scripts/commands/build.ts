import { join } from 'node:path';
import { Option, type Command } from 'commander';
import type { ModelSpec } from '../../lib/embedding';
import { PilcrowError } from '../../lib/errors';
import type { BuildReport } from '../../lib/index';
import { packageRoot } from '../../lib/package-root';
import { styleFor } from '../terminal/colour';
import { EXIT } from '../terminal/exit';
import { note, say } from '../terminal/messages';
import { print, printJson } from '../terminal/output';
import { createProgressLine } from '../terminal/progress';
import { renderChanges, renderSummary } from '../terminal/report';
import { onInterrupt } from '../terminal/signals';
import { indexDirOf, newCommand, wholeNumber, type CommonOptions } from './options';

/** More processes than any machine this is meant for has cores. */
const MAX_WORKERS = 64;

interface IndexOptions extends CommonOptions {
  full?: true;
  dryRun?: true;
  model?: string;
  dtype?: ModelSpec['dtype'];
  pooling?: ModelSpec['pooling'];
  queryPrefix?: string;
  passagePrefix?: string;
  workers?: string;
}

export function command(): Command {
  return newCommand('index', 'Bring the index up to date with files and folders; only what changed is embedded.', [
    'pilcrow index articles/ ~/clippings/2024',
    'pilcrow index                      # the same sources again',
    'pilcrow index --full --model ./models/bge-small-en-v1.5 --pooling cls articles/',
  ])
    .argument('[source...]', 'files and folders (default: those of the index, else articles/)')
    .option('--full', 'start anew instead of updating')
    .option('--dry-run', 'say what would change and change nothing')
    .addOption(new Option('--model <model>', 'all-MiniLM-L6-v2, a local folder or a hub id').env('PILCROW_MODEL'))
    .addOption(new Option('--dtype <dtype>', 'precision of the model').choices(['int8', 'fp32']))
    .addOption(new Option('--pooling <pooling>', 'how the model makes one vector of a text').choices(['mean', 'cls']))
    .option('--query-prefix <text>', 'put in front of each question, e.g. "query: "')
    .option('--passage-prefix <text>', 'put in front of each passage, e.g. "passage: "')
    .option('--workers <count>', `processes that embed, 1 to ${String(MAX_WORKERS)} (default: as many as cores)`)
    .action(index);
}

async function index(named: string[], options: IndexOptions): Promise<void> {
  const workers = workersOf(options);
  refuseAddresses(named);
  const [{ buildIndex, defaultIndexDir, hasIndex }, { calibrate }] = await Promise.all([import('../../lib/index'), import('../../lib/search')]);
  const indexDir = indexDirOf(options, defaultIndexDir);
  const abort = new AbortController();
  const progress = createProgressLine(process.stderr);
  onInterrupt(() => {
    progress.erase();
    note('stopping: what is in flight is finished and kept (Ctrl-C again stops at once)');
    abort.abort();
  });
  let report: BuildReport;
  try {
    report = await buildIndex({
      calibrate,
      indexDir,
      named: named.length === 0 && !hasIndex(indexDir) ? [join(packageRoot(), 'articles')] : named,
      cwd: process.cwd(),
      full: options.full,
      dryRun: options.dryRun,
      spec: specOf(options),
      workers,
      signal: abort.signal,
      onProgress: (state) => { progress.show(state); },
    });
  } finally {
    progress.erase();
  }
  show(report, options);
  if (report.failed.length > 0) process.exitCode = EXIT.failed;
}

function show(report: BuildReport, options: IndexOptions): void {
  if (options.json) {
    const failed = report.failed.map(({ path, error }) => ({ path, error: { code: error.code, message: error.line } }));
    printJson({ ...report, failed });
  } else if (report.dryRun) {
    print(renderChanges(report));
  }
  say(renderSummary(report, styleFor(process.stderr)));
}

/** Only what was said: the rest is the index's own, or the default. */
function specOf({ model, dtype, pooling, queryPrefix, passagePrefix }: IndexOptions): Partial<ModelSpec> {
  const given = { model, dtype, pooling, queryPrefix, passagePrefix };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function workersOf({ workers }: IndexOptions): number | undefined {
  const hint = `give a whole number from 1 to ${String(MAX_WORKERS)}`;
  const count = wholeNumber('--workers', workers, { code: 'usage', hint });
  if (count === undefined || (count >= 1 && count <= MAX_WORKERS)) return count;
  throw new PilcrowError('usage', `--workers ${String(count)} is not a number of processes`, hint);
}

/** As a path an address would only be said not to exist. */
function refuseAddresses(named: readonly string[]): void {
  const address = named.find((name) => /^https?:\/\//i.test(name));
  if (address === undefined) return;
  throw new PilcrowError('usage', `${address} is an address, and addresses cannot be read yet`, 'save the article as a file and name that');
}
