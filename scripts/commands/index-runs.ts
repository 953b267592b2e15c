import process from 'node:process';
import type { BuildOptions, BuildReport } from '../../lib/index';
import { EXIT } from '../terminal/exit';
import { note } from '../terminal/messages';
import { createProgressLine } from '../terminal/progress';
import { onInterrupt } from '../terminal/signals';

/**
 * Runs of `pilcrow index`, each with its progress on stderr. Ctrl-C lets the one that goes on finish what is
 * in flight, after which it throws `interrupted`; between two runs it ends the process at once.
 */
export class IndexRuns {
  private readonly abort = new AbortController();
  private readonly progress = createProgressLine(process.stderr);
  private running = false;

  constructor(readonly indexDir: string) {
    onInterrupt(() => { this.interrupt(); });
  }

  /** Aborted by Ctrl-C. */
  get signal(): AbortSignal {
    return this.abort.signal;
  }

  async run(options: Omit<BuildOptions, 'indexDir' | 'cwd' | 'calibrate' | 'guard' | 'signal' | 'onProgress' | 'onFetch' | 'onWait'> & { guarded: boolean }): Promise<BuildReport> {
    this.running = true;
    try {
      const [{ buildIndex, describeWriter }, search] = await Promise.all([import('../../lib/index'), import('../../lib/search')]);
      const { guarded, ...rest } = options;
      const guard = guarded ? await search.guardFor(this.indexDir) : undefined;
      if (guard?.pinned === 0) note('no saved question has a pinned answer: the guard lets everything pass');
      return await buildIndex({
        ...rest,
        calibrate: search.calibrate,
        guard,
        indexDir: this.indexDir,
        cwd: process.cwd(),
        signal: this.signal,
        onProgress: (state) => { this.progress.show(state); },
        onFetch: (state) => { this.progress.showPages(state); },
        onWait: (writer) => { note(`waiting for another run: ${describeWriter(writer)}`); },
      });
    } finally {
      this.running = false;
      this.progress.erase();
    }
  }

  private interrupt(): void {
    if (!this.running) process.exit(EXIT.interrupted);
    this.progress.erase();
    note('stopping: what is in flight is finished and kept (Ctrl-C again stops at once)');
    this.abort.abort();
  }
}
