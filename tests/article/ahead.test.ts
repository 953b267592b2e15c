import { expect, test } from 'vitest';
import { ahead } from '../../lib/article/reading/ahead';

const never = new Promise<number>(() => undefined);

test('results come in the order of their items, and no more work is under way than was said', async () => {
  let underWay = 0;
  let most = 0;
  const work = async (item: number): Promise<number> => {
    most = Math.max(most, ++underWay);
    await new Promise((resolve) => setTimeout(resolve, item % 3));
    underWay--;
    return item * 2;
  };
  const results: number[] = [];
  for await (const result of ahead([1, 2, 3, 4, 5, 6, 7], 3, work)) results.push(result);
  expect(results).toEqual([2, 4, 6, 8, 10, 12, 14]);
  expect(most).toBe(3);
});

test.each([1, 4])('a signal ends it, even while an item takes forever (%s at once)', async (count) => {
  const stop = new AbortController();
  const results = ahead([1, 2, 3, 4, 5], count, (item) => (item === 1 ? 1 : never), stop.signal);
  expect((await results.next()).value).toBe(1);
  const next = results.next();
  stop.abort();
  await expect(next).rejects.toMatchObject({ code: 'interrupted' });
  expect((await results.next()).done).toBe(true);
});

test('an item that fails is told when it is its turn; what fails behind it is no unhandled rejection', async () => {
  const unhandled: unknown[] = [];
  const listen = (reason: unknown): void => { unhandled.push(reason); };
  process.on('unhandledRejection', listen);
  const results = ahead([1, 2, 3], 3, async (item) => { if (item > 1) throw new Error(`item ${item}`); return item; });
  expect((await results.next()).value).toBe(1);
  await expect(results.next()).rejects.toThrow('item 2');
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', listen);
  expect(unhandled).toEqual([]);
});
