/**
 * What `work` makes of each item, in the order of the items, with up to `count` of them under way at once.
 * @param work must not reject
 */
export async function* ahead<T, R>(items: AsyncIterable<T> | Iterable<T>, count: number, work: (item: T) => Promise<R> | R): AsyncGenerator<R, void, undefined> {
  const underWay: (Promise<R> | R)[] = [];
  for await (const item of items) {
    underWay.push(work(item));
    if (underWay.length >= count) yield await (underWay.shift() as Promise<R> | R);
  }
  for (const result of underWay) yield await result;
}
