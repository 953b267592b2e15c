import { describe, expect, test } from 'vitest';
import { PilcrowError } from '../../lib/errors';
import { styleFor } from '../../scripts/terminal/colour';
import { renderReading } from '../../scripts/terminal/reading';
import { renderNotes } from '../../scripts/terminal/report';

const plain = styleFor({ isTTY: false });
const passedOver = (...skipped: [path: string, reason: string][]): string | undefined =>
  renderNotes({ failed: [], warnings: [], copies: [], skipped: skipped.map(([path, reason]) => ({ path, reason })) }, plain)[0];
const unknown = (...paths: string[]) => passedOver(...paths.map((path): [string, string] => [path, 'its format is unknown']));

test('what could not be read is named up to twenty times in a summary, and always by `pilcrow read`', () => {
  const failed = Array.from({ length: 30 }, (_, i) => ({ path: `/n/${String(i)}.txt`, error: new PilcrowError('file-empty', `${String(i)}.txt has no text in it`) }));
  const notes = { failed, warnings: [], copies: [], skipped: [] };
  expect(renderNotes(notes, plain)).toHaveLength(1 + 20 + 1);
  expect(renderNotes(notes, plain).at(-1)).toBe('  and 10 more (--json names them all)');
  expect(renderReading({ ...notes, articles: 0, paragraphs: 0 }, plain)).toHaveLength(1 + 30 + 1);
});

describe('files passed over', () => {
  test('are counted by reason, those of an unknown format by their endings, too', () => {
    expect(passedOver(['/n/a.xyz', 'its format is unknown'], ['/n/b', 'a link that leads nowhere'], ['/n/c.XYZ', 'its format is unknown'], ['/n.d/README', 'its format is unknown'], ['/n/e', 'a link that leads nowhere']))
      .toBe('passed over 5 files: its format is unknown (3: .xyz 2, without an ending); a link that leads nowhere (2)');
    expect(unknown('/n/.config')).toBe('passed over 1 file: its format is unknown (without an ending)');
  });

  test('of many kinds are named by the most frequent ones', () => {
    expect(unknown('a', 'a.7', 'a.6', 'a.6', 'a.5', 'a.4', 'a.3', 'a.2', 'a.1')).toBe('passed over 9 files: its format is unknown (9: .6 2, .1, .2, .3, .4, .5, 2 other kinds)');
    expect(unknown('a.7', 'a.6', 'a.5', 'a.4', 'a.3', 'a.2', 'a.1')).toBe('passed over 7 files: its format is unknown (7: .1, .2, .3, .4, .5, .6, .7)');
  });

  test('of a name with dots in it take one line', () => {
    expect(unknown(`/n/a.${'x'.repeat(200)}`)).toBe(`passed over 1 file: its format is unknown (.${'x'.repeat(10)}…)`);
    expect(unknown('/n/a.\u001b[31m')).not.toContain('\u001b');
  });
});
