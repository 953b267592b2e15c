import { describe, expect, test } from 'vitest';
import type { StoredPassage } from '../../lib/index';
import { fold, type PageLimits } from '../../lib/search/fold';

const WIRE =
  'Inspectors seized forty thousand litres in a warehouse outside the port on Monday, after a laboratory found that most of the bottles held sunflower oil coloured with chlorophyll and sold at nine times its price.';
const EDITED = WIRE.replace('forty thousand', '40,000').replace('Monday', 'Tuesday');
const OTHER = 'The laboratory works with a mass spectrometer the size of a wardrobe, and a panel of eleven tasters who may not wear scent.';
const MORE = 'Two men were charged, and a third, who had owned the warehouse since spring, is thought to be abroad.';
const FED = 'The Federal Reserve entered the government securities market to arrange 1.5 billion dollars of customer repurchase agreements, a spokesman said, while funds were trading at 6 3/16 per cent.';

const LIMITS: PageLimits = { k: 10, perArticle: 100, givesWayAt: null, margin: 20 };

/** A passage of article `article`; each text a row. */
function passage(row: number, text: string, article: string): StoredPassage {
  const of = { row: article.charCodeAt(0), id: article, title: 'T', url: null, author: null, published: null, language: null, source: `${article}.md` };
  return { row, id: `${article}.p${row}`, ordinal: row, text, start: 0, end: text.length, section: null, page: null, article: of };
}

/** Ranked texts, each of the article with that letter; of articles of their own without letters. Scores are 1 unless given. */
function ranked(texts: string[], articles = 'abcdefghij', scores: number[] = []) {
  return texts.map((text, row) => ({ item: { row, score: scores[row] ?? 1 }, passage: passage(row, text, articles.charAt(row)) }));
}

/** Different texts, one for each letter. */
const different = (articles: string, scores: number[] = []) => ranked(['Apples', 'Bread', 'Cheese', 'Dates', 'Eels', 'Figs'], articles, scores);

const rows = (page: ReturnType<typeof fold>) => page.shown.map(({ passage: { row } }) => row);
const isFolded = (earlier: string, later: string) => fold(ranked([earlier, later]), LIMITS).shown.length === 1;

describe('repeats', () => {
  test('and edited copies are gathered under the better ranked', () => {
    const { shown } = fold(ranked([WIRE, OTHER, EDITED, WIRE]), LIMITS);
    expect(shown.map(({ passage: { row }, repeats }) => [row, repeats.map((other) => other.row)])).toEqual([[0, [2, 3]], [1, []]]);
  });

  test('are gathered still when the page is full, no further than asked for', () => {
    const repeatsOf = (margin: number) => fold(ranked([WIRE, OTHER, EDITED]), { ...LIMITS, k: 1, margin }).shown.map(({ repeats }) => repeats.length);
    expect(repeatsOf(20)).toEqual([1]);
    expect(repeatsOf(1)).toEqual([0]);
  });

  test('name each other article once, and never the passage’s own', () => {
    const { shown } = fold(ranked([WIRE, EDITED, WIRE, EDITED], 'aabb'), LIMITS);
    expect(shown.map(({ passage: { row }, repeats }) => [row, repeats.map((other) => other.row)])).toEqual([[0, [2]]]);
  });

  test.each([
    ['a paragraph to which another paper added a sentence', WIRE, `${WIRE} ${MORE}`, true],
    ['the same without that sentence', `${WIRE} ${MORE}`, WIRE, true],
    ['a sentence quoted from a long paragraph above it', `${MORE} ${OTHER} ${WIRE}`, MORE, true],
    ['a long paragraph that goes on from a sentence above it', MORE, `${MORE} ${OTHER} ${WIRE}`, false],
    ['another paragraph on the same subject', WIRE, OTHER, false],
    ['the same report with other numbers', FED, FED.replace('1.5', '2.5').replace('3/16', '1/8'), false],
    ['the same report with one number more', FED, FED.replace('a spokesman', 'a spokesman of 40'), true],
    ['a quotation with another number', `${FED} ${OTHER}`, FED.replace('1.5', '2.5'), false],
    ['different paragraphs with the same closing lines', `${WIRE} ${MORE}`, `${OTHER} ${MORE}`, false],
    ['a line that is the same', 'Yes, he said.', '“Yes,” he said', true],
    ['a line of two words with another', 'Photo: Bonnard', 'Photo: Brook', false],
    ['a line with another word', 'Bonnard was elected mayor of Lyon in March.', 'Brook was elected mayor of Lyon in March.', false],
    ['a line from a paragraph above it', `${WIRE} ${MORE}`, 'Two men were charged, and a third, who had owned the warehouse', true],
    ['signs that are the same', '* * *', '* * *', true],
    ['other signs', '* * *', '😀', false],
    ['a Chinese paragraph with an edited word', '检查人员周一在港口外的仓库查获了四万升油实验室发现大部分瓶装的是葵花籽油', '检查人员周二在港口外的仓库查获了四万升油实验室发现大部分瓶装的是葵花籽油', true],
    ['another Chinese paragraph', '检查人员周一在港口外的仓库查获了四万升油实验室发现大部分瓶装的是葵花籽油', '实验室使用一台衣柜大小的质谱仪和十一名品尝员组成的小组', false],
  ])('%s', (_, earlier, later, expected) => {
    expect(isFolded(earlier, later)).toBe(expected);
  });
});

