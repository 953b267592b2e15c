import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Generation } from '../../lib/index';
import { VectorIndex } from '../../lib/index/store/vectors';
import { weightOfWords } from '../../lib/search/trust';

const DIMENSIONS = 32;

function unit(seed: number): Float32Array {
  const vector = Float32Array.from({ length: DIMENSIONS }, (_, i) => Math.sin(seed * 12.9898 + i * 78.233 + i * i * seed));
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** Weights are asked of nothing but the vectors. */
function generationOf(passages: readonly Float32Array[]): Generation {
  const vectors = VectorIndex.create(DIMENSIONS);
  for (const [row, vector] of passages.entries()) vectors.add(row, vector);
  onTestFinished(() => vectors.close());
  const store = { sampleRows: (count: number) => passages.map((_, row) => row).slice(0, count) };
  return { store, vectors } as unknown as Generation;
}

const many = () => generationOf(Array.from({ length: 800 }, (_, i) => unit(i + 1)));
const QUESTION = unit(7_777);
/** Twelve passages with words in common with the question. */
const WORDS = Array.from({ length: 12 }, (_, i) => 0.9 - 0.04 * i);
const ASKED = { bestMeaning: 0.5, words: WORDS, wordCount: 5, familiarity: 1 };

const arbitraryAsked = fc.record({
  bestMeaning: fc.double({ min: -1, max: 1, noNaN: true }),
  words: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }),
  wordCount: fc.nat(30),
  familiarity: fc.double({ min: 0, max: 1, noNaN: true }),
});

describe('the weight of words', () => {
  test('is less the more the best cosine stands out', () => {
    const generation = many();
    const at = (bestMeaning: number) => weightOfWords(generation, QUESTION, { ...ASKED, bestMeaning });
    expect(at(0.9)).toBeLessThan(at(0.6));
    expect(at(0.6)).toBeLessThan(at(0.4));
    fc.assert(
      fc.property(arbitraryAsked, fc.double({ min: -1, max: 1, noNaN: true }), (asked, other) => {
        const [low, high] = [Math.min(asked.bestMeaning, other), Math.max(asked.bestMeaning, other)];
        expect(weightOfWords(generation, QUESTION, { ...asked, bestMeaning: high })).toBeLessThanOrEqual(weightOfWords(generation, QUESTION, { ...asked, bestMeaning: low }));
      }),
    );
  });

  test('is less where the same cosine is nothing special: in an index of one subject', () => {
    const near = generationOf(Array.from({ length: 800 }, (_, i) => {
      const other = unit(i + 1);
      const mixed = QUESTION.map((value, j) => value + 1.2 * (other[j] ?? NaN));
      const length = Math.hypot(...mixed);
      return mixed.map((value) => value / length);
    }));
    expect(weightOfWords(near, QUESTION, { ...ASKED, bestMeaning: 0.9 })).toBeGreaterThan(weightOfWords(many(), QUESTION, { ...ASKED, bestMeaning: 0.9 }));
  });

  test('is greater the less of the question the model can read', () => {
    const generation = many();
    const at = (familiarity: number) => weightOfWords(generation, QUESTION, { ...ASKED, familiarity });
    expect(at(0.7)).toBeGreaterThan(at(1));
    expect(at(0.4)).toBeGreaterThan(at(0.7));
    expect(at(0)).toBeGreaterThanOrEqual(at(0.4));
  });

  test('is little where a single word is in common, and full from two and a half', () => {
    const generation = many();
    const at = (best: number, wordCount: number) => weightOfWords(generation, QUESTION, { ...ASKED, words: WORDS.map((words) => (words / 0.9) * best), wordCount });
    expect(at(0.25, 4) / at(0.9, 4)).toBeLessThan(0.15);
    expect(at(0.5, 3) / at(0.9, 3)).toBeCloseTo(1 / 3, 6);
    expect(at(0.5, 5)).toBeCloseTo(at(0.9, 5), 9);
  });

  test('does not take few matches for telling ones', () => {
    const generation = many();
    const few = weightOfWords(generation, QUESTION, { ...ASKED, words: [0.9, 0.8, 0, 0] });
    const usual = weightOfWords(generation, QUESTION, { ...ASKED, words: [0.9, ...Array.from({ length: 9 }, () => 0.9 * 0.35 ** (1 / 1.5))] });
    expect(few).toBeCloseTo(usual, 9);
  });

  test('is greater where few passages have the words', () => {
    const generation = many();
    const alike = Array.from({ length: 12 }, () => 0.9);
    const alone = [0.9, ...Array.from({ length: 11 }, () => 0.1)];
    expect(weightOfWords(generation, QUESTION, { ...ASKED, words: alone })).toBeGreaterThan(weightOfWords(generation, QUESTION, { ...ASKED, words: alike }));
    expect(weightOfWords(generation, QUESTION, { ...ASKED, words: [...alone].reverse() })).toBe(weightOfWords(generation, QUESTION, { ...ASKED, words: alone }));
  });

  test('stays within bounds, whatever is asked of whatever index', () => {
    const indexes = [generationOf([]), generationOf([QUESTION]), generationOf([unit(1), unit(2)]), generationOf(Array.from({ length: 600 }, () => QUESTION)), many()];
    fc.assert(
      fc.property(arbitraryAsked, fc.constantFrom(...indexes), (asked, generation) => {
        const weight = weightOfWords(generation, QUESTION, asked);
        expect(weight).toBeGreaterThanOrEqual(0.05);
        expect(weight).toBeLessThanOrEqual(30);
      }),
    );
  });

  test('does not hang on the few passages of a tiny index', () => {
    const none = weightOfWords(generationOf([]), QUESTION, ASKED);
    for (const passages of [[unit(1)], [unit(2)], [unit(3), unit(4), unit(5)]]) {
      const weight = weightOfWords(generationOf(passages), QUESTION, ASKED);
      expect(weight / none).toBeGreaterThan(0.6);
      expect(weight / none).toBeLessThan(1.6);
    }
  });
});
