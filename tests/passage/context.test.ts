import { describe, expect, test } from 'vitest';
import { titleContext, withContext, type TokenLimits } from '../../lib/passage';

const limits: TokenLimits = { countTokens: (text) => (text.match(/\S{1,6}/g)?.length ?? 0) + 2, maxTokens: 256 };

describe('withContext', () => {
  test('is the title, then the passage', () => {
    expect(withContext('Eels', 'They leave at night.')).toBe('Eels.\nThey leave at night.');
  });

  test.each(['Eels!', 'Do eels sleep?', '鳗鱼去哪里？', '“They leave at night.”'])('lets a title end as it does: %s', (title) => {
    expect(withContext(title, 'Nobody knows.')).toBe(`${title}\nNobody knows.`);
  });

  test('is the passage alone where there is no title', () => {
    expect(withContext('', 'They leave at night.')).toBe('They leave at night.');
  });
});

describe('titleContext', () => {
  test('a headline is kept whole', () => {
    const title = 'Iraq’s resistance to go tough if diplomacy fails to expel US forces: Asa’ib Ahl al-Haq';
    expect(titleContext(title, limits)).toBe(title);
  });

  test('of a long title its first sentence is kept', () => {
    expect(titleContext(`Eels leave. ${'They go on and on '.repeat(50)}`, limits)).toBe('Eels leave.');
  });

  test('of a long sentence its first words are kept', () => {
    const context = titleContext('word '.repeat(500).trim(), limits);
    expect(context).toBe('word '.repeat(62).trim());
    expect(limits.countTokens(context)).toBe(64);
  });

  test('of a long word its first characters are kept, none of them halved', () => {
    expect(titleContext('👍'.repeat(500), { ...limits, countTokens: (text) => [...text].length })).toBe('👍'.repeat(64));
  });

  test('a model that takes few tokens gets a quarter of them as title', () => {
    expect(titleContext('word '.repeat(30).trim(), { ...limits, maxTokens: 40 })).toBe('word '.repeat(8).trim());
  });

  test('a title of megabytes is looked at only at its beginning', () => {
    const seen: number[] = [];
    titleContext('x'.repeat(5_000_000), { maxTokens: 256, countTokens: (text) => seen.push(text.length) });
    expect(Math.max(...seen)).toBeLessThanOrEqual(500);
  });
});
