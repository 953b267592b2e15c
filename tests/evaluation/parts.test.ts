import { describe, expect, test } from 'vitest';
import { withoutOperators } from '../../lib/evaluation/ask';
import { answerableReport } from '../../lib/evaluation/answerability';
import { spread } from '../../lib/evaluation/dataset-run';
import { documentsOf, isQuestionItself } from '../../lib/evaluation/documents';
import { fitQuestion } from '../../lib/evaluation/fit';
import type { StoredPassage } from '../../lib/index';

const words = { maxTokens: 5, countTokens: (text: string) => text.split(/\s+/).length };
const characters = { maxTokens: 5, countTokens: (text: string) => text.length };

describe('a question that is too long', () => {
  test('is cut at white space to what the model takes', () => {
    expect(fitQuestion('one two three four five', words)).toBe('one two three four five');
    expect(fitQuestion('one two three  four five six seven', words)).toBe('one two three  four five');
  });

  test('is cut to the characters of a request, between two words', () => {
    const long = 'abcd '.repeat(500);
    const fitted = fitQuestion(long, { maxTokens: 9_999, countTokens: () => 1 });
    expect(long.startsWith(fitted)).toBe(true);
    expect(fitted.length).toBeLessThanOrEqual(2_000);
    expect(fitted.length).toBeGreaterThan(1_990);
    expect(fitted).toMatch(/abcd$/);
  });

  test('without white space is cut between two characters', () => {
    expect(fitQuestion('一二三四五六七', characters)).toBe('一二三四五');
    expect(fitQuestion('𝄞𝄞𝄞', characters)).toBe('𝄞𝄞');
  });
});

test.each([
  ['who wrote "The old bridge"?', 'who wrote  The old bridge ?'],
  ['-fever and well-known remedies - and -10', 'fever and well-known remedies - and  10'],
  ['„Brot“ und »Salz«', 'Brot  und  Salz'],
  ['"', '"'],
])('%s has no operators in an evaluation', (text, words) => {
  expect(withoutOperators(text)).toBe(words);
});

describe('documents of a ranking', () => {
  const passage = (id: string) => ({ article: { id } }) as StoredPassage;

  test('stand where their best passage stands, repeats right behind', () => {
    const ranked = [
      { passage: passage('a'), repeats: [passage('b'), passage('c')] },
      { passage: passage('a'), repeats: [passage('d')] },
      { passage: passage('e'), repeats: [passage('b')] },
    ];
    expect(documentsOf(ranked)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});

describe('a question is a document itself', () => {
  const article = { title: 'The hive', paragraphs: [{ text: 'A colony of bees — keeps warm.', section: null, page: null }] };

  test.each([
    ['by its text', 'A colony of bees - keeps warm', true],
    ['by its title', 'the hive', true],
    ['by both', 'The hive. A colony of bees keeps warm.', true],
    ['not by the number both happen to have', 'Why did the bridge fall?', false],
  ])('%s', (_, text, expected) => {
    expect(isQuestionItself({ id: '1', text }, article)).toBe(expected);
  });
});

test('a limit takes items from all over the list', () => {
  expect(spread([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 4)).toEqual([0, 3, 5, 8]);
  expect(spread([0, 1, 2], 1)).toEqual([0]);
  expect(spread([0, 1, 2], 5)).toEqual([0, 1, 2]);
  for (let limit = 1; limit <= 40; limit++) expect(spread(Array.from({ length: 37 }), limit)).toHaveLength(Math.min(limit, 37));
});

test('what is kept and what is flagged', () => {
  const verdict = (answerable: boolean, confidence: number) => ({ answerable, confidence });
  // Kept: 2 of 3. Flagged: 1 of 2. Pairs in order: .9 and .8 beat both, .3 beats .2 only: 5 of 6.
  const report = answerableReport([verdict(true, 0.9), verdict(true, 0.8), verdict(false, 0.3)], [verdict(true, 0.5), verdict(false, 0.2)]);
  expect(report).toEqual({ auc: expect.closeTo(5 / 6, 12) as number, kept: expect.closeTo(2 / 3, 12) as number, flagged: 0.5, questions: 3, unanswerable: 2 });
  expect(answerableReport([verdict(true, 1)], [])).toMatchObject({ auc: null, kept: 1 });
});
