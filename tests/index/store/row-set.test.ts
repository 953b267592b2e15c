import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RowSet } from '../../../lib/index/store/row-set';

const COUNT = 40;
const rows = fc.uniqueArray(fc.nat(COUNT - 1));

test('combines as sets do', () => {
  fc.assert(
    fc.property(rows, rows, (a, b) => {
      const [one, other] = [RowSet.of(a, COUNT), RowSet.of(b, COUNT)];
      const ascending = (list: number[]) => [...list].sort((x, y) => x - y);
      expect([...one.toRows()]).toEqual(ascending(a));
      expect([...one.and(other).toRows()]).toEqual(ascending(a.filter((row) => b.includes(row))));
      expect([...one.without(other).toRows()]).toEqual(ascending(a.filter((row) => !b.includes(row))));
      expect(one.size).toBe(a.length);
      for (let row = 0; row < COUNT; row++) expect(one.has(row)).toBe(a.includes(row));
    }),
  );
});

test('leaves out rows beyond its count', () => {
  const set = RowSet.of([1, 2, 3], 2);
  expect([...set.toRows()]).toEqual([1]);
  expect(set.has(3)).toBe(false);
});
