import { describe, expect, test, vi } from 'vitest';
import { attempt, belongsInLog, publicLine, toPilcrowError } from '../../app/errors';
import { PilcrowError } from '../../lib/errors';

const SECRET = '/home/reader/secret';

describe('what leaves the machine', () => {
  test.each([
    ['k-out-of-range', 'k 0 is less than 1'],
    ['article-not-found', 'there is no article "x"'],
  ] as const)('%s: the message itself', (code, message) => {
    expect(publicLine(new PilcrowError(code, message))).toBe(message);
  });

  test.each(['index-missing', 'index-damaged', 'index-format', 'index-model', 'model-damaged', 'embedding-failed', 'internal'] as const)('%s: no path', (code) => {
    const line = publicLine(new PilcrowError(code, `cannot read ${SECRET}`, `look at ${SECRET}`));
    expect(line).not.toContain(SECRET);
    expect(line.length).toBeGreaterThan(20);
  });
});

test('who has to rebuild the index is told a command that works', () => {
  for (const code of ['index-damaged', 'index-format', 'index-model'] as const) {
    expect(publicLine(new PilcrowError(code, 'x'))).toMatch(/(repair it|bring it up to date) with npx pilcrow index$/);
  }
});

test('what is kept back is logged, except that there is no index yet', () => {
  const logged = (['usage', 'article-not-found', 'index-missing', 'index-damaged', 'internal'] as const).map((code) => belongsInLog(new PilcrowError(code, 'x')));
  expect(logged).toEqual([false, false, false, true, true]);
});

test('an error of another copy of the class is known again', () => {
  const stranger = Object.assign(new Error('no'), { name: 'PilcrowError', code: 'article-not-found', kind: 'missing' });
  expect(toPilcrowError(stranger)).toBe(stranger);
  expect(toPilcrowError(new TypeError('x')).code).toBe('internal');
});

test('a page tells its reader of everything that went wrong, and the log what it keeps back', async () => {
  const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const damaged = new PilcrowError('index-damaged', 'x');
  expect(await attempt(async () => 1)).toEqual({ value: 1, error: null });
  expect(await attempt(async () => Promise.reject(damaged))).toEqual({ value: null, error: damaged });
  expect(log).toHaveBeenCalledOnce();
  const { error } = await attempt(async () => Promise.reject(new TypeError('bug')));
  expect(error?.code).toBe('internal');
  expect(log).toHaveBeenCalledTimes(2);
  log.mockRestore();
});
