export interface BurstOptions {
  /** Calm that ends a burst, in milliseconds. */
  settleMs: number;
  /** However restless it stays, a burst ends this long after it began. */
  maxSettleMs: number;
  signal: AbortSignal;
  /** Never called while an earlier call has not ended; what happens meanwhile leads to another. */
  onSettled: () => Promise<void> | void;
  onError: (thrown: unknown) => void;
}

/** Makes one call of many events: saving a file makes several, unpacking an archive thousands. */
export class Burst {
  private began: number | null = null;
  private timer: NodeJS.Timeout | undefined;
  private running = false;
  /** A burst has ended while the call for an earlier one went on. */
  private due = false;

  constructor(private readonly options: BurstOptions) {
    options.signal.addEventListener('abort', () => { clearTimeout(this.timer); }, { once: true });
  }

  /** Something has happened. */
  note(): void {
    const { settleMs, maxSettleMs, signal } = this.options;
    if (signal.aborted) return;
    const now = performance.now();
    this.began ??= now;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.settled(), Math.min(settleMs, this.began + maxSettleMs - now));
  }

  private async settled(): Promise<void> {
    this.began = null;
    this.due = true;
    if (this.running) return;
    this.running = true;
    while (this.takeDue()) {
      try {
        await this.options.onSettled();
      } catch (thrown) {
        this.options.onError(thrown);
      }
    }
    this.running = false;
  }

  private takeDue(): boolean {
    const due = this.due && !this.options.signal.aborted;
    this.due = false;
    return due;
  }
}
