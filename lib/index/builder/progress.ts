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
  private readonly samples: { at: number; done: number; embedded: number }[] = [];
  private reportedAt = 0;
  private bytes = 0;
  private mapped = 0;

  constructor(
    private readonly totalBytes: number,
    private readonly report: ((progress: BuildProgress) => void) | undefined,
    /** Share of the whole that the map is expected to take, once all is read and embedded. */
    private readonly mapShare = 0,
  ) {}

  read(bytes: number): void {
    this.bytes += bytes;
  }

  complete(): void {
    this.bytes = this.totalBytes;
  }

  /** @param share of the map that is made, 0 to 1 */
  map(share: number): void {
    this.mapped = Math.max(this.mapped, share);
  }

  update(phase: BuildPhase, counts: { articles: number; passages: number; embedded: number }, force = false): void {
    const now = performance.now();
    if (this.report === undefined || (!force && now - this.reportedAt < INTERVAL)) return;
    this.reportedAt = now;
    const done = this.done();
    this.samples.push({ at: now, done, embedded: counts.embedded });
    while (this.samples.length > 2 && now - (this.samples[0]?.at ?? now) > WINDOW) this.samples.shift();
    const first = this.samples[0];
    const elapsed = first === undefined ? 0 : now - first.at;
    const gained = first === undefined ? 0 : done - first.done;
    this.report({
      phase,
      ...counts,
      rate: first === undefined || elapsed < 500 ? null : ((counts.embedded - first.embedded) * 1000) / elapsed,
      done,
      etaMs: elapsed < 500 || gained === 0 ? null : ((1 - done) * elapsed) / gained,
    });
  }

  private done(): number {
    const read = this.totalBytes === 0 ? 1 : Math.min(1, this.bytes / this.totalBytes);
    return (1 - this.mapShare) * read + this.mapShare * this.mapped;
  }
}
