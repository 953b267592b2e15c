import { expect, test } from 'vitest';
import { agoWords, exactSizeWords, momentWords, sizeWords } from '../../app/figures';

const NOW = Date.parse('2026-03-10T12:00:00Z');

test.each([
  ['2026-03-10T11:59:31Z', 'just now'],
  ['2026-03-10T12:00:40Z', 'just now'],
  ['2026-03-10T11:59:00Z', '1 minute ago'],
  ['2026-03-10T11:00:30Z', '59 minutes ago'],
  ['2026-03-09T11:00:00Z', '25 hours ago'],
  ['2026-03-08T12:00:00Z', '2 days ago'],
  ['2025-03-08T12:00:00Z', '367 days ago'],
])('%s was %s', (iso, words) => {
  expect(agoWords(iso, NOW)).toBe(words);
});

test('a moment is told with the zone it is told in', () => {
  expect(momentWords('2026-03-10T03:29:15.109Z', 'UTC')).toBe('10 March 2026 at 03:29 UTC');
  expect(momentWords('2026-07-10T22:29:15.109Z', 'Europe/Paris')).toMatch(/^11 July 2026 at 00:29 (CEST|GMT\+2)$/);
});

test.each([[0, '0 B'], [1, '1 B'], [999, '999 B'], [1_000, '1.0 kB'], [99_400, '99.4 kB'], [999_400, '999 kB'], [999_999, '1.0 MB'], [4_217_699, '4.2 MB'], [2_000_000_000_000_000, '2,000 TB']])('%d bytes are %s', (bytes, words) => {
  expect(sizeWords(bytes)).toBe(words);
});

test('the exact size has every byte', () => {
  expect([exactSizeWords(1), exactSizeWords(4_217_699)]).toEqual(['1 byte', '4,217,699 bytes']);
});
