import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { watchSources, type Source } from '../../lib/article';
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
  /** Those that the first run is going to have. */
  sources: readonly Source[];
  first: () => Promise<BuildReport>;
  /** Brings the index up to date with the sources it remembers. */
  again: () => Promise<BuildReport>;
  json: boolean;
  verbose: boolean;
}

/** A later run that fails, on a full disk say, is tried again after this time, then after twice that, and so on. */
const RETRY = { firstMs: 15_000, mostMs: 10 * 60_000 };
/** A large index is published no more than half of the time, however many changes come. */
const QUICK_MS = 2_000;
const MOST_REST_MS = 60_000;

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
    for (let wait = RETRY.firstMs; !signal.aborted; wait = Math.min(2 * wait, RETRY.mostMs)) {
      try {
        const { published, tookMs } = teller.tell(await again());
        // Another run may have added a source or dropped one.
        await followAgain();
        if (published && tookMs > QUICK_MS) await pause(Math.min(tookMs, MOST_REST_MS), signal);
        break;
      } catch (thrown) {
        if (runs.signal.aborted) break;
        teller.tellFailure(thrown);
        // It is for people to decide; what failed otherwise may work a little later.
        if (asPilcrowError(thrown).code === 'guard-refused') break;
        await pause(wait, signal);
      }
    }
    if (runs.signal.aborted) interrupted(stopped());
  };

  // Before the first run: what changes while it goes on is not lost.
  const watch = await watchSources(request.sources, {
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

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined);
}

function stopped(): PilcrowError {
  return new PilcrowError('interrupted', 'the watch was ended');
}

/** Tells of runs, not of those that found nothing new. */
class Teller {
  /** What could not be read in the last run. */
  private failed = '[]';

  constructor(private readonly options: { json: boolean; verbose: boolean }) {}

  tell(report: BuildReport, { always = false } = {}): BuildReport {
    const failed = JSON.stringify(report.failed.map(({ path, error }) => [path, error.code]));
    const isNews = report.published || failed !== this.failed;
    this.failed = failed;
    if (!isNews && !always && !this.options.verbose) return report;
    if (this.options.json) printLine(documentOf(report));
    say(renderSummary(report, styleFor(process.stderr)));
    return report;
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