describe('one article', () => {
  test('has no more passages on the page than it may', () => {
    const page = fold(different('aaabac'), { ...LIMITS, perArticle: 2 });
    expect(rows(page)).toEqual([0, 1, 3, 5]);
    expect(page.shown.map(({ moreInArticle }) => moreInArticle)).toEqual([2, 2, 0, 0]);
  });

  test('is said to have more only where they ranked high enough for the page', () => {
    const page = fold(different('aaabac'), { ...LIMITS, perArticle: 2, k: 3 });
    expect(rows(page)).toEqual([0, 1, 3]);
    expect(page.shown.map(({ moreInArticle }) => moreInArticle)).toEqual([1, 1, 0]);
  });

  test('has more where others have nothing near, in the order of the ranking', () => {
    const page = fold(different('aaabac', [1, 0.95, 0.8, 0.78, 0.7, 0.6]), { ...LIMITS, perArticle: 1, k: 4, givesWayAt: 0.8 });
    expect(rows(page)).toEqual([0, 1, 2, 3]);
    expect(page.isFull).toBe(true);
    const others = fold(different('aaabac', [1, 0.95, 0.8, 0.78, 0.77, 0.76]), { ...LIMITS, perArticle: 1, k: 3, givesWayAt: 0.8 });
    expect(rows(others)).toEqual([0, 3, 5]);
  });

  test('fills a page that would be short, in the order of the ranking', () => {
    const page = fold(different('aaabac'), { ...LIMITS, perArticle: 1, k: 5, givesWayAt: 0.8 });
    expect(rows(page)).toEqual([0, 1, 2, 3, 5]);
    expect(page.isFull).toBe(false);
    expect(page.shown.map(({ moreInArticle }) => moreInArticle)).toEqual([1, 1, 1, 0, 0]);
  });

  test('does not fill a page that others have filled', () => {
    const page = fold(different('aaabac'), { ...LIMITS, perArticle: 1, k: 3, givesWayAt: 0.8 });
    expect(rows(page)).toEqual([0, 3, 5]);
    expect(page.isFull).toBe(true);
  });

  test('may be named beside a repeat however many it has', () => {
    const { shown } = fold(ranked([OTHER, WIRE, MORE, EDITED], 'abab'), { ...LIMITS, perArticle: 1 });
    expect(shown.map(({ passage: { row }, repeats }) => [row, repeats.map((other) => other.row)])).toEqual([[0, []], [1, []]]);
    const { shown: both } = fold(ranked([WIRE, OTHER, EDITED], 'aab'), { ...LIMITS, perArticle: 2 });
    expect(both.map(({ passage: { row }, repeats }) => [row, repeats.map((other) => other.row)])).toEqual([[0, [2]], [1, []]]);
  });

  test('that has no room leaves a paragraph to the other that has it too', () => {
    const { shown } = fold(ranked([OTHER, WIRE, MORE, EDITED], 'aacb'), { ...LIMITS, perArticle: 1 });
    expect(shown.map(({ passage: { row }, repeats, moreInArticle }) => [row, repeats.map((other) => other.row), moreInArticle])).toEqual([[0, [], 0], [2, [], 0], [3, [1], 0]]);
  });
});
