import { resolve } from 'node:path';
import type { Command } from 'commander';
import { asPilcrowError, PilcrowError } from '../../lib/errors';
import type { DatasetReport, Evaluator } from '../../lib/evaluation';
import { styleFor } from '../terminal/colour';
import { createEvaluationLine, renderEvaluation } from '../terminal/evaluation';
import { EXIT } from '../terminal/exit';
import { note, reportError } from '../terminal/messages';
import { print, printJson } from '../terminal/output';
import { onInterrupt } from '../terminal/signals';
import { newCommand, wholeNumber, type CommonOptions } from './options';

interface EvalOptions extends CommonOptions {
  limit?: string;
  pad?: string;
  unanswerable?: string;
}

const DATASETS = `
A BEIR folder has corpus.jsonl ({"_id", "title", "text"} on each line), queries.jsonl ({"_id", "text"})
and qrels/test.tsv (query-id, corpus-id, score); corpus.jsonl may be packed as corpus.jsonl.gz.

Each folder gets an index of its own, built by the first run and opened by later ones. Indexes and
embeddings are kept in ~/.cache/pilcrow/evaluation (or evaluation/ in PILCROW_CACHE_DIR), the twelve
used last; your own index is not touched. The folder may be removed at any time.`;

export function command(): Command {
  const evaluation = newCommand('eval', 'Measure retrieval on BEIR folders: nDCG@10, MRR@10, hit@1 and recall@100 of each mode.', [
    'pilcrow eval corpora/cisi',
    'pilcrow eval corpora/* --limit 200 --json | jq ".[] | {dataset, ndcg: .modes.hybrid[\\"ndcg@10\\"]}"',
    'pilcrow eval corpora/squad-dev --pad corpora/pool.jsonl.gz --unanswerable other-questions.jsonl',
  ])
    .argument('<dir...>', 'BEIR folders')
    .option('--limit <count>', 'ask at most so many questions of each file, spread evenly over it')
    .option('--pad <file>', 'index these documents too, which answer nothing: .jsonl or .jsonl.gz, in the form of corpus.jsonl')
    .option('--unanswerable <file>', 'ask these questions too, which nothing answers, and say how many are told so: in the form of queries.jsonl')
    .action(evaluate)
    .addHelpText('after', DATASETS);
  const indexDir = evaluation.options.find(({ long }) => long === '--index-dir');
  // Here it names no index: PILCROW_INDEX_DIR, which does, is not followed.
  if (indexDir !== undefined) indexDir.description = 'folder for the indexes that evaluations build, see below (PILCROW_INDEX_DIR is not followed)';
  return evaluation;
}

async function evaluate(directories: string[], options: EvalOptions): Promise<void> {
  const limit = limitOf(options);
  const { createEvaluator } = await import('../../lib/evaluation');
  const abort = new AbortController();
  const line = createEvaluationLine(process.stderr);
  onInterrupt(() => {
    line.erase();
    note('stopping: what is in flight is finished, embeddings are kept (Ctrl-C again stops at once)');
    abort.abort();
  });
  const evaluator = await createEvaluator({
    indexDir: options.indexDir === undefined ? undefined : resolve(options.indexDir),
    pad: options.pad,
    unanswerable: options.unanswerable,
    limit,
    signal: abort.signal,
    onProgress: (progress) => { line.show(progress); },
  });
  const reports: DatasetReport[] = [];
  try {
    for (const directory of directories) {
      const report = await evaluateOne(evaluator, directory, options);
      line.erase();
      if (report === null) continue;
      for (const warning of report.warnings) note(`${report.dataset}: ${warning}`);
      if (options.json === undefined) print([...(reports.length === 0 ? [] : ['']), ...renderEvaluation(report, styleFor(process.stdout))]);
      reports.push(report);
    }
  } finally {
    line.erase();
    await evaluator.close();
  }
  if (options.json) printJson(reports);
  if (reports.length < directories.length) process.exitCode = EXIT.failed;
}

/** @returns null for a data set that cannot be evaluated, which stops no other */
async function evaluateOne(evaluator: Evaluator, directory: string, { verbose }: EvalOptions): Promise<DatasetReport | null> {
  try {
    return await evaluator.evaluate(directory);
  } catch (thrown) {
    const { kind } = asPilcrowError(thrown);
    if (kind !== 'missing' && kind !== 'input') throw thrown;
    reportError(thrown, { verbose: verbose === true });
    return null;
  }
}

function limitOf({ limit }: EvalOptions): number | undefined {
  const hint = 'give a whole number from 1 on';
  const count = wholeNumber('--limit', limit, { code: 'usage', hint });
  if (count === undefined || count >= 1) return count;
  throw new PilcrowError('usage', `--limit ${String(count)} asks nothing`, hint);
}
