import { describe, expect, test } from 'vitest';
import { countWords } from '../../lib/passage/words';

describe('countWords', () => {
  test.each([
    ['', 0],
    ['  \n\u00a0\u3000 ', 0],
    ['one', 1],
    ['Two words, (three) words—no: four', 5],
    ['naïve café', 2],
    ['대한민국 서울에 산다', 3],
    ['今天下了一整天的雨', 6],
    ['今天下雨。你去吗？', 5],
    ['ＰＣ用に買った', 5],
    ['用 Node 写', 3],
    ['👍🏽 👍', 2],
  ])('%j has %d', (text, count) => {
    expect(countWords(text)).toBe(count);
  });

  test('counts within a range', () => {
    expect(countWords('one two three four', 4, 13)).toBe(2);
  });
});
