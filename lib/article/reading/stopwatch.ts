/** Longest times, ms. */
export interface TimeLimits {
  /** Without a sign of life. */
  silenceMs: number;
  /** All in all. */
  fileMs: number;
}

/** Tells when something takes too long. Time in which it waits for others does not count. */
export class Stopwatch {
  private silence: NodeJS.Timeout | undefined;
  private limit: NodeJS.Timeout | undefined;
  private leftMs = 0;
  /** null while it stands still. */
  private startedAt: number | null = null;

  constructor(private readonly limits: TimeLimits, private readonly onLate: (afterMs: number) => void) {}

  start(): void {
    this.pause();
    this.leftMs = this.limits.fileMs;
    this.resume();
  }

  pause(): void {
    clearTimeout(this.silence);
    clearTimeout(this.limit);
    if (this.startedAt !== null) this.leftMs -= performance.now() - this.startedAt;
    this.startedAt = null;
  }

  resume(): void {
    if (this.startedAt !== null) return;
    this.startedAt = performance.now();
    this.limit = setTimeout(() => { this.onLate(this.limits.fileMs); }, this.leftMs);
    this.signOfLife();
  }

  signOfLife(): void {
    if (this.startedAt === null) return;
    clearTimeout(this.silence);
    this.silence = setTimeout(() => { this.onLate(this.limits.silenceMs); }, this.limits.silenceMs);
  }
}
