import { describe, expect, test } from 'vitest';
import type { Generation } from '../../lib/index';
import { lexicalQuery } from '../../lib/search/lexical-query';
import { WordMatcher, type WordMatch } from '../../lib/search/wording';
import { madeUpIndex, type MadeUpArticle } from './made-up-index';

function matcher(generation: Generation, q: string): WordMatcher {
  return new WordMatcher(generation, lexicalQuery({ text: q, quoted: [] }, generation));
}

function match(generation: Generation, q: string, row: number): WordMatch {
  const details = generation.store.details(row);
  if (details === null) throw new Error(`there is no row ${row}`);
  return matcher(generation, q).match(details);
}

/** How well a whole article matches, or null where it is a single passage. */
function matchArticle(generation: Generation, q: string, article: number): number | null {
  const details = generation.store.articleDetails(article);
  return details && matcher(generation, q).matchArticle(details);
}

/** 8, 3, 9 and 4 terms with their titles: 24 in four passages, 6 on average. */
const SHORT: MadeUpArticle[] = [
  { title: 'Floods', passages: ['The bridge fell. Water took the bridge.'] },
  { title: 'Bees', passages: ['Bees sleep.'] },
  { title: 'Rye', passages: ['Dough is sticky and the hand is wet.'] },
  { title: 'Salt', passages: ['Camels carry salt.'] },
];

describe('a passage', () => {
  test('is given half its BM25 and half the words of its best sentence, as shares of the most there could be', async () => {
    const generation = await madeUpIndex(SHORT);
    // idf of one in four passages: ln(1 + 3.5/1.5) = 1.203973; of none: ln(1 + 4.5/.5) = 2.302585.
    // In all 2 · 1.203973 + 2.302585 = 4.710531.
    // Length: k1 · (1 − b + b · 8/6) = .9 · (.6 + .4 · 1.333333) = 1.02.
    // BM25 of bridge, twice: 1.203973 · 2/(2 + 1.02); of flood, once in the title: 1.203973 · 1/(1 + 1.02).
    // (.797334 + .596026) / 4.710531 = .295797.
    // Either sentence has bridge, and with the title flood: 2 · 1.203973 / 4.710531 = .511183.
    const { score, coverage, inSentences } = match(generation, 'bridge flood ice', 0);
    expect(score).toBeCloseTo((0.295797 + 0.511183) / 2, 5);
    expect(coverage).toBeCloseTo(0.511183, 5);
    expect([...inSentences].map((share) => share.toFixed(5))).toEqual(['0.51118', '0.51118']);
  });

  test('is told by which of the words stand in which sentence, and by all of them together', async () => {
    const generation = await madeUpIndex(SHORT);
    // fell, water: equally rare; bridge is, too.
    const { coverage, inSentences } = match(generation, 'bridge fell water', 0);
    expect(coverage).toBeCloseTo(1, 9);
    expect([...inSentences].map((share) => share.toFixed(5))).toEqual(['0.66667', '0.66667']);
    expect([...match(generation, 'fell', 0).inSentences]).toEqual([1, 0]);
    expect([...match(generation, 'water', 0).inSentences]).toEqual([0, 1]);
  });

  test('whose title says it has it in every sentence', async () => {
    const generation = await madeUpIndex(SHORT);
    expect([...match(generation, 'flood', 0).inSentences]).toEqual([1, 1]);
    // Once, in the title: 1 / (1 + 1.02), and all of the words.
    expect(match(generation, 'flood', 0).score).toBeCloseTo((1 / 2.02 + 1) / 2, 9);
    // Title and text are one for BM25: salt stands in both. .9 · (.6 + .4 · 4/6) = .78
    expect(match(generation, 'salt', 3).score).toBeCloseTo((2 / 2.78 + 1) / 2, 9);
  });

  test('with none of the words scores nothing', async () => {
    const generation = await madeUpIndex(SHORT);
    expect(match(generation, 'bridge', 1)).toEqual({ score: 0, bm25: 0, coverage: 0, inSentences: new Float64Array(1) });
  });

  test('never scores more than 1, however often it says the words', async () => {
    const generation = await madeUpIndex([...SHORT, { title: 'Tide tide', passages: [`${'tide '.repeat(500)}.`] }]);
    const { score, coverage } = match(generation, 'tide', 4);
    expect(score).toBeLessThan(1);
    expect(score).toBeGreaterThan(0.9);
    expect(coverage).toBe(1);
  });

  test('has a rare word count for more than a common one', async () => {
    const generation = await madeUpIndex([...SHORT, { title: 'Rye', passages: ['Rye and dough.'] }]);
    const [rare, common] = [match(generation, 'rye bridge', 0), match(generation, 'rye bridge', 2)];
    expect(rare.coverage).toBeGreaterThan(0.5);
    expect(common.coverage).toBeCloseTo(1 - rare.coverage, 9);
  });
});

