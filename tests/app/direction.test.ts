import { expect, test } from 'vitest';
import { directionOf } from '../../app/direction';

test.each([
  ['ar', 'Title', 'rtl'],
  ['he-IL', 'Title', 'rtl'],
  ['fa', 'Title', 'rtl'],
  ['az-Arab', 'Title', 'rtl'],
  ['en', 'מגדלור', 'ltr'],
  ['ja', '雪', 'ltr'],
  [null, '“المدينة”', 'rtl'],
  [null, '12 מגדלורים', 'rtl'],
  [null, 'The word שלום', 'ltr'],
  [null, '2024', 'ltr'],
  ['no language', 'المدينة', 'rtl'],
] as const)('an article in %s called %s is set %s', (language, title, direction) => {
  expect(directionOf({ language, title })).toBe(direction);
});
