import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { articleHref, relatedHref, searchHref } from '../../app/links';
import { type PageParams, queryFromPage, trailFromPage } from '../../app/query';
import { before, lastQuestion, MOST_CHARACTERS, MOST_STEPS, onward, shortened, type Step, stepText, type Trail, untilQuestion, within } from '../../app/trail';

function ask(q: string, more: Record<string, string> = {}): Step {
  return { kind: 'ask', query: queryFromPage({ q, ...more }) };
}
const read = (passage: string): Step => ({ kind: 'read', passage });
const related = (passage: string): Step => ({ kind: 'related', passage });
const texts = (trail: Trail) => trail.map(stepText);

/** The trail that a page finds in its address. */
function trailOf(href: string): Trail {
  const { searchParams } = new URL(href, 'http://localhost');
  return trailFromPage(Object.fromEntries([...new Set(searchParams.keys())].map((name): [string, PageParams[string]] => [name, searchParams.getAll(name)])));
}

const words = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }).filter((text) => text.trim() !== '');
const passage = fc.tuple(fc.stringMatching(/^[a-z0-9-]{1,40}$/), fc.integer({ min: 1, max: 9_999 })).map(([article, ordinal]) => `${article}.p${ordinal}`);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ q: words, tag: fc.array(words, { maxLength: 2 }), mode: fc.constantFrom('dense', 'lexical') }).map((params): Step => ({ kind: 'ask', query: queryFromPage(params) })),
  passage.map(read),
  passage.map(related),
);
const way = fc.array(step, { maxLength: 20 }).map((steps) => steps.reduce<Trail>(onward, []));

describe('a trail', () => {
  test('comes back out of every address as it went in', () => {
    fc.assert(fc.property(way, (trail) => {
      for (const href of [searchHref(new URLSearchParams({ q: 'a' }), trail), articleHref('a-1', 7, trail), articleHref('a-1', undefined, trail), relatedHref('a-1.p7', trail)]) {
        expect(texts(trailOf(href))).toEqual(texts(trail));
      }
    }));
  });

  test('has no loop, never more than its most steps, and ends where one is', () => {
    fc.assert(fc.property(way, step, (trail, here) => {
      const next = onward(trail, here);
      expect(new Set(texts(next)).size).toBe(next.length);
      expect(next.length).toBeLessThanOrEqual(MOST_STEPS);
      expect(stepText(next.at(-1) ?? here)).toBe(stepText(here));
      expect(texts(before(next, here))).not.toContain(stepText(here));
    }));
  });

  test('is bounded whatever an address says', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.string({ unit: 'binary' }), step.map(stepText)), { maxLength: 40 }), (via) => {
      const trail = trailFromPage({ via });
      expect(trail.length).toBeLessThanOrEqual(MOST_STEPS);
      expect(texts(shortened(trail))).toEqual(texts(trail));
    }));
  });

  test('is bounded in characters; what was last is kept', () => {
    const long = (letter: string) => ask(letter.repeat(MOST_CHARACTERS / 2 - 100));
    expect(texts(onward([long('a'), long('b')], long('c')))).toEqual(texts([long('a'), long('c')]));
    const longest = ask('雪'.repeat(2_000));
    expect(texts(onward([ask('a')], longest))).toEqual(texts([longest]));
    expect(texts(onward([longest], read('a.p1')))).toEqual(['read:a.p1']);
    expect(lastQuestion(trailOf(articleHref('a', 1, [longest])))?.get('q')).toHaveLength(2_000);
  });
});

test('where there is little room the way loses its first steps, at last all of them', () => {
  const trail = [ask('q'), read('a.p1'), read('b.p2')];
  expect(texts(within(trail, 1_000))).toEqual(texts(trail));
  expect(texts(within(trail, 'read:a.p1read:b.p2'.length))).toEqual(['read:a.p1', 'read:b.p2']);
  expect(within(trail, 8)).toEqual([]);
});

test('a longer way keeps its first step and the last ones', () => {
  const steps = Array.from({ length: 12 }, (_, i) => read(`a.p${i + 1}`));
  expect(texts(shortened([ask('q'), ...steps]))).toEqual(['ask:q=q', ...texts(steps.slice(-7))]);
});

test('who comes by a place again is back there', () => {
  const trail = [ask('q'), read('a.p1'), related('a.p1'), read('b.p2')];
  expect(texts(onward(trail, read('a.p1')))).toEqual(['ask:q=q', 'read:a.p1']);
  expect(texts(before(trail, related('a.p1')))).toEqual(['ask:q=q', 'read:a.p1']);
  expect(texts(before(trail, read('c.p1')))).toEqual(texts(trail));
});

test('the last question, and the way as far as it', () => {
  const trail = [ask('one'), read('a.p1'), ask('two', { mode: 'dense' }), related('b.p1')];
  expect(lastQuestion(trail)?.get('q')).toBe('two');
  expect(texts(untilQuestion(trail))).toEqual(['ask:q=one', 'read:a.p1', 'ask:q=two&mode=dense']);
  expect(lastQuestion([read('a.p1')])).toBeNull();
  expect(untilQuestion([read('a.p1')])).toEqual([]);
});

test.each([
  ['nothing', ''],
  ['an unknown kind', 'open:a.p1'],
  ['no question', 'ask:mode=dense'],
  ['a blank question', 'ask:q=+'],
  ['an address', 'https://evil.example/'],
  ['a script', 'javascript:alert(1)'],
  ['a path', 'read:../../etc/passwd'],
  ['a path that ends as a passage', 'read:../a.p1'],
  ['passage 0', 'read:a.p0'],
  ['an article without a passage', 'related:a'],
  ['a passage with a query', 'read:a?x=1.p1'],
  ['a passage of many characters', `read:${'a'.repeat(300)}.p1`],
  ['a question without end', `ask:q=${'a'.repeat(100_000)}`],
])('%s is no step', (_name, text) => {
  expect(trailFromPage({ via: ['read:a.p1', text, 'related:a.p1'] }).map(stepText)).toEqual(['read:a.p1', 'related:a.p1']);
});

test('a question on the way keeps what a search knows, and nothing else', () => {
  expect(trailFromPage({ via: 'ask:via=read%3Aa.p1&mode=dense&q=a&evil=1&tag=x&tag=y' }).map(stepText)).toEqual(['ask:q=a&mode=dense&tag=x&tag=y']);
});
