import { describe, expect, test } from 'vitest';
import type { StoredPassage } from '../../lib/index';
import { fold, sameWording, wordingOf } from '../../lib/search/fold';

const WIRE =
  'Inspectors seized forty thousand litres in a warehouse outside the port on Monday, after a laboratory found that most of the bottles held sunflower oil coloured with chlorophyll and sold at nine times its price.';
const EDITED = WIRE.replace('forty thousand', '40,000').replace('Monday', 'Tuesday');
const OTHER = 'The laboratory works with a mass spectrometer the size of a wardrobe, and a panel of eleven tasters who may not wear scent.';

function passage(row: number, text: string): StoredPassage {
  const article = { row, id: `a${row}`, title: 'T', url: null, author: null, published: null, language: null, source: `a${row}.md` };
  return { row, id: `a${row}.p1`, ordinal: 1, text, start: 0, end: text.length, section: null, page: null, article };
}

const ranked = (texts: string[]) => texts.map((text, row) => ({ item: row, passage: passage(row, text) }));

describe('fold', () => {
  test('gathers the same paragraph and its edited copy under the better ranked', () => {
    const folded = fold(ranked([WIRE, OTHER, EDITED, WIRE]), 10, 20);
    expect(folded.map(({ kept }) => kept)).toEqual([0, 1]);
    expect(folded[0]?.repeats.map(({ row }) => row)).toEqual([2, 3]);
  });

  test('goes on gathering repeats when the page is full', () => {
    const folded = fold(ranked([WIRE, OTHER, EDITED]), 1, 20);
    expect(folded).toHaveLength(1);
    expect(folded[0]?.repeats.map(({ row }) => row)).toEqual([2]);
  });

  test('looks no further than asked for', () => {
    expect(fold(ranked([WIRE, OTHER, EDITED]), 1, 1)[0]?.repeats).toEqual([]);
  });

  test('names each other article once, and never the passage’s own', () => {
    const [first, again, elsewhere] = [passage(0, WIRE), { ...passage(1, EDITED), article: passage(0, WIRE).article }, passage(2, WIRE)];
    const twice = { ...passage(3, EDITED), article: elsewhere.article };
    const folded = fold([first, again, elsewhere, twice].map((item) => ({ item: item.row, passage: item })), 10, 20);
    expect(folded).toHaveLength(1);
    expect(folded[0]?.repeats.map(({ row }) => row)).toEqual([2]);
  });

  test('keeps paragraphs apart that share a subject, not their wording', () => {
    expect(sameWording(wordingOf({ text: WIRE }), wordingOf({ text: OTHER }))).toBe(false);
  });

  test('keeps a short paragraph apart from a long one that quotes it', () => {
    expect(sameWording(wordingOf({ text: WIRE }), wordingOf({ text: `${WIRE} ${OTHER} ${OTHER.toUpperCase()} Further tests are due.` }))).toBe(false);
  });

  test('compares texts without spaces', () => {
    const text = '检查人员周一在港口外的仓库查获了四万升油实验室发现大部分瓶装的是葵花籽油';
    expect(sameWording(wordingOf({ text }), wordingOf({ text: text.replace('周一', '周二') }))).toBe(true);
    expect(sameWording(wordingOf({ text }), wordingOf({ text: '实验室使用一台衣柜大小的质谱仪和十一名品尝员组成的小组' }))).toBe(false);
  });
});
