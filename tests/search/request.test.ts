import { describe, expect, test } from 'vitest';
import { PilcrowError } from '../../lib/errors';
import { parseRelatedRequest, parseSearchRequest } from '../../lib/search';

function refusal(input: unknown): PilcrowError {
  try {
    parseSearchRequest(input);
  } catch (error) {
    if (error instanceof PilcrowError) return error;
  }
  throw new Error(`${JSON.stringify(input)} was not refused`);
}

describe('parseSearchRequest', () => {
  test('fills in defaults', () => {
    expect(parseSearchRequest({ q: '  eels? ' })).toEqual({
      q: 'eels?', k: 10, mode: 'hybrid', perArticle: null, article: [], source: [], author: [], tag: [], language: [], from: null, to: null,
    });
  });

  test('takes k as text, as it comes from a query string', () => {
    expect(parseSearchRequest({ q: 'eels', k: '25' }).k).toBe(25);
  });

  test.each([
    ['an empty question', { q: '' }, 'query-empty', 'the question is empty'],
    ['a question of white space', { q: ' \n\t' }, 'query-empty', 'the question is empty'],
    ['no question', {}, 'query-empty', 'the question is missing'],
    ['a question of 100,000 characters', { q: 'a'.repeat(100_000) }, 'query-too-long', '100,000 characters'],
    ['k of 0', { q: 'x', k: 0 }, 'k-out-of-range', 'k 0 is less than 1'],
    ['k of 10,000', { q: 'x', k: '10000' }, 'k-out-of-range', 'k "10000" is more than 100'],
    ['k of 2.5', { q: 'x', k: 2.5 }, 'k-out-of-range', 'whole number'],
    ['k of ten', { q: 'x', k: 'ten' }, 'k-out-of-range', 'is not a number'],
    ['none of an article', { q: 'x', perArticle: '0' }, 'usage', 'perArticle "0" is less than 1: give a whole number from 1 to 100'],
    ['more of an article than can be shown', { q: 'x', perArticle: 101 }, 'usage', 'perArticle 101 is more than 100'],
    ['an empty article', { q: 'x', article: [' '] }, 'filter-invalid', 'article'],
    ['an unknown mode', { q: 'x', mode: 'psychic' }, 'mode-unknown', 'mode "psychic" is not one of hybrid, dense, lexical'],
    ['a date that is none', { q: 'x', from: 'spring' }, 'filter-invalid', 'from "spring" is not a date'],
    ['a month that is none', { q: 'x', from: '2024-13' }, 'filter-invalid', 'from "2024-13" is not a date'],
    ['a day that is none', { q: 'x', to: '2023-02-29' }, 'filter-invalid', 'to "2023-02-29" is not a date'],
    ['days in the wrong order', { q: 'x', from: '2025', to: '2020-01-01' }, 'filter-invalid', 'from 2025 is after to 2020-01-01'],
    ['a mode of any length', { q: 'x', mode: 'm'.repeat(5_000) }, 'mode-unknown', 'mmm…'],
    ['an empty tag', { q: 'x', tag: [''] }, 'filter-invalid', 'tag'],
    ['an unknown parameter', { q: 'x', limit: 3 }, 'usage', 'unknown parameter limit'],
  ])('refuses %s', (_, input, code, message) => {
    const error = refusal(input);
    expect(error.code).toBe(code);
    expect(error.kind).toBe('usage');
    expect(error.line).toContain(message);
    expect(error.line).not.toContain('\n');
    expect(error.line.length).toBeLessThan(250);
  });
});

test.each([['2024', '2024-03-01'], ['2024-03-01', '2024'], ['2024-02-29', '2024-02-29'], ['2023', '2024-01']])('dates from %s to %s are in order', (from, to) => {
  expect(parseSearchRequest({ q: 'x', from, to })).toMatchObject({ from, to });
});

test('parseRelatedRequest names its own parameters', () => {
  expect(parseRelatedRequest({})).toMatchObject({ k: 5, perArticle: null, article: [], from: null });
  expect(parseRelatedRequest({ k: '7', perArticle: '2', tag: ['sea'] })).toMatchObject({ k: 7, perArticle: 2, tag: ['sea'] });
  expect(() => parseRelatedRequest({ mode: 'dense' })).toThrow(/unknown parameter mode/);
});
