import { afterEach, expect, test, vi } from 'vitest';
import type { Generation } from '../../lib/index';
import { PerGeneration } from '../../lib/search/per-generation';

afterEach(() => { vi.useRealTimers(); });

const generation = () => ({ id: 'same' }) as Generation;

test('finds once what is asked again, of each generation by itself', () => {
  const kept = new PerGeneration<number>({ most: 2, forMs: Infinity });
  const [one, other] = [generation(), generation()];
  let found = 0;
  expect([kept.of(one, 'a', () => ++found), kept.of(one, 'a', () => ++found), kept.of(other, 'a', () => ++found)]).toEqual([1, 1, 2]);
});

test('keeps what was used last', () => {
  const kept = new PerGeneration<number>({ most: 2, forMs: Infinity });
  const one = generation();
  kept.set(one, 'a', 1);
  kept.set(one, 'b', 2);
  kept.get(one, 'a');
  kept.set(one, 'c', 3);
  expect(['a', 'b', 'c'].map((key) => kept.get(one, key))).toEqual([1, undefined, 3]);
});

test('forgets in time', () => {
  vi.useFakeTimers();
  const kept = new PerGeneration<number>({ most: 2, forMs: 1_000 });
  const one = generation();
  kept.set(one, 'a', 1);
  vi.advanceTimersByTime(999);
  expect(kept.get(one, 'a')).toBe(1);
  vi.advanceTimersByTime(1);
  expect(kept.get(one, 'a')).toBeUndefined();
});
