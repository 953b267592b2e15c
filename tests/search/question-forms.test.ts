import { describe, expect, test } from 'vitest';
import { questionIn, questionMadeOf, standsAlone } from '../../lib/search/question-forms';

describe('a sentence is a question that stands on its own', () => {
  test.each([
    'What does it cost to keep a noise?',
    'Why do banks need precise time?',
    'Warum stirbt der Wald im Schatten der Berge?',
    '¿Por qué se derrumban los puentes modernos?',
    '鳗鱼在哪里产卵呢？',
    '鰻はどこで卵を産むのか？',
    'لماذا تنهار الجسور الحديثة في البحر؟',
  ])('%s', (sentence) => {
    expect(questionIn(sentence)).toEqual({ text: sentence, kind: 'asked' });
  });

  test.each([
    ['a statement', 'Banks need precise time.'],
    ['too short', 'How fast?'],
    ['too long', `Why ${'very '.repeat(16)}long?`],
    ['it refers back', 'Why do we want it so much?'],
    ['it refers back in Chinese', '它在哪里产卵，为什么？'],
    ['it refers back in Arabic', 'هذا الجسر متى تم بناؤه؟'],
    ['it goes on', 'And what about old bridges?'],
    ['somebody says it', '“Who would ring up the office?'],
    ['its beginning is missing', 'do you have cash in the house?'],
  ])('not where %s: %s', (_, sentence) => {
    expect(questionIn(sentence)).toBeNull();
  });
});

test.each([
  ['A heat pump is a refrigerator seen from behind.', 'What is a heat pump?'],
  ['You cannot tax incomes, because nobody writes them down.', 'Why can’t you tax incomes?'],
  ['What worries engineers is less the trip than the transformer.', 'What worries engineers?'],
  ['Moritz Schreber was a Leipzig physician with stern views on posture.', 'Who was Moritz Schreber?'],
  ['The great lens was made in Paris in 1887.', 'Where was the great lens made?'],
  ['Computational complexity theory is a branch of mathematics.', 'What is computational complexity theory?'],
])('%s answers: %s', (sentence, question) => {
  expect(questionMadeOf(sentence)?.text).toBe(question);
});

test.each([
  'The recording is a copy of one made in the 1980s.',
  'A similar method is the wet gate.',
  'What killed it in the cities was distance.',
  'It was one of the first times a government had told a man to wait because he might be ill.',
  'There is a reason.',
  'Dawson City was a copy.',
])('nothing is made of: %s', (sentence) => {
  expect(questionMadeOf(sentence)).toBeNull();
});

test.each([
  'You can WORD', 'We are WORD WORD', 'A WORD is WORD', 'A WORD WORD WORD', 'Most WORD are WORD', 'WORD is a WORD', 'Ada WORD was a WORD',
  'What worries WORD', 'What WORDed WORD is', 'The WORD was made in', 'Geology is a WORD', 'WORD',
])('a word that has no end is refused at once: %s', (form) => {
  const words = { lower: 'a'.repeat(5_000), title: `R${'indfleisch'.repeat(500)}`, hyphens: 'a-'.repeat(2_500), digits: '0f3'.repeat(1_700) };
  for (const word of Object.values(words)) {
    const sentence = form.replaceAll('WORD', word);
    expect([questionMadeOf(sentence), questionMadeOf(`${sentence} all day long`)]).toEqual([null, null]);
    expect(questionIn(`${sentence}?`)).toBeNull();
  }
});

test('titles that refer to something do not stand alone', () => {
  expect(['The Lying Sky', 'What They Said', 'Here It Comes'].map(standsAlone)).toEqual([true, false, false]);
});
