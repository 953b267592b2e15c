/**
 * `count` of the items, each as likely as any other (reservoir sampling, Vitter 1985, algorithm R): no more than that
 * are ever held.
 * @param random 0 ≤ number < 1
 */
export async function sampleOf<T>(items: AsyncIterable<T> | Iterable<T>, count: number, random: () => number): Promise<T[]> {
  const chosen: T[] = [];
  let seen = 0;
  for await (const item of items) {
    seen++;
    if (chosen.length < count) chosen.push(item);
    else {
      const place = Math.floor(random() * seen);
      if (place < count) chosen[place] = item;
    }
  }
  return shuffled(chosen, random);
}

/** The same items in another order (Fisher & Yates). */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] as T, order[last] as T];
  }
  return order;
}
