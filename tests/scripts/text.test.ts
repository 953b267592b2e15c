import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columns, printable, wrap } from '../../scripts/terminal/text';

const folded = (text: string, width: number) => wrap(text, width).map(({ start, end }) => text.slice(start, end));

describe('printable', () => {
  test('turns escape sequences into visible signs', () => {
    expect(printable('a\u001b[31mred\u0007\u009b2J\u007f')).toBe('a␛[31mred␇�2J␡');
  });

  test('turns line ends and tabs into spaces', () => {
    expect(printable('one\ntwo\tthree\r\u2028four')).toBe('one two three  four');
  });

  test('keeps every other character, and every offset', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      const safe = printable(text);
      expect(safe).toHaveLength(text.length);
      expect(safe).not.toMatch(/\p{Cc}/u);
      for (const [i, unit] of [...text].entries()) if (!/[\p{Cc}\u2028\u2029]/u.test(unit)) expect([...safe][i]).toBe(unit);
    }));
  });
});

describe('columns', () => {
  test.each([
    ['abc', 3],
    ['café', 4],
    ['cafe\u0301', 4],
    ['日本語', 6],
    ['한국어', 6],
    ['「何」', 6],
    ['🐝', 2],
    ['', 0],
  ])('%s takes %i', (text, expected) => {
    expect(columns(text)).toBe(expected);
  });
});

describe('wrap', () => {
  test('breaks at spaces', () => {
    expect(folded('the quick brown fox jumps', 10)).toEqual(['the quick', 'brown fox', 'jumps']);
  });

  test('breaks a word that is longer than a line', () => {
    expect(folded('a Donaudampfschiff b', 8)).toEqual(['a', 'Donaudam', 'pfschiff', 'b']);
  });

  test('breaks Chinese and Japanese between any two characters, counting two columns each', () => {
    expect(folded('日本語の文章', 8)).toEqual(['日本語の', '文章']);
  });

  test('does not break Korean words or part a mark from its letter', () => {
    expect(folded('한국어 문장', 7)).toEqual(['한국어', '문장']);
    expect(folded('abcde\u0301f', 5)).toEqual(['abcde\u0301', 'f']);
  });

  test('keeps every word in order, and every line within the width', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 4, max: 30 }), (raw, width) => {
      const text = printable(raw);
      const got = folded(text, width);
      expect(got.join('').replace(/\s/gu, '')).toBe(text.replace(/\s/gu, ''));
      for (const line of got) expect(columns(line)).toBeLessThanOrEqual(width);
    }));
  });
});
