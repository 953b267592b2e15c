import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Article } from '../../lib/article';
import { articleText } from '../../lib/article';
import { MIN_TOKENS, splitArticle, titleContext, withContext, type Passage, type TokenLimits } from '../../lib/passage';
import { MAX_CHARACTERS, TARGET_WORDS } from '../../lib/passage/group';
import { countWords } from '../../lib/passage/words';

function article(paragraphs: (string | { text: string; section?: string; page?: number })[], title = 'A title'): Article {
  return {
    id: 'a-title-abcdefgh', source: 'articles/a-title.md', format: 'markdown', title,
    author: null, published: null, updated: null, language: null, url: null, tags: [],
    paragraphs: paragraphs.map((paragraph) => {
      const { text, section = null, page = null } = typeof paragraph === 'string' ? { text: paragraph } : paragraph;
      return { text, section, page };
    }),
  };
}

/** About a token a word and one for each further six letters; two special ones. */
const limits: TokenLimits = { countTokens: (text) => (text.match(/\S{1,6}/g)?.length ?? 0) + 2, maxTokens: 256 };

const split = (paragraphs: Parameters<typeof article>[0]): Passage[] => splitArticle(article(paragraphs), limits);
const sizes = (passages: readonly Passage[]): number[] => passages.map(({ text }) => countWords(text));
const words = (count: number, end = '.'): string => `${'word '.repeat(count - 1)}last${end}`;
const sentences = (count: number): string => Array.from({ length: count }, () => `It ${words(9)}`).join(' ');

function expectWhole(input: Article, passages: readonly Passage[], within: TokenLimits): void {
  const text = articleText(input);
  let at = 0;
  for (const [index, passage] of passages.entries()) {
    expect(passage.ordinal).toBe(index + 1);
    expect(passage.id).toBe(`${input.id}.p${index + 1}`);
    expect(passage.text).toBe(text.slice(passage.start, passage.end));
    expect(passage.text).toBe(passage.text.trim());
    expect(passage.text).not.toBe('');
    expect(passage.start).toBeGreaterThanOrEqual(at);
    if (text.slice(at, passage.start).trim() !== '') throw new Error(`text lost before ${passage.id}`);
    expect(passage.text.length).toBeLessThanOrEqual(MAX_CHARACTERS);
    expect(within.countTokens(withContext(titleContext(input.title, within), passage.text))).toBeLessThanOrEqual(within.maxTokens);
    at = passage.end;
  }
  expect(text.slice(at).trim()).toBe('');
}

describe('splitArticle', () => {
  test('a paragraph is a passage', () => {
    const passages = split([words(60), words(149)]);
    expect(passages.map(({ id, ordinal, start, end }) => [id, ordinal, start, end])).toEqual([
      ['a-title-abcdefgh.p1', 1, 0, 300],
      ['a-title-abcdefgh.p2', 2, 302, 302 + 745],
    ]);
  });

  test('short neighbours are joined to about a hundred words', () => {
    const passages = split(Array.from({ length: 30 }, () => words(10)));
    expect(sizes(passages)).toEqual([100, 100, 100]);
    expect(passages[0]?.text).toContain('last.\n\nword');
  });

  test('a short paragraph goes with the one before, one with a colon with the one after', () => {
    expect(sizes(split([words(80), words(10), words(80)]))).toEqual([90, 80]);
    expect(sizes(split([words(80), words(10, ':'), words(80)]))).toEqual([80, 90]);
  });

  test('what is left over at the end goes with the passage before', () => {
    expect(sizes(split([words(110), words(10)]))).toEqual([120]);
  });

  test('a short paragraph between two that are full stays alone', () => {
    expect(sizes(split([words(120), words(20), words(120)]))).toEqual([120, 20, 120]);
  });

  test('nothing is joined across sections', () => {
    const passages = split([{ text: words(10), section: 'One' }, { text: words(10), section: 'Two' }, { text: words(10), section: 'Two' }]);
    expect(passages.map(({ section, text }) => [section, countWords(text)])).toEqual([['One', 10], ['Two', 20]]);
  });

  test('a long paragraph is split at sentence ends into even pieces', () => {
    const passages = split([sentences(32)]);
    expect(sizes(passages)).toEqual([110, 110, 100]);
    for (const { text } of passages) expect(text).toMatch(/^It .*\.$/);
  });

  test('pieces of long prose are near the target', () => {
    for (const { text } of split([sentences(400)])) expect(Math.abs(countWords(text) - TARGET_WORDS)).toBeLessThanOrEqual(10);
  });

  test('a sentence too long for the model is cut at a clause mark', () => {
    const clause = `${'word '.repeat(110)}word, `;
    const passages = split([`${clause.repeat(4).trim()} end.`]);
    expect(passages.length).toBeGreaterThan(1);
    for (const { text } of passages.slice(0, -1)) expect(text).toMatch(/,$/);
  });

  test('without clause marks it is cut at white space', () => {
    for (const { text } of split(['word '.repeat(2000)])) expect(text).toMatch(/^word( word)*$/);
  });

  test('without white space it is cut between graphemes', () => {
    const family = '👩‍👩‍👧‍👦';
    const input = article([family.repeat(997)]);
    const passages = splitArticle(input, limits);
    for (const { text } of passages) expect(text.replaceAll(family, '')).toBe('');
    expectWhole(input, passages, limits);
  });

  test('a Chinese paragraph is measured in characters', () => {
    const chinese = '今天下了一整天的雨，我们没有出门。'.repeat(40);
    const input = article([chinese]);
    const perCharacter = { countTokens: (text: string) => [...text].length + 2, maxTokens: 256 };
    const passages = splitArticle(input, perCharacter);
    expectWhole(input, passages, perCharacter);
    for (const { text } of passages) expect(text).toMatch(/。$/);
    for (const { text } of passages) expect(text.length).toBeGreaterThan(100);
  });

  test('a passage has the page on which it begins', () => {
    const passages = split([{ text: words(10), page: 1 }, { text: words(10), page: 2 }, { text: words(130), page: 3 }]);
    expect(passages.map(({ page }) => page)).toEqual([1, 3]);
  });

  test('blank paragraphs make no passage', () => {
    expect(split(['', ' ', '\u00a0'])).toEqual([]);
    expect(split([])).toEqual([]);
  });

  test('a title of many words leaves room for the text', () => {
    const input = article([sentences(50)], words(5000));
    expectWhole(input, splitArticle(input, limits), limits);
  });

  test.each([0, -1, Number.NaN, MIN_TOKENS - 1])('a limit of %d tokens is refused', (maxTokens) => {
    expect(() => splitArticle(article([words(10)]), { ...limits, maxTokens })).toThrow(/maxTokens is/);
  });

  test('a character with more tokens than the model takes is an error, not a loop', () => {
    expect(() => splitArticle(article(['abc'], ''), { countTokens: () => 300, maxTokens: 256 })).toThrow(/single character/);
  });

  test.each([
    ['five megabytes on one line without a space', ['x'.repeat(5_000_000)]],
    ['five megabytes on one line without a full stop', ['word '.repeat(1_000_000)]],
    ['five megabytes of sentences on one line', ['It is so and so. '.repeat(300_000)]],
    ['two hundred thousand tiny paragraphs', Array.from({ length: 200_000 }, (_, i) => `Paragraph ${i}.`)],
    ['two hundred thousand paragraphs that are no words', Array.from({ length: 200_000 }, () => '。')],
  ])('%s take seconds', (_, paragraphs) => {
    const input = article(paragraphs);
    // counts as fast as a real tokenizer is slow, and is asked about nothing longer than a passage
    const counting: TokenLimits = {
      maxTokens: 256,
      countTokens: (text) => {
        expect(text.length).toBeLessThan(MAX_CHARACTERS + 100);
        return Math.ceil(text.length / 5);
      },
    };
    const passages = splitArticle(input, counting);
    let seen = 0;
    for (const { text } of passages) seen += text.replace(/\s/g, '').length;
    expect(seen).toBe(paragraphs.reduce((sum, text) => sum + text.replace(/\s/g, '').length, 0));
  });
});

