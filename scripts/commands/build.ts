import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { Option, type Command } from 'commander';
import { assertFormat, assertMatching, FORMATS, NEWS_MS, sourcesFor, type Source } from '../../lib/article';
import type { ModelSpec } from '../../lib/embedding';
import { PilcrowError } from '../../lib/errors';
import type { BuildReport } from '../../lib/index';
import { packageRoot } from '../../lib/package-root';
import { styleFor } from '../terminal/colour';
import { EXIT } from '../terminal/exit';
import { say } from '../terminal/messages';
import { print, printJson } from '../terminal/output';
import { documentOf, renderChanges, renderSummary } from '../terminal/report';
import { indexDirOf, newCommand, wholeNumber, type CommonOptions } from './options';
import { sourceOptionsOf, withOptionsTakenBack, withSourceOptions, type TypedSourceOptions } from './source-options';
import { STDIN, standardInput } from './standard-input';

/** More processes than any machine this is meant for has cores. */
const MAX_WORKERS = 64;

interface IndexOptions extends CommonOptions, TypedSourceOptions {
  forget: string[];
  full?: true;
  dryRun?: true;
  /** False with --no-cache: commander makes it true by default. */
  cache: boolean;
  keep?: string;
  wait?: true;
  guard?: true;
  strict?: true;
  watch?: true;
  model?: string;
  dtype?: ModelSpec['dtype'];
  pooling?: ModelSpec['pooling'];
  queryPrefix?: string;
  passagePrefix?: string;
  workers?: string;
}

const WATCHING = `
With --watch the index is brought up to date whenever files in its sources are created, changed, moved or
deleted, until Ctrl-C (exit code 130). With --json each run that published something or met with a failure
prints its document as one line (JSON Lines); a run that failed as a whole prints {"error": {"code", "message"}}.`;

export function command(): Command {
  const base = newCommand('index', 'Bring the index up to date with files, folders and addresses; only what changed is embedded.', [
    'pilcrow index articles/ ~/clippings/2024',
    'pilcrow index                      # the same sources again',
    'pilcrow index --watch              # and again whenever something in them changes',
    'pilcrow index "posts/**/*.md"       # a glob; .pilcrowignore in a folder names what to leave out',
    'pilcrow index https://example.org/feed.xml --follow',
    'pilcrow index https://example.org/feed.xml --no-follow   # its entries again',
    'pilcrow index export.csv --map title=headline,text=body',
    'pilcrow index --forget ~/clippings/2024   # without this source from now on',
    'pilcrow index --full --model ./models/bge-small-en-v1.5 --pooling cls articles/',
  ]);
  return withOptionsTakenBack(withSourceOptions(base))
    .argument('[source...]', 'files, folders, globs and addresses, - for standard input (default: those of the index, else articles/)')
    .option('--full', 'start anew instead of updating')
    .option('--forget <source>', 'do without a remembered source from now on: its articles go (may be given several times)', (source: string, others: string[]) => [...others, source], [])
    .option('--no-cache', 'with --full: embed everything anew, too, whatever the embedding cache holds')
    .option('--dry-run', 'say what would change and change nothing: + added, ~ changed, > moved, - removed')
    .option('--watch', 'go on and follow the sources; see below')
    .option('--wait', 'wait for another run to end instead of failing')
    .option('--strict', 'publish nothing when anything could not be read')
    .option('--guard', 'publish only what still answers the saved questions as it should')
    .option('--keep <count>', 'generations to keep, the new one among them (default: as many as a reasonable size allows)')
    .addOption(new Option('--model <model>', 'all-MiniLM-L6-v2, a local folder or a hub id').env('PILCROW_MODEL'))
    .addOption(new Option('--dtype <dtype>', 'precision of the model').choices(['int8', 'fp32']))
    .addOption(new Option('--pooling <pooling>', 'how the model makes one vector of a text').choices(['mean', 'cls']))
    .option('--query-prefix <text>', 'put in front of each question, e.g. "query: "')
    .option('--passage-prefix <text>', 'put in front of each passage, e.g. "passage: "')
    .option('--workers <count>', `processes that embed, 1 to ${String(MAX_WORKERS)} (default: as many as cores)`)
    .addHelpText('after', WATCHING)
    .action(index);
}

