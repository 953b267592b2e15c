import { expect, test } from 'vitest';
import { asQuestion } from '../../app/client/selection';
import { parseQuestion } from '../../lib/search/question';

test.each([
  ['the bread and coal', 'the bread and coal'],
  ['  spread\n over\t lines ', 'spread over lines'],
  ['two words', ''],
  ['one.', ''],
  ['— … !', ''],
  ['図書館は冬になると埋もれる', '図書館は冬になると埋もれる'],
  ['he said "not one word" and left', 'he said not one word and left'],
  ['a well-known harbour -closed then', 'a well-known harbour closed then'],
])('%j is asked as %j', (selected, question) => {
  expect(asQuestion(selected, 2_000)).toBe(question);
});

test('nothing selected requires or excludes words', () => {
  for (const selected of ['she wrote “come home” in ink', 'er sagte „komm heim“ und ging', '「雪がとけたら」とだけ書かれている', 'the -closed -"old harbour" of «last year»']) {
    expect(parseQuestion(asQuestion(selected, 2_000))).toMatchObject({ quoted: [], excluded: [] });
  }
});

test('a long selection is cut where a word ends', () => {
  const question = asQuestion('harbour lights '.repeat(400), 2_000);
  expect(question.length).toBeLessThanOrEqual(2_000);
  expect(question.length).toBeGreaterThan(1_980);
  expect(question).toMatch(/(harbour|lights)$/);
  expect(asQuestion('雪の図書館'.repeat(1_000), 2_000).length).toBeLessThanOrEqual(2_000);
});
