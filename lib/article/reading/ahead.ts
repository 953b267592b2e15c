import { PilcrowError } from '../../errors';

/**
 * What `work` makes of each item, in the order of the items, with up to `count` of them under way at once.
 * @param signal ends it at once, whatever is under way
 * @throws PilcrowError `interrupted`, and what `work` throws, when it is the item's turn
 */
export async function* ahead<T, R>(items: AsyncIterable<T> | Iterable<T>, count: number, work: (item: T) => Promise<R> | R, signal?: AbortSignal): AsyncGenerator<R, void, undefined> {
  const underWay: (Promise<R> | R)[] = [];
  for await (const item of items) {
    const result = work(item);
    // It is waited for later; a failure must not count as unhandled meanwhile.
    if (result instanceof Promise) result.catch(() => undefined);
    underWay.push(result);
    if (underWay.length >= count) yield await orAborted(underWay.shift() as Promise<R> | R, signal);
  }
  for (const result of underWay) yield await orAborted(result, signal);
}

/** Not `Promise.race`, which would keep every result for as long as the signal lives. */
async function orAborted<R>(result: Promise<R> | R, signal: AbortSignal | undefined): Promise<R> {
  if (signal === undefined || !(result instanceof Promise)) return result;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => { reject(new PilcrowError('interrupted', 'reading was stopped', 'what was embedded so far is kept, the next run goes on from there', { cause: signal.reason })); };
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    result.then(resolve, reject).finally(() => { signal.removeEventListener('abort', onAbort); });
  });
}
