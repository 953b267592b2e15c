import { setTimeout as delay } from 'node:timers/promises';

/** Time as fetching sees it, so that tests need not wait for it. */
export interface Clock {
  /** ms since 1970. */
  now(): number;
  /** Rejects at once when the signal is aborted. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  wait: (ms, signal) => delay(ms, undefined, { signal }),
};
