import { PilcrowError } from '../../errors';

/** The error of fetching that was stopped. */
export function interrupted(signal: AbortSignal): PilcrowError {
  return new PilcrowError('interrupted', 'fetching was stopped', 'what was fetched is kept, the next run goes on from there', { cause: signal.reason });
}

/**
 * Waits for what knows no signal, or what throws its own AbortError.
 *
 * @throws PilcrowError `interrupted` as soon as the signal is aborted, and what the promise rejects with
 */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(interrupted(signal));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([aborted, promise]);
  } finally {
    signal.removeEventListener('abort', stop);
    // Of two that fail, one is not heard.
    promise.catch(() => undefined);
  }
}
