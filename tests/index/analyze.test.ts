import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../lib/index/analyze';

describe('analyze', () => {
  test.each([
    ['folds case and accents', 'Café CREME Ångström', ['cafe', 'creme', 'angstrom']],
    ['stems English', 'running runs relational', ['run', 'run', 'relat']],
    ['drops the possessive', 'the airport’s airport\'s', ['the', 'airport', 'airport']],
    ['keeps numbers whole', 'in 1859 and 3570 volts', ['in', '1859', 'and', '3570', 'volt']],
    ['leaves other scripts unstemmed', 'Москва Αθήνα', ['москва', 'αθηνα']],
    ['keeps vowel signs with their letters', 'हिन्दी', ['हिन्दी']],
    ['cuts Chinese into pairs', '北京大学', ['北京', '京大', '大学']],
    ['keeps a single character', '猫', ['猫']],
    ['parts Latin from Japanese', 'iPhoneの価格', ['iphon', 'の価', '価格']],
    ['finds no term in punctuation', '— … !? "*" (:) -', []],
  ])('%s', (_, text, terms) => {
    expect(analyze(text)).toEqual(terms);
  });

  test('gives terms that full-text search can take as they are, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const term of analyze(text)) expect(term).toMatch(/^[^\s"'\u0000-\u002f]+$/u);
      }),
    );
  });
});
