import { interrupted } from './abort';
import { FetchError } from './failure';

/** How long things may take, ms. */
export interface Limits {
  /** From connecting to the first byte of an answer. */
  answerMs: number;
  /** Between two pieces of it. */
  idleMs: number;
  /** All of it: whoever sends a byte a second ends here. */
  wholeMs: number;
}

/** The whole of it is long enough for the largest file at some 5 Mbit/s. */
export const LIMITS: Limits = { answerMs: 30_000, idleMs: 30_000, wholeMs: 120_000 };

/** Ends one exchange with a server when its time is over or its user has had enough. */
export class Deadline {
  private readonly timers: NodeJS.Timeout[];
  private readonly stop = (): void => { if (this.signal !== undefined) this.onEnd(interrupted(this.signal)); };

  /** @param onEnd gets the error that it ended with */
  constructor(
    private readonly shown: string,
    limits: Limits,
    private readonly signal: AbortSignal | undefined,
    private readonly onEnd: (error: Error) => void,
  ) {
    this.timers = [this.timer('did not answer', limits.answerMs), this.timer('was not finished', limits.wholeMs)];
    signal?.addEventListener('abort', this.stop);
  }

  /** The headers are there. */
  answered(): void {
    clearTimeout(this.timers[0]);
  }

  end(): void {
    this.timers.forEach(clearTimeout);
    this.signal?.removeEventListener('abort', this.stop);
  }

  private timer(what: string, ms: number): NodeJS.Timeout {
    const error = (): FetchError => new FetchError(`${this.shown} ${what} within ${ms / 1_000} s`, 'run it again later', { silent: true });
    return setTimeout(() => this.onEnd(error()), ms);
  }
}
