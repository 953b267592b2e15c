import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitSentences } from '../../lib/passage';

function sentences(text: string, language?: string): string[] {
  return splitSentences(text, language).map(({ start, end }) => text.slice(start, end));
}

/** Each `|` is where the text must be split; everywhere else it must not. */
const ENGLISH = [
  'Dr. Smith met Mr. and Mrs. Jones.|They talked.',
  'He moved to the U.S.|The weather was better.',
  'The U.S. Senate and the U.K. Parliament agreed.',
  'It began at 9 a.m. Tuesday and ended at 5 p.m.|He left.',
  'It began at 9 a.m. and ended late.',
  'Some birds, e.g. Swifts, i.e. Apus, sleep aloft.|Others do not.',
  'Borg vs. McEnroe was close.|It rained.',
  'See No. 5 and No. 12.|Then go.',
  'He said no.|She said yes.',
  '“No.”|“Why?”',
  'St. Paul stands on Main St.|The river is near.',
  'On Jan. 3 and Sept. 11 it closed.|It opened in Feb.|The rest is known.',
  'J. R. R. Tolkien wrote it.|C. S. Lewis read it.',
  'George W. Bush spoke.|J. A. Smith listened.',
  'Smith et al. found it.|Jones et al. (2010) did not.',
  'It cost 3.5 million, or .75 of that.|Fine.',
  'Well... perhaps not.|Wait...|What?',
  'Well… perhaps not.|Wait…|What?',
  'He said, “I see.”|Then he left.',
  '“Stop!” he cried.|Nobody did.',
  '"Where?" she asked.|"There."|He pointed.',
  '(This is one.)|And this (see p. 4) is another.',
  'Yahoo! is a company.|Really?!|Yes.',
  'Footnoted.[1]|The next one.[2][3]|Last.',
  'Squared.²|The next.',
  'Apple Inc. Chairman Levinson spoke.|He works at Apple Inc.|The firm denied it.',
  'Martin Luther King Jr. Day is a holiday.',
  'A sales rep.|She called.',
  'Version 2.0.1 is out.|See www.example.com for it.',
  'She has a Ph.D. in physics.|He has a Ph.D.|They met.',
  '1. The first item.|2. The second.',
  'One sentence without an end',
  'p is a factor of q.|Wilson knew.',
  'In Roe v. Wade it held.|Then it did not.',
  'It was (he said.) all right.',
  'Mt. Everest, Ft. Worth and Gen. Lee.|Prof. Ada agreed.',
  'The file is a.txt.|Open it.',
  'See fig. 3 and pp. 12–14.|The fig.|Nothing.',
  'First line\nsecond line.\n\nThird.',
];

const OTHERS: [string, string][] = [
  ['de', 'Am 3. Oktober 1990 war es so weit.|Das war z. B. Berlin.|Dann kam Nr. 5.'],
  ['de', 'Er kam bzw. ging usw.|Danach war Ruhe.'],
  ['de', 'Am 12. Mai.|„Ja.“|Hr. Müller, d. h. Dr. Müller, lacht.'],
  ['fr', 'M. Dupont et Mme. Durand arrivent.|« Oui. »|Il part.'],
  ['fr', 'Vers 50 av. J.-C. César écrit.|Le texte reste.'],
  ['es', 'El Sr. García y la Sra. López viven en EE. UU. desde enero.|¿Qué?|¡No!|Sí.'],
  ['zh', '今天下雨。|你去吗？|去！|“好。”|他说。'],
  ['ja', '今日は晴れ。|「はい。」と言った。|そう。|「いいえ。」|終わり。'],
];

function expected(marked: string): [string, string[]] {
  const cjk = /\p{Script=Han}/u.test(marked);
  const text = marked.replaceAll('|', cjk ? '' : ' ');
  return [text, marked.split(/\||\n+/)];
}

describe('splitSentences', () => {
  test.each(ENGLISH)('English: %s', (marked) => {
    const [text, sentenceList] = expected(marked);
    expect(sentences(text)).toEqual(sentenceList);
  });

  test.each(OTHERS)('%s: %s', (language, marked) => {
    const [text, sentenceList] = expected(marked);
    expect(sentences(text, language)).toEqual(sentenceList);
  });

  test('an unknown or malformed language gets English rules', () => {
    const text = 'Dr. Smith left. He came back.';
    for (const language of ['xx-invalid-tag-@', 'tlh', '', null]) {
      expect(splitSentences(text, language)).toEqual(splitSentences(text, 'en'));
    }
  });

  test('nothing comes of nothing', () => {
    expect(splitSentences('')).toEqual([]);
    expect(splitSentences(' \n\t\u00a0')).toEqual([]);
  });

  test('a sentence longer than the window stays whole', () => {
    const long = `It ${'went on and '.repeat(3000)}on.`;
    expect(sentences(`Short. ${long} Short again.`)).toEqual(['Short.', long, 'Short again.']);
  });

  test('windows make no difference to where sentences end', () => {
    const text = 'Dr. Smith met J. R. R. Tolkien in the U.S. in 1937. “Stop!” he cried. He stopped. '.repeat(300);
    expect(splitSentences(text)).toHaveLength(900);
  });

  test.each([
    ['five megabytes without a space', 'a'.repeat(5_000_000)],
    ['five megabytes of words', 'word '.repeat(1_000_000)],
    ['five megabytes of short sentences', 'It is so. '.repeat(500_000)],
    ['a megabyte of full stops', '.'.repeat(1_000_000)],
    ['a megabyte of initials', 'J. '.repeat(333_333)],
    ['a megabyte of ellipses', '… A'.repeat(333_333)],
    ['a megabyte of opening brackets', '.['.repeat(500_000)],
    ['a megabyte of line breaks', '.\n'.repeat(500_000)],
    ['a megabyte of spaces in between', `One.${' '.repeat(1_000_000)}Two.`],
    ['a megabyte of Chinese', '今天下雨。'.repeat(200_000)],
  ])('%s take seconds', (_, text) => {
    // What takes minutes is ended by the test's limit.
    expect(splitSentences(text).at(-1)?.end).toBe(text.trimEnd().length);
  });

  test('sentences cover everything that can be seen, once and in order', () => {
    const piece = fc.constantFrom('Dr. ', 'U.S. ', 'The ', '. ', '…', '"', '”', '[1]', '\n', ' ', 'a', 'B', '。', '「', '」', '3', '? ', '!', '(', ')', '\u0301', '👍🏽');
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.array(piece, { maxLength: 200 }).map((parts) => parts.join('')));
    fc.assert(
      fc.property(text, fc.constantFrom('en', 'de', 'ja', null), (input, language) => {
        let at = 0;
        for (const { start, end } of splitSentences(input, language)) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(input.slice(at, start).trim()).toBe('');
          expect(end).toBeGreaterThan(start);
          expect(input.slice(start, end)).toBe(input.slice(start, end).trim());
          at = end;
        }
        expect(input.slice(at).trim()).toBe('');
      }),
      { numRuns: 500 },
    );
  });
});