async function index(given: string[], options: IndexOptions): Promise<void> {
  const lasting = { workers: workersOf(options), keep: keepOf(options), guarded: options.guard === true };
  refuseContradictions(options);
  const [{ defaultIndexDir, hasIndex, rememberedSources }, { IndexRuns }] = await Promise.all([import('../../lib/index'), import('./index-runs')]);
  const runs = new IndexRuns(indexDirOf(options, defaultIndexDir));
  const sourceOptions = sourceOptionsOf(options);
  const named = given.length === 0 && !hasIndex(runs.indexDir) ? [join(packageRoot(), 'articles')] : await received(given, runs.indexDir, options);
  if (named.length === 0 && Object.values<unknown>(sourceOptions).some((option) => option !== undefined)) {
    throw new PilcrowError('usage', 'no source is named that the options are for', 'name it; pilcrow status shows those of the index');
  }
  // Said before anything is made.
  const { full, dryRun, wait, strict, forget } = options;
  // Where the index cannot be read the run says so, or repairs it.
  const remembered: readonly Source[] = await rememberedSources(runs.indexDir).catch(() => []);
  const sources = sourcesFor(remembered, { named, changes: sourceOptions, forget, full }, process.cwd());
  await assertMatching(sources.filter((source) => !remembered.includes(source)));
  const once = () => runs.run({ ...lasting, named, forget, sourceOptions, strict, full, dryRun, wait, noCache: !options.cache, spec: specOf(options) });
  if (options.watch) {
    const command = 'pilcrow index --watch';
    await (await import('./watch')).watchIndex({
      runs,
      sources,
      first: once,
      // The index remembers its sources and its model. A source that was named and is gone for the moment would be an error.
      // A file may change any minute: addresses are not asked again each time.
      again: () => runs.run({ ...lasting, named: [], strict, wait: true, command, maxAgeMs: 0.9 * NEWS_MS }),
      json: options.json === true,
      verbose: options.verbose === true,
    });
  }
  const report = await once();
  show(report, options);
  if (report.failed.length > 0) process.exitCode = EXIT.failed;
}

function show(report: BuildReport, { json }: IndexOptions): void {
  if (json) printJson(documentOf(report));
  else if (report.dryRun) print(renderChanges(report));
  say(renderSummary(report, styleFor(process.stderr)));
}

/** Standard input is kept in the index directory, so that it is there when the index is made anew. */
async function received(given: readonly string[], indexDir: string, { format: typed, dryRun, watch }: IndexOptions): Promise<readonly string[]> {
  const format = typed === false ? undefined : typed;
  if (!given.includes(STDIN)) return given;
  if (dryRun || watch) throw new PilcrowError('usage', `- and --${dryRun ? 'dry-run' : 'watch'} contradict each other`, 'leave out one of them');
  const [{ indexLayout }, bytes] = await Promise.all([import('../../lib/index'), standardInput()]);
  if (format === undefined) assertFormat('standard input', bytes);
  const folder = indexLayout(indexDir).received;
  const path = join(folder, `standard-input-${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}${format === undefined ? '' : FORMATS[format][0] ?? ''}`);
  await mkdir(folder, { recursive: true });
  await writeFile(path, bytes);
  return given.map((name) => (name === STDIN ? path : name));
}

/** Said before anything is read: nobody should find out after an hour. */
function refuseContradictions({ full, dryRun, cache, watch, guard }: IndexOptions): void {
  if (guard && dryRun) throw new PilcrowError('usage', '--guard and --dry-run contradict each other: answers are asked of what has been indexed', 'leave out one of them');
  if (watch && dryRun) throw new PilcrowError('usage', '--watch and --dry-run contradict each other', 'leave out one of them');
  if (!cache && !full) throw new PilcrowError('usage', '--no-cache is for starting anew', 'give --full with it');
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

function keepOf({ keep }: IndexOptions): number | undefined {
  const hint = 'give a whole number from 1 on';
  const count = wholeNumber('--keep', keep, { code: 'usage', hint });
  if (count === undefined || (count >= 1 && Number.isSafeInteger(count))) return count;
  throw new PilcrowError('usage', `--keep ${keep ?? ''} is not a number of generations`, hint);
}
