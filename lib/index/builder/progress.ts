import type { BuildPhase, BuildProgress } from '../types';

/** Least time between two reports, ms. */
const INTERVAL = 100;
/** The rate is that of the last seconds: a long run's first minutes say little of its last. */
const WINDOW = 10_000;

/**
 * Turns what a build has done into rate and ETA. The share done is measured in bytes of articles,
 * the only size known before they are read; embedding follows reading by a few batches.
 */
export class ProgressMeter {
  private readonly samples: { at: number; bytes: number; embedded: number }[] = [];
  private reportedAt = 0;
  private bytes = 0;

  constructor(
    private readonly totalBytes: number,
    private readonly report: ((progress: BuildProgress) => void) | undefined,
  ) {}

  read(bytes: number): void {
    this.bytes += bytes;
  }

  complete(): void {
    this.bytes = this.totalBytes;
  }

  update(phase: BuildPhase, counts: { articles: number; passages: number; embedded: number }, force = false): void {
    const now = performance.now();
    if (this.report === undefined || (!force && now - this.reportedAt < INTERVAL)) return;
    this.reportedAt = now;
    this.samples.push({ at: now, bytes: this.bytes, embedded: counts.embedded });
    while (this.samples.length > 2 && now - (this.samples[0]?.at ?? now) > WINDOW) this.samples.shift();
    const first = this.samples[0];
    const elapsed = first === undefined ? 0 : now - first.at;
    const bytesRead = first === undefined ? 0 : this.bytes - first.bytes;
    this.report({
      phase,
      ...counts,
      rate: first === undefined || elapsed < 500 ? null : ((counts.embedded - first.embedded) * 1000) / elapsed,
      done: this.totalBytes === 0 ? 1 : Math.min(1, this.bytes / this.totalBytes),
      etaMs: elapsed < 500 || bytesRead === 0 ? null : ((this.totalBytes - this.bytes) * elapsed) / bytesRead,
    });
  }
}
