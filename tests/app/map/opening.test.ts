import { expect, test } from 'vitest';
import { opening } from '../../../app/map/opening';

test('a short text is itself, on one line', () => {
  expect(opening('Two\n\nparagraphs ', 40)).toBe('Two paragraphs');
});

test('a long one is cut between words', () => {
  expect(opening('The pilots carried charts', 12)).toBe('The pilots…');
  expect(opening('The pilots carried charts', 10)).toBe('The pilots…');
});

test('without spaces it is cut between letters', () => {
  expect(opening('川'.repeat(30), 10)).toBe(`${'川'.repeat(9)}…`);
  // Half a letter cannot be written in an address.
  expect(() => encodeURIComponent(opening('😀'.repeat(30), 11))).not.toThrow();
});
