import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyze, phraseOf, searchTermsOf, wordsOf } from '../../lib/index/analyze';

describe('analyze', () => {
  test.each([
    ['folds case and accents', 'Café CREME Ångström', ['cafe', 'creme', 'angstrom']],
    ['folds letters that have no accent to lose', 'Łódź Søren Straße œuvre', ['lodz', 'soren', 'strass', 'oeuvr']],
    ['stems English', 'running runs relational', ['run', 'run', 'relat']],
    ['stems to three letters at least', 'use used using US', ['use', 'use', 'use', 'us']],
    ['drops the possessive', 'the airport’s airport\'s', ['the', 'airport', 'airport']],
    ['does not see soft hyphens', 'ex\u00adam\u00adple', ['exampl']],
    ['keeps names with apostrophes whole', 'O\'Brien O’Brien OʼBrien', ['obrien', 'obrien', 'obrien']],
    ['parts elided articles', 'l’eau d\'Artagnan qu’il', ['l', 'eau', 'd', 'artagnan', 'qu', 'il']],
    ['leaves other scripts unstemmed', 'Москва Αθήνα', ['москва', 'αθηνα']],
    ['keeps vowel signs with their letters', 'हिन्दी', ['हिन्दी']],
    ['drops vowel points', 'שָׁלוֹם مَرْحَبًا', ['שלום', 'مرحبا']],
    ['finds no term in punctuation', '— … !? "*" (:) - & + #', []],
  ])('%s', (_, text, terms) => {
    expect(analyze(text)).toEqual(terms);
  });

  test.each([
    ['whole', 'in 1859 and 3570 volts', ['in', '1859', 'and', '3570', 'volt']],
    ['with decimals', '3.5% 3,5 0,125 10.30 v2.0', ['3.5', '3.5', '0.125', '10.30', 'v2.0']],
    ['without thousands separators', '1,000 1,234,567 1\'000 1’000 1\u00a0000 1.000.000 1,00,000 1,000km', ['1000', '1234567', '1000', '1000', '1000', '1000000', '100000', '1000km']],
    ['with both', '1,234.50 1.234,50', ['1234.50', '1234.50']],
    ['apart where they are several', '31.12.2020 1.2.3 1995,1996 1,2,3', ['31', '12', '2020', '1', '2', '3', '1995', '1996', '1', '2', '3']],
    ['apart from a fraction', '6½ hours', ['6', '1', '2', 'hour']],
    ['beside signs', '§ 5 §5 5\'10" -40 °C', ['5', '5', '5', '10', '40', 'c']],
  ])('takes numbers %s', (_, text, terms) => {
    expect(analyze(text)).toEqual(terms);
  });

  test.each([
    ['acronyms', 'U.S. US U.S.A. the U.S.\'s a.m. Ph.D. PhD', ['us', 'us', 'usa', 'the', 'us', 'am', 'phd', 'phd']],
    ['ampersands', 'AT&T AT&T\'s R&D', ['att', 'att', 'rd']],
    ['languages with signs', 'C++ C++11 C# F# cpp', ['cpp', 'cpp', '11', 'csharp', 'fsharp', 'cpp']],
    ['beginnings of compounds', 'e-mail email F-16 F16 Wi-Fi wifi sci-fi non-profit co-operate re\u2011elect', ['email', 'email', 'f16', 'f16', 'wifi', 'wifi', 'scifi', 'nonprofit', 'cooper', 'reelect']],
    ['no other compounds', 'COVID-19 well-known non-EU 5-a-side x86_64 US-China', ['covid', '19', 'well', 'known', 'non', 'eu', '5', 'a', 'side', 'x86', '64', 'us', 'china']],
    ['no sentences without a space', 'end.Then again', ['end', 'then', 'again']],
  ])('makes one of the spellings of %s', (_, text, terms) => {
    expect(analyze(text)).toEqual(terms);
  });

  test.each([
    ['cuts Chinese into pairs and the last character', '北京大学', ['北京', '京大', '大学', '学']],
    ['cuts Korean too', '서울에서', ['서울', '울에', '에서', '서']],
    ['keeps a single character', '猫', ['猫']],
    ['parts Latin from Japanese', 'iPhoneの価格', ['iphon', 'の価', '価格', '格']],
  ])('%s', (_, text, terms) => {
    expect(analyze(text)).toEqual(terms);
  });

  test('gives terms that full-text search can take as they are, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const term of analyze(text)) expect(term).toMatch(/^[\p{L}\p{N}\p{M}]+(\.[0-9]+[\p{L}\p{N}\p{M}]*)*$/u);
      }),
    );
  });

  test('a word by itself is the word that it is in a text', () => {
    fc.assert(fc.property(fc.stringMatching(/^[A-Za-z0-9]{1,20}$/), (word) => {
      expect(wordsOf(word)).toEqual(wordsOf(`${word} `));
    }));
  });

  test('needs no longer for odd texts than for others of their length', () => {
    for (const unit of ['1,22,', 'a.', 'a-', '1.2,3\'', 'a&', '1\u00a0', '\'a', '水-']) expect(analyze(unit.repeat(50_000)).length).toBeGreaterThan(0);
  });
});

describe('search terms', () => {
  test.each([
    ['are those of the index', 'U.S. Army', ['us', 'armi']],
    ['leave out the last character of a run', '北京大学', ['北京', '京大', '大学']],
    ['ask for what begins with a single character', '水 a', ['水*', 'a']],
  ])('%s', (_, text, terms) => {
    expect(searchTermsOf(wordsOf(text)).map(({ term, isPrefix }) => (isPrefix ? `${term}*` : term))).toEqual(terms);
  });
});

describe('a phrase', () => {
  test.each([
    ['has every term in order', 'The Who live', ['the', 'who', 'live'], false],
    ['may end within a run', '大学', ['大学'], false],
    ['may be one character of a run', '水', ['水'], true],
    ['may end with one character of a run', 'abc大', ['abc', '大'], true],
    ['keeps the ends of runs inside it', '大学 学校abc', ['大学', '学', '学校', '校', 'abc'], false],
  ])('%s', (_, text, terms, endsInPrefix) => {
    expect(phraseOf(text)).toEqual({ terms, endsInPrefix });
  });

  test('needs a term', () => {
    expect(phraseOf(' ?! ')).toBeNull();
  });
});
