import type { Command } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { PilcrowError } from '../../lib/errors';
import { createBenchLine, renderBench, renderMachine } from '../terminal/bench';
import { styleFor } from '../terminal/colour';
import { EXIT } from '../terminal/exit';
import { note } from '../terminal/messages';
import { print, printJson } from '../terminal/output';
import { onInterrupt } from '../terminal/signals';
import { indexDirOf, newCommand, wholeNumber, type CommonOptions } from './options';

interface BenchCommandOptions extends CommonOptions {
  corpus?: string;
  questions?: string;
  passages?: string;
  workers?: string;
  seed?: string;
  quick?: true;
  save?: string;
}

/** Greatest seed: random numbers are made of 32 bits. */
const MOST_SEED = 0xffff_ffff;
const MOST = 1_000_000_000;

const ABOUT = `
Benches run in turn, each figure a median with its range where it was taken several times. What is checked
beside them must hold, else the command fails: a fast wrong answer is none. Whatever else this machine does
shows in the figures. An index is built of the corpus in a temporary folder, which is removed; your own
index is not touched.`;

export function command(): Command {
  const bench = newCommand('bench', 'Measure speed and memory on this machine, beside what others take for the same work.', [
    'pilcrow bench',
    'pilcrow bench query hnsw --corpus corpora/squad-dev --json > before.json',
    'pilcrow bench embedding --workers 4 --seed 7',
    'pilcrow bench query --index-dir index --questions questions.jsonl',
    'pilcrow bench growth --save docs/performance.json',
  ])
    .argument('[name...]', 'benches, see below; all unless named')
    .option('--corpus <path>', 'a BEIR folder, or a .jsonl or .jsonl.gz in the form of its corpus.jsonl (default: the sample articles)')
    .option('--questions <file>', 'ask these, in the form of queries.jsonl (default: those of the folder, else words of sentences)')
    .option('--passages <count>', 'at most so many passages of the corpus, chosen at random; `indexing` then takes them all')
    .option('--workers <count>', 'processes that embed (default: one for each core, at most 8)')
    .option('--seed <number>', 'the same seed, the same choice of passages and questions (default: 1)')
    .option('--save <file>', 'keep the results of each bench in this report as it ends, in place of what it has of that bench')
    .option('--quick', 'few repetitions of little: to see that everything runs')
    .action(measure)
    .addHelpText('after', ABOUT);
  const indexDir = bench.options.find(({ long }) => long === '--index-dir');
  // A bench that asked somebody's own index by accident would be compared with nothing.
  if (indexDir !== undefined) indexDir.description = 'ask this index and build none (PILCROW_INDEX_DIR is not followed)';
  return bench;
}

async function measure(names: string[], options: BenchCommandOptions): Promise<void> {
  const given = {
    passages: inRange('--passages', options.passages, 1, MOST),
    workers: inRange('--workers', options.workers, 1, MOST),
    seed: inRange('--seed', options.seed, 0, MOST_SEED) ?? 1,
  };
  const [{ runBenches }, { defaultIndexDir }] = await Promise.all([import('../../lib/benchmark'), import('../../lib/index')]);
  const style = styleFor(process.stdout);
  const line = createBenchLine(process.stderr);
  const abort = new AbortController();
  onInterrupt(() => {
    line.erase();
    note('stopping at the next step (Ctrl-C again stops at once)');
    abort.abort();
  });
  try {
    const report = await runBenches({
      ...given,
      names,
      version: manifest.version,
      corpus: options.corpus,
      questions: options.questions,
      indexDir: options.indexDir === undefined ? undefined : indexDirOf(options, defaultIndexDir),
      quick: options.quick === true,
      save: options.save,
      signal: abort.signal,
      onProgress: (progress) => { line.show(progress); },
      onWarning: (message) => { line.erase(); note(message); },
      onStart: (head) => { if (options.json === undefined) print(renderMachine(head, style)); },
      onResult: (result) => {
        line.erase();
        if (options.json === undefined) print(['', ...renderBench(result, style)]);
      },
    });
    if (options.json) printJson(report);
    if (report.benches.some(({ checks }) => checks.some(({ passed }) => !passed))) process.exitCode = EXIT.failed;
  } finally {
    line.erase();
  }
}

function inRange(name: string, given: string | undefined, least: number, most: number): number | undefined {
  const hint = `give a whole number from ${String(least)}${most === MOST ? ' on' : ` to ${String(most)}`}`;
  const value = wholeNumber(name, given, { code: 'usage', hint });
  if (value === undefined || (value >= least && value <= most)) return value;
  throw new PilcrowError('usage', `${name} ${given ?? ''} is out of range`, hint);
}
