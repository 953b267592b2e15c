import process from 'node:process';
import { addSources, watchSources, type Source } from '../../lib/article';
import { asPilcrowError, PilcrowError } from '../../lib/errors';
import { rememberedSources, type BuildReport } from '../../lib/index';
import { styleFor } from '../terminal/colour';
import { note, reportError, say } from '../terminal/messages';
import { counted } from '../terminal/numbers';
import { print } from '../terminal/output';
import { documentOf, renderSummary } from '../terminal/report';
import type { IndexRuns } from './index-runs';

export interface WatchRequest {
  runs: IndexRuns;
  /** Sources that were named. */
  named: readonly string[];
  /** The sources are those named, whatever the index remembers. */
  startOver: boolean;
  first: () => Promise<BuildReport>;
  /** Brings the index up to date with the sources it remembers. */
  again: () => Promise<BuildReport>;
  json: boolean;
  verbose: boolean;
}

/**
 * Runs once, and again whenever something has changed in the sources, until Ctrl-C.
 * @throws PilcrowError what the first run throws, and `interrupted`; later runs that fail are only told
 */
export async function watchIndex({ runs, first, again, ...request }: WatchRequest): Promise<never> {
  const teller = new Teller(request);
  const ending = new AbortController();
  const signal = AbortSignal.any([runs.signal, ending.signal]);
  let firstIsDone = (): void => undefined;
  const firstRun = new Promise<void>((resolve) => { firstIsDone = resolve; });
  let interrupted = (_: unknown): void => undefined;
  const untilInterrupted = new Promise<never>((_, reject) => { interrupted = reject; });

  const followAgain = async (): Promise<number> => {
    const sources = await rememberedSources(runs.indexDir);
    await watch.follow(sources);
    return sources.length;
  };
  const onChange = async (): Promise<void> => {
    await firstRun;
    if (signal.aborted) return;
    try {
      teller.tell(await again());
      // Another run may have added a source or dropped one.
      await followAgain();
    } catch (thrown) {
      if (!runs.signal.aborted) teller.tellFailure(thrown);
    }
    if (runs.signal.aborted) interrupted(stopped());
  };

  // Before the first run: what changes while it goes on is not lost.
  const watch = await watchSources(await sourcesFor(runs.indexDir, request), {
    ignore: [runs.indexDir],
    signal,
    onChange,
    onError: (error) => { note(error.line); },
  });
  try {
    teller.tell(await first(), { always: true });
    if (runs.signal.aborted) throw stopped();
    note(`watching ${counted(await followAgain(), 'source')}; Ctrl-C ends it`);
    firstIsDone();
    return await untilInterrupted;
  } finally {
    ending.abort();
    firstIsDone();
  }
}

/** Those that the first run is going to have. */
async function sourcesFor(indexDir: string, { named, startOver }: Pick<WatchRequest, 'named' | 'startOver'>): Promise<Source[]> {
  // Where the index cannot be read the run says so, or repairs it; what it remembers is followed after it.
  const remembered = startOver ? [] : await rememberedSources(indexDir).catch(() => []);
  return addSources(remembered, named, process.cwd());
}

function stopped(): PilcrowError {
  return new PilcrowError('interrupted', 'the watch was ended');
}

/** Tells of runs, not of those that found nothing new. */
class Teller {
  /** What could not be read in the last run. */
  private failed = '[]';

  constructor(private readonly options: { json: boolean; verbose: boolean }) {}

  tell(report: BuildReport, { always = false } = {}): void {
    const failed = JSON.stringify(report.failed.map(({ path, error }) => [path, error.code]));
    const isNews = report.published || failed !== this.failed;
    this.failed = failed;
    if (!isNews && !always && !this.options.verbose) return;
    if (this.options.json) printLine(documentOf(report));
    say(renderSummary(report, styleFor(process.stderr)));
  }

  tellFailure(thrown: unknown): void {
    const { code, line } = asPilcrowError(thrown);
    if (this.options.json) printLine({ error: { code, message: line } });
    reportError(thrown, this.options);
  }
}

/** A document of many is one line, on a terminal too. */
function printLine(document: unknown): void {
  print([JSON.stringify(document)]);
}
