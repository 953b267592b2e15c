import { describe, expect, test } from 'vitest';
import { benchesNamed, type Bench } from '../../lib/benchmark';
import { sampleOf, shuffled } from '../../lib/benchmark/choose';
import { questionsFrom } from '../../lib/benchmark/questions';
import { figureOf, median, quantile } from '../../lib/benchmark/statistics';
import { randomNumbers } from '../../lib/index';

describe('statistics', () => {
  test('the median is the middle value, or lies between the two in the middle', () => {
    expect([median([3, 1, 2]), median([4, 1, 3, 2])]).toEqual([2, 2.5]);
  });

  test('a figure is the median with the least and the greatest', () => {
    const about = { key: 'k', label: 'l', unit: 'ms', better: 'lower' } as const;
    expect(figureOf([5, 1, 9], about)).toEqual({ ...about, value: 5, range: [1, 9], runs: 3 });
  });

  test('quantiles do not change what they are taken of', () => {
    const values = [9, 1, 5];
    expect([quantile(values, 0), quantile(values, 0.5), quantile(values, 1)]).toEqual([1, 5, 9]);
    expect(values).toEqual([9, 1, 5]);
  });
});

describe('choosing', () => {
  const items = Array.from({ length: 50 }, (_, i) => i);

  test('the same seed chooses the same, another something else', async () => {
    const chosen = await sampleOf(items, 10, randomNumbers(1));
    expect(await sampleOf(items, 10, randomNumbers(1))).toEqual(chosen);
    expect(await sampleOf(items, 10, randomNumbers(2))).not.toEqual(chosen);
    expect(new Set(chosen).size).toBe(10);
  });

  test('every item is as likely as any other', async () => {
    const random = randomNumbers(7);
    const counts = new Array<number>(50).fill(0);
    for (let run = 0; run < 2_000; run++) for (const item of await sampleOf(items, 5, random)) counts[item]!++;
    // 200 expected of each; five standard deviations are 67.
    expect(Math.min(...counts)).toBeGreaterThan(133);
    expect(Math.max(...counts)).toBeLessThan(267);
  });

  test('fewer items than wanted are all of them', async () => {
    expect((await sampleOf([3, 1, 2], 10, randomNumbers(1))).sort()).toEqual([1, 2, 3]);
    expect(shuffled([], randomNumbers(1))).toEqual([]);
  });
});

describe('made questions', () => {
  const texts = [
    'Beekeepers across the valley opened their hives in spring. They were empty. Some farmers have since changed what they spray.',
    'Engineers closed the harbour bridge after an inspection found cracks in two steel hangers.',
  ];

  test('are words of one sentence each, all different, the same for a seed', async () => {
    const questions = await questionsFrom(texts, 10, 3);
    expect([...questions].sort()).toEqual([
      'beekeepers across valley opened their hives spring',
      'engineers closed harbour bridge after inspection found cracks',
      'some farmers have since changed what they spray',
    ]);
    expect(await questionsFrom(texts, 10, 3)).toEqual(questions);
  });

  test('are about different texts first', async () => {
    const [first, second] = await questionsFrom(texts, 2, 5);
    expect([first, second].filter((question) => question?.startsWith('engineers'))).toHaveLength(1);
  });

  test('nothing is made of sentences that say too little', async () => {
    expect(await questionsFrom(['It is so.', '', '17 of 40.'], 5, 1)).toEqual([]);
  });
});

describe('names', () => {
  const bench = (name: string): Bench => ({ name, title: name, run: async () => ({ figures: [], series: [], checks: [], notes: [] }) });
  const benches = [bench('one'), bench('two')];

  test('without any, all; else those named, in that order, once', () => {
    expect(benchesNamed([], benches).map(({ name }) => name)).toEqual(['one', 'two']);
    expect(benchesNamed(['two', 'one', 'two'], benches).map(({ name }) => name)).toEqual(['two', 'one']);
  });

  test('one that there is not is refused with those that there are', () => {
    expect(() => benchesNamed(['three'], benches)).toThrow(expect.objectContaining({ code: 'usage', line: 'there is no bench "three": there are one, two' }));
  });
});
