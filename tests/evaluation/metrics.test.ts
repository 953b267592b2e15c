import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { meanScores, median, ndcg, percentile, recall, reciprocalRank, rocAuc, scoresOf } from '../../lib/evaluation/metrics';

const judged = (grades: Record<string, number>) => new Map(Object.entries(grades));

describe('nDCG@10', () => {
  test('discounts graded gain by log2(rank + 1) against the best ranking of all judged documents', () => {
    // Ranking c (1), x (unjudged), a (3); judged a 3, b 2, c 1.
    //   DCG  = 1/log2(2) + 0/log2(3) + 3/log2(4) = 1 + 0 + 1.5        = 2.5
    //   IDCG = 3/log2(2) + 2/log2(3) + 1/log2(4) = 3 + 1.26186 + 0.5  = 4.76186
    expect(ndcg(['c', 'x', 'a'], judged({ a: 3, b: 2, c: 1 }), 10)).toBeCloseTo(2.5 / 4.761859507142915, 12);
  });

  test('counts a relevant document that was not found in the ideal', () => {
    // One of two relevant, on top: 1 / (1 + 1/log2(3)) = 1 / 1.63093 = .61315.
    expect(ndcg(['a'], judged({ a: 1, gone: 1 }), 10)).toBeCloseTo(0.6131471927654584, 12);
  });

  test('cuts ranking and ideal at ten', () => {
    // Twelve relevant, ten found: perfect. The one on rank 11 adds nothing.
    const grades = judged(Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`d${i}`, 1])));
    expect(ndcg(Array.from({ length: 10 }, (_, i) => `d${i}`), grades, 10)).toBeCloseTo(1, 12);
    expect(ndcg([...Array.from({ length: 10 }, (_, i) => `x${i}`), 'd0'], grades, 10)).toBe(0);
  });

  test('takes no gain and no loss from grades of zero and below', () => {
    // Rank 2 of one relevant document: 1/log2(3) = .63093; the -2 and the 0 count as unjudged.
    expect(ndcg(['spam', 'a', 'dull'], judged({ spam: -2, dull: 0, a: 1 }), 10)).toBeCloseTo(0.6309297535714575, 12);
  });
});

describe('MRR@10', () => {
  test('is one over the rank of the first with a grade above zero', () => {
    expect(reciprocalRank(['x', 'dull', 'a', 'b'], judged({ dull: 0, a: 1, b: 3 }), 10)).toBeCloseTo(1 / 3, 12);
  });

  test('is zero from rank eleven on', () => {
    const ranking = [...Array.from({ length: 9 }, (_, i) => `x${i}`), 'a'];
    expect(reciprocalRank(ranking, judged({ a: 1 }), 10)).toBeCloseTo(0.1, 12);
    expect(reciprocalRank(['y', ...ranking], judged({ a: 1 }), 10)).toBe(0);
  });
});

describe('recall', () => {
  test('is the share of all relevant documents, those that are not in the collection too', () => {
    // Relevant: a, b, gone (the 0 is none). Found among the first three: a, b.
    expect(recall(['a', 'x', 'b'], judged({ a: 1, b: 2, gone: 1, dull: 0 }), 100)).toBeCloseTo(2 / 3, 12);
    expect(recall(['a', 'x', 'b'], judged({ a: 1, b: 2, gone: 1, dull: 0 }), 2)).toBeCloseTo(1 / 3, 12);
  });
});

describe('the figures of a query', () => {
  test('are all four', () => {
    expect(scoresOf(['x', 'a'], judged({ a: 2 }))).toEqual({ 'ndcg@10': expect.closeTo(0.6309297535714575, 12) as number, 'mrr@10': 0.5, 'hit@1': 0, 'recall@100': 1 });
    expect(scoresOf([], judged({ a: 2 }))).toEqual({ 'ndcg@10': 0, 'mrr@10': 0, 'hit@1': 0, 'recall@100': 0 });
  });

  test('are none where nothing is relevant', () => {
    expect(scoresOf(['a'], judged({ a: 0, b: -1 }))).toBeNull();
    expect(scoresOf(['a'], judged({}))).toBeNull();
  });

  test('have means', () => {
    const all = { 'ndcg@10': 1, 'mrr@10': 1, 'hit@1': 1, 'recall@100': 1 };
    const half = { 'ndcg@10': 0.5, 'mrr@10': 0.25, 'hit@1': 0, 'recall@100': 0 };
    expect(meanScores([all, half])).toEqual({ 'ndcg@10': 0.75, 'mrr@10': 0.625, 'hit@1': 0.5, 'recall@100': 0.5 });
  });
});

describe('properties', () => {
  const grades = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'), fc.integer({ min: -1, max: 4 })).map(judged);
  const rankings = fc.shuffledSubarray(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'x', 'y', 'z']);

  test('every figure lies between 0 and 1', () => {
    fc.assert(fc.property(rankings, grades, (ranking, judgements) => {
      for (const value of Object.values(scoresOf(ranking, judgements) ?? {})) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1 + 1e-12);
      }
    }));
  });

  test('ranking by grade is perfect', () => {
    fc.assert(fc.property(grades, (judgements) => {
      const best = [...judgements].sort(([, a], [, b]) => b - a).map(([id]) => id);
      const scores = scoresOf(best, judgements);
      if (scores === null) return;
      for (const value of Object.values(scores)) expect(value).toBeCloseTo(1, 12);
    }));
  });

  test('moving the better of two neighbours up never lowers nDCG', () => {
    fc.assert(fc.property(rankings, grades, fc.nat(13), (ranking, judgements, i) => {
      const [upper, lower] = [ranking[i], ranking[i + 1]];
      if (upper === undefined || lower === undefined) return;
      if ((judgements.get(lower) ?? 0) < (judgements.get(upper) ?? 0)) return;
      const swapped = ranking.with(i, lower).with(i + 1, upper);
      expect(ndcg(swapped, judgements, 10)).toBeGreaterThanOrEqual(ndcg(ranking, judgements, 10) - 1e-12);
    }));
  });
});

describe('ROC AUC', () => {
  test('is the share of pairs in the right order, ties half', () => {
    // Pairs (3 positives × 2 negatives): .9 beats .5 and .2; .5 ties .5 and beats .2; .1 beats none.
    // (1 + 1 + ½ + 1 + 0 + 0) / 6 = 3.5 / 6.
    expect(rocAuc([0.9, 0.5, 0.1], [0.5, 0.2])).toBeCloseTo(3.5 / 6, 12);
    expect(rocAuc([2, 3], [0, 1])).toBe(1);
    expect(rocAuc([0, 1], [2, 3])).toBe(0);
    expect(rocAuc([1, 1], [1])).toBe(0.5);
  });

  test('is unknown where a side is empty', () => {
    expect(rocAuc([], [1])).toBeNull();
    expect(rocAuc([1], [])).toBeNull();
  });

  test('equals the count over all pairs', () => {
    const values = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 20 });
    fc.assert(fc.property(values, values, (positives, negatives) => {
      const pairs = positives.flatMap((p) => negatives.map((n): number => (p > n ? 1 : p === n ? 0.5 : 0)));
      expect(rocAuc(positives, negatives)).toBeCloseTo(pairs.reduce((sum, pair) => sum + pair, 0) / pairs.length, 12);
    }));
  });
});

test('median and percentile', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  // Nearest rank: 95 % of 20 values is the 19th, of three the third.
  expect(percentile(Array.from({ length: 20 }, (_, i) => i + 1), 0.95)).toBe(19);
  expect(percentile([10, 30, 20], 0.95)).toBe(30);
});
