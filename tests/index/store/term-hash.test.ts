import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countOf, countTerms, decodeCounts, encodeCounts, hashTerm, hashTerms } from '../../../lib/index/store/term-hash';

const arbitraryTerms = fc.array(fc.oneof(fc.constantFrom('river', 'eel', 'a', '水', '3.5'), fc.string({ maxLength: 4 })), { maxLength: 60 });

describe('a hash', () => {
  // http://www.isthe.com/chongo/tech/comp/fnv/: FNV-1a, 32 bits
  test.each([['', 0x811c9dc5], ['a', 0xe40c292c], ['foobar', 0xbf9cf968]])('of %j is %i', (term, hash) => {
    expect(hashTerm(term)).toBe(hash);
    expect([...hashTerms([term, 'b'])]).toEqual([hash, hashTerm('b')]);
  });

  test('differs for units beyond eight bits', () => {
    expect(new Set(['水', '氵', '沀', 'l', 'ű'].map(hashTerm)).size).toBe(5);
  });
});

describe('counts', () => {
  test('are those of each term, none for others, and come back whole wherever their bytes lie', () => {
    fc.assert(
      fc.property(arbitraryTerms, arbitraryTerms, fc.nat(7), (terms, others, shift) => {
        const naive = new Map<string, number>();
        for (const term of terms) naive.set(term, (naive.get(term) ?? 0) + 1);
        const made = countTerms(hashTerms(terms));
        const blob = encodeCounts(made);
        const around = Buffer.alloc(blob.length + 16, 0xab);
        blob.copy(around, shift);
        for (const counts of [made, decodeCounts(around.subarray(shift, shift + blob.length))]) {
          expect(counts.length).toBe(terms.length);
          expect(counts.hashes).toHaveLength(naive.size);
          for (const term of [...terms, ...others]) expect(countOf(counts, hashTerm(term))).toBe(naive.get(term) ?? 0);
        }
      }),
    );
  });

  test('are found at both ends and not beyond, also of hashes above 2³¹', () => {
    const counts = countTerms([0xffffffff, 1, 0x80000000, 1, 0]);
    expect([...counts.hashes]).toEqual([0, 1, 0x80000000, 0xffffffff]);
    expect([0, 1, 2, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff].map((hash) => countOf(counts, hash))).toEqual([1, 2, 0, 0, 1, 0, 1]);
  });

  test('of nothing are none', () => {
    const nothing = decodeCounts(encodeCounts(countTerms([])));
    expect(nothing.length).toBe(0);
    expect(countOf(nothing, hashTerm('river'))).toBe(0);
  });
});