describe('properties of splitArticle', () => {
  const word = fc.constantFrom('a', 'word', 'Dr.', 'U.S.', 'Ende.', 'so,', '“quoted.”', '今天下雨。', 'ก็ดี', '👩‍👩‍👧', 'e\u0301\u0323', 'x'.repeat(300), ':', '\u00a0', '…', '\n');
  const prose = fc.array(word, { maxLength: 120 }).map((parts) => parts.join(' '));
  const packed = fc.array(word, { maxLength: 60 }).map((parts) => parts.join(''));
  const paragraph = fc.record({
    text: fc.oneof(prose, packed, fc.string({ unit: 'binary', maxLength: 400 }), fc.constant('')),
    section: fc.constantFrom(null, 'One', 'Two'),
    page: fc.constantFrom(null, 1, 2),
  });
  const articles = fc
    .record({ title: fc.oneof(prose, packed, fc.constant('')), language: fc.constantFrom(null, 'en', 'de', 'ja', 'nonsense!'), paragraphs: fc.array(paragraph, { maxLength: 30 }) })
    .map((given): Article => ({ ...article([]), ...given }));
  const counters = fc.constantFrom(
    (text: string) => [...text].length + 2,
    (text: string) => (text.match(/\S{1,4}/g)?.length ?? 0) + 2,
    (text: string) => Math.ceil(new TextEncoder().encode(text).length / 2) + 2,
  );
  const within = fc.record({ countTokens: counters, maxTokens: fc.integer({ min: MIN_TOKENS, max: 512 }) });

  test('every character that is not white space is in exactly one passage, and limits are kept', () => {
    fc.assert(fc.property(articles, within, (input, tokens) => expectWhole(input, splitArticle(input, tokens), tokens)), { numRuns: 300 });
  });

  test('the same article makes the same passages', () => {
    fc.assert(fc.property(articles, within, (input, tokens) => {
      expect(splitArticle(structuredClone(input), tokens)).toEqual(splitArticle(input, tokens));
    }), { numRuns: 50 });
  });

  test('no passage crosses a section', () => {
    fc.assert(fc.property(articles, within, (input, tokens) => {
      const text = articleText(input);
      let at = 0;
      const sectionAt = new Map<number, string | null>();
      for (const { text: own, section } of input.paragraphs) {
        for (let i = 0; i < own.length; i++) sectionAt.set(at + i, section);
        at += own.length + 2;
      }
      for (const passage of splitArticle(input, tokens)) {
        for (let i = passage.start; i < passage.end; i++) {
          if ((text[i] ?? '').trim() !== '') expect(sectionAt.get(i)).toBe(passage.section);
        }
      }
    }), { numRuns: 50 });
  });
});
