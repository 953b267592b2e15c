import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareReports, isKept, parseReport, type Figure } from '../../lib/benchmark';
import { renderComparisons } from '../../scripts/tasks/bench-check';
import { root } from '../../scripts/build-engine.mjs';
import { temporaryFolder } from '../evaluation/support';
import { figure, report, result, series } from './reports';

const against = (recorded: Partial<Figure>, now: Partial<Figure>) => compareReports(report(result({ figures: [figure(recorded)] })), report(result({ figures: [figure(now)] })), []);

describe('comparing with the record', () => {
  test.each<[string, Partial<Figure>, number, string]>([
    ['higher is better', { value: 2, better: 'higher' }, 1.71, 'kept'],
    ['higher is better', { value: 2, better: 'higher' }, 1.69, 'worse'],
    ['higher is better', { value: 2, better: 'higher' }, 9, 'kept'],
    ['lower is better', { value: 2, better: 'lower' }, 2.29, 'kept'],
    ['lower is better', { value: 2, better: 'lower' }, 2.31, 'worse'],
    ['lower is better', { value: 2, better: 'lower' }, 0.1, 'kept'],
    ['lower than nothing', { value: 0, better: 'lower' }, 0.01, 'worse'],
    ['nothing, still', { value: 0, better: 'lower' }, 0, 'kept'],
  ])('%s: %o, now %f: %s', (_, recorded, value, verdict) => {
    const [found] = against(recorded, { ...recorded, value });
    expect(found).toMatchObject({ verdict, recorded: recorded.value, now: value });
    expect(isKept([found!])).toBe(verdict === 'kept');
  });

  test('only ratios and shares are compared, and only those that are judged', () => {
    expect(against({ unit: 'ms', better: 'lower' }, { unit: 'ms', better: 'lower', value: 900 })).toEqual([]);
    expect(against({ better: null }, { better: null, value: 0.001 })).toEqual([]);
    expect(against({ unit: 'share' }, { unit: 'share', value: 0.1 })).toMatchObject([{ verdict: 'worse' }]);
  });

  test('what is missing is told and fails; what is new is told', () => {
    const found = against({ key: 'old' }, { key: 'fresh' });
    expect(found.map(({ key, verdict, recorded, now }) => [key, verdict, recorded, now])).toEqual([['fresh', 'new', null, 2], ['old', 'missing', 2, null]]);
    expect(isKept(found)).toBe(false);
    expect(isKept(found.slice(0, 1))).toBe(true);
  });

  test('a bench that must be there and is not is missing; of others the record may have more', () => {
    const record = report(result(), result({ name: 'indexing' }));
    expect(compareReports(record, report(), ['embedding']).map(({ bench, verdict }) => [bench, verdict])).toEqual([['embedding', 'missing']]);
    expect(isKept(compareReports(record, report(result()), ['embedding']))).toBe(true);
  });

  test('equal keys of different benches are different figures', () => {
    const record = report(result({ figures: [figure({ value: 1 })] }), result({ name: 'hnsw', figures: [figure({ value: 5 })] }));
    expect(compareReports(record, record, []).map(({ bench, recorded, gain }) => [bench, recorded, gain])).toEqual([['embedding', 1, 0], ['hnsw', 5, 0]]);
  });

  test('a loss of at most 15 % is kept, whichever way is better', () => {
    fc.assert(fc.property(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), fc.double({ min: -0.5, max: 0.5, noNaN: true }), fc.constantFrom('higher' as const, 'lower' as const), (value, gain, better) => {
      fc.pre(Math.abs(gain + 0.15) > 1e-6);
      const now = better === 'higher' ? value * (1 + gain) : value * (1 - gain);
      expect(against({ value, better }, { value: now, better })[0]?.verdict).toBe(gain < -0.15 ? 'worse' : 'kept');
    }));
  });

  test('the table has what is wrong on top, and every column in line', () => {
    const lines = renderComparisons(compareReports(
      report(result({ figures: [figure({ key: 'a', label: 'kept', value: 2 }), figure({ key: 'b', label: 'slower', value: 2 }), figure({ key: 'c', label: 'gone \u001b[31m' })] })),
      report(result({ figures: [figure({ key: 'a', label: 'kept', value: 3 }), figure({ key: 'b', label: 'slower', value: 1 })] })), []));
    expect(lines.map((line) => line.split(/ {2,}/)[1])).toEqual(['figure', expect.stringContaining('gone'), 'slower', 'kept']);
    expect(lines[2]).toMatch(/2\.00× +1\.00× +-50\.0 % {2}worse$/);
    expect(lines.join('\n')).not.toContain('\u001b');
  });
});

describe('reports', () => {
  test('are read as they were written', () => {
    const written = report(result({ figures: [figure({ range: [1, 3] })], series: [series()], checks: [{ label: 'l', passed: true, detail: 'd' }], notes: ['n'] }));
    expect(parseReport(JSON.stringify(written), 'r.json')).toEqual(written);
  });

  test.each([
    ['{', /^r\.json is no JSON$/],
    ['{}', /^r\.json is no report of benches: date: /],
    [JSON.stringify(report(result({ name: '../../etc' }))), /benches\.0\.name/],
    [JSON.stringify(report(result({ figures: [figure({ value: NaN })] }))), /benches\.0\.figures\.0\.value/],
  ])('%s is refused', (json, message) => {
    expect(() => parseReport(json, 'r.json')).toThrow(message);
  });
});

test('bench:check ends with 1 for what is no report, and says why', async () => {
  const path = join(await temporaryFolder(), 'nothing.json');
  await writeFile(path, '[]');
  const ended = await new Promise<{ code: unknown; stderr: string }>((resolve) => {
    execFile(process.execPath, [join(root, 'scripts', 'task.mjs'), 'bench-check', path, path], (error, _, stderr) => { resolve({ code: error?.code, stderr }); });
  });
  expect(ended).toEqual({ code: 1, stderr: 'bench:check: it takes one report, got 2\n  npm run bench:check -- FILE\n' });
});