describe('an article', () => {
  // 3 and 4 terms, the title in each: 9 with those of the other, 4.5 to an article.
  const LONG: MadeUpArticle[] = [{ title: 'Floods', passages: ['Bridge fell.', 'Bridge bridge water.'] }, { title: 'Bees', passages: ['sleep'] }];

  test('of several passages is matched as a whole, its title once', async () => {
    const generation = await madeUpIndex(LONG);
    // 6 terms: 1.2 · (.25 + .75 · 6/4.5) = 1.5. Bridge three times: 3/(3 + 1.5); flood once: 1/(1 + 1.5).
    expect(matchArticle(generation, 'bridge', 0)).toBeCloseTo(3 / 4.5, 9);
    expect(matchArticle(generation, 'flood', 0)).toBeCloseTo(1 / 2.5, 9);
    // Both stand in two of three passages.
    expect(matchArticle(generation, 'bridge flood', 0)).toBeCloseTo((3 / 4.5 + 1 / 2.5) / 2, 9);
    expect(matchArticle(generation, 'sleep', 0)).toBe(0);
  });

  test('of one passage is that passage', async () => {
    const generation = await madeUpIndex(LONG);
    expect(matchArticle(generation, 'sleep', 1)).toBeNull();
    expect(match(generation, 'sleep', 2).coverage).toBe(1);
  });
});

describe('a word that begins others', () => {
  test('is found as any of them', async () => {
    // 飲水 gives 飲水 and 水; 水曜日 gives 水曜, 曜日 and 日: 水 begins two terms, each once.
    const generation = await madeUpIndex([{ title: 'x', passages: ['飲水 水曜日'] }, { title: 'x', passages: ['火山'] }]);
    expect(lexicalQuery({ text: '水', quoted: [] }, generation).terms[0]?.hashes).toHaveLength(2);
    // 6 of 6 + 3 terms, 4.5 on average: .9 · (.6 + .4 · 6/4.5) = 1.02; twice: 2 / 3.02.
    expect(match(generation, '水', 0)).toMatchObject({ score: expect.closeTo((2 / 3.02 + 1) / 2, 9) as number, coverage: 1 });
    expect(match(generation, '水', 1)).toMatchObject({ score: 0, coverage: 0 });
    expect(match(generation, '日', 0)).toMatchObject({ coverage: 1 });
  });

  test('also stands in an article of several passages', async () => {
    const generation = await madeUpIndex([{ title: 'x', passages: ['飲水', '水曜日'] }]);
    // 6 terms, the title once, of 7 on average: 1.2 · (.25 + .75 · 6/7) = 1.071429.
    expect(matchArticle(generation, '水', 0)).toBeCloseTo(2 / 3.071429, 5);
  });
});

test('a question without words matches nothing', async () => {
  const generation = await madeUpIndex([{ title: 'x', passages: ['Bees sleep.', 'Bees wake.'] }]);
  expect(match(generation, '?!', 0)).toEqual({ score: 0, bm25: 0, coverage: 0, inSentences: new Float64Array(1) });
  expect(matchArticle(generation, '?!', 0)).toBe(0);
});
