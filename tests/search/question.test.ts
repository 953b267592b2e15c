import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PilcrowError } from '../../lib/errors';
import { parseQuestion } from '../../lib/search/question';

function parsed(q: string): { text: string; phrases: string[]; excluded: string[] } {
  const { text, quoted, excluded } = parseQuestion(q);
  return { text, phrases: quoted, excluded: excluded.map(({ terms }) => terms.join(' ')) };
}

describe('a question', () => {
  test.each([
    ['straight quotes', 'what does "open source" mean', 'what does open source mean', ['open source']],
    ['curly quotes', 'what does “open source” mean', 'what does open source mean', ['open source']],
    ['German quotes', '„offene Quelle“ und »noch eine« und „eine”', 'offene Quelle und noch eine und eine', ['offene Quelle', 'noch eine', 'eine']],
    ['French quotes', 'le «code source» et « encore »', 'le code source et encore', ['code source', ' encore ']],
    ['Chinese and Japanese quotes, without spaces', '他说"你好"和「再见」', '他说 你好 和 再见', ['你好', '再见']],
    ['quotes in brackets', 'licences ("open source")', 'licences ( open source )', ['open source']],
    ['several', '"a b" "c"', 'a b c', ['a b', 'c']],
  ])('requires what stands in %s', (_, q, text, phrases) => {
    expect(parsed(q)).toEqual({ text, phrases, excluded: [] });
  });

  test.each([
    ['words', 'jaguar -car -Porsche', 'jaguar', ['car', 'porsch']],
    ['compounds as phrases', 'art -state-of-the-art', 'art', ['state of the art']],
    ['phrases', 'jaguar -"big cat" speed -“open source”', 'jaguar speed', ['big cat', 'open sourc']],
    ['numbers in quotes', 'olympics -"2016"', 'olympics', ['2016']],
    ['words at the beginning', '-car jaguar', 'jaguar', ['car']],
  ])('excludes %s after a hyphen', (_, q, text, excluded) => {
    expect(parsed(q)).toEqual({ text, phrases: [], excluded });
  });

  test('is the same without its quotation marks, what is left out still left out', () => {
    expect(parseQuestion('who "never written" -telegraph -"big cat" mends “them”').unquoted).toBe('who never written -telegraph -"big cat" mends them');
  });

  test.each([
    'a well-known author', 'COVID-19', 'this - dash', 'this – dash –x', '2010-2020', '-40 degrees', '--verbose', 'pre- and post-war', '- x', '-',
    'an "unclosed quote', 'an “unclosed one', 'empty "" quotes', 'marks "?!" only', '-"', '-"" x', "rock 'n' roll", "I don't know 'this'", 'a 5\'10" man and a 6\'2" man', 'a 12" pipe and a 14" pipe',
    'foo"bar" baz', 'C++ AT&T ( * NEAR( ^ title:', '\u0000', '\ud800 x \udc00', '😀',
  ])('takes other punctuation as it is: %j', (q) => {
    expect(parsed(q)).toEqual({ text: q.trim(), phrases: [], excluded: [] });
  });

  test.each(['-car', '-"big cat" -dog', '? -car', '  -car  '])('cannot be only what is left out: %j', (q) => {
    expect(() => parseQuestion(q)).toThrow(expect.objectContaining({ code: 'query-empty', kind: 'usage', hint: expect.stringContaining('look for') as string }) as Error);
  });

  test('of any kind is taken apart or refused', () => {
    const typed = fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.constantFrom('"', '“', '”', '„', '»', '«', '「', '」', '-', ' ', 'a', '水', '5', "'", '\ud800', '?'), { maxLength: 30 }).map((parts) => parts.join('')));
    fc.assert(
      fc.property(typed, (q) => {
        try {
          const { text, quoted, phrases } = parseQuestion(q);
          expect(text.length).toBeLessThanOrEqual(q.length);
          expect(phrases).toHaveLength(quoted.length);
        } catch (error) {
          expect((error as PilcrowError).code).toBe('query-empty');
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
