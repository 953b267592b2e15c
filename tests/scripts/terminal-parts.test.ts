import { PassThrough } from 'node:stream';
import { describe, expect, test, vi } from 'vitest';
import type { BuildProgress } from '../../lib/index';
import { styleFor } from '../../scripts/terminal/colour';
import { exitCodeOf } from '../../scripts/terminal/exit';
import { ago, clock, count, duration, size } from '../../scripts/terminal/numbers';
import { reportError } from '../../scripts/terminal/messages';
import { createProgressLine, renderProgress } from '../../scripts/terminal/progress';
import { PilcrowError } from '../../lib/errors';

const progress: BuildProgress = { phase: 'embedding', articles: 120, passages: 1_240, embedded: 900, rate: 412.3, done: 0.414, etaMs: 80_000 };

describe('progress', () => {
  test('says phase, share, passages, rate and time left', () => {
    expect(renderProgress(progress, 100)).toBe('embedding  ████████░░░░░░░░░░░░  41%  1,240 passages · 412/s · 1m 20s left');
  });

  test('leaves out what is not known yet', () => {
    expect(renderProgress({ ...progress, phase: 'reading', rate: null, done: 0, etaMs: null }, 100)).toBe('reading    ░░░░░░░░░░░░░░░░░░░░   0%  1,240 passages');
  });

  test('keeps the time left longest on a narrow terminal', () => {
    expect(renderProgress(progress, 70)).toMatch(/passages · 1m 20s left$/);
  });

  test.each([
    [73, 'embedding  ████████░░░░░░░░░░░░  41%  1,240 passages · 1m 20s left'],
    [64, 'embedding  ████████░░░░░░░░░░░░  41%  1m 20s left'],
    [40, 'embedding   41%  1m 20s left'],
    [20, 'embedding   41%'],
    [10, '41%'],
    [2, ''],
  ])('in %i columns leaves out whole parts, the bar before the time left', (width, expected) => {
    expect(renderProgress(progress, width)).toBe(expected);
  });

  test('rewrites one line and erases it at the end', () => {
    const stream = terminal();
    const line = createProgressLine(stream);
    line.show(progress);
    line.show({ ...progress, done: 0.5 });
    line.erase();
    line.erase();
    expect(written(stream).match(/\r\u001b\[K/g)).toHaveLength(3);
    expect(written(stream)).toMatch(/50%[^\n]*\r\u001b\[K$/);
  });

  test('is silent where there is no terminal', () => {
    const stream = Object.assign(terminal(), { isTTY: false });
    createProgressLine(stream).show(progress);
    expect(written(stream)).toBe('');
  });

  function terminal(): NodeJS.WriteStream {
    return Object.assign(new PassThrough(), { isTTY: true, columns: 90 }) as unknown as NodeJS.WriteStream;
  }

  function written(stream: NodeJS.WriteStream): string {
    const chunk = (stream as unknown as PassThrough).read() as Buffer | null;
    if (chunk !== null) (stream as unknown as PassThrough).unshift(chunk);
    return chunk?.toString() ?? '';
  }
});

describe('styleFor', () => {
  const tty = { isTTY: true, columns: 60 };
  const pipe = { isTTY: false, columns: 0 };

  test.each([
    ['a terminal', tty, {}, true],
    ['a pipe', pipe, {}, false],
    ['NO_COLOR on a terminal', tty, { NO_COLOR: '1' }, false],
    ['an empty NO_COLOR', tty, { NO_COLOR: '' }, true],
    ['FORCE_COLOR into a pipe', pipe, { FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR=0 on a terminal', tty, { FORCE_COLOR: '0' }, false],
    ['NO_COLOR against FORCE_COLOR', pipe, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    ['a terminal that can do nothing', tty, { TERM: 'dumb' }, false],
    ['CI, which is no terminal', pipe, { CI: '1' }, false],
  ])('%s', (_, stream, env, coloured) => {
    const style = styleFor(stream, env as unknown as NodeJS.ProcessEnv);
    expect(style.coloured).toBe(coloured);
    expect(style.colours.bold('x') !== 'x').toBe(coloured);
  });

  test('takes the terminal\'s width, at most 100, and 80 where there is none', () => {
    expect(styleFor(tty, {} as NodeJS.ProcessEnv).width).toBe(60);
    expect(styleFor({ isTTY: true, columns: 240 }, {} as NodeJS.ProcessEnv).width).toBe(100);
    expect(styleFor({ isTTY: true, columns: 0 }, {} as NodeJS.ProcessEnv).width).toBe(80);
    expect(styleFor(pipe, {} as NodeJS.ProcessEnv).width).toBe(80);
  });
});

describe('numbers', () => {
  test.each([[400, '1s'], [8_400, '8s'], [59_700, '1m 00s'], [80_000, '1m 20s'], [7_500_000, '2h 05m']])('clock(%i) is %s', (ms, expected) => {
    expect(clock(ms)).toBe(expected);
  });

  test.each([[0, '0.0 s'], [3_120, '3.1 s'], [9_960, '10s'], [80_000, '1m 20s']])('duration(%i) is %s', (ms, expected) => {
    expect(duration(ms)).toBe(expected);
  });

  test.each([[0, '0 B'], [999, '999 B'], [3_400, '3.4 kB'], [120_000, '120 kB'], [999_600, '1.0 MB'], [1_234_000_000, '1.2 GB']])('size(%i) is %s', (bytes, expected) => {
    expect(size(bytes)).toBe(expected);
  });

  test.each([[20_000, 'just now'], [60_000, '1 minute ago'], [7_200_000, '2 hours ago'], [864_000_000, '10 days ago']])('ago(%i) is %s', (ms, expected) => {
    expect(ago(ms)).toBe(expected);
  });

  test('count parts thousands', () => {
    expect(count(1_234_567.4)).toBe('1,234,567');
  });
});

test('--verbose shows what a worker said, which comes as text', () => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  reportError(new PilcrowError('embedding-failed', 'a passage cannot be embedded', null, { cause: new Error('outer', { cause: 'TypeError: x\n    at worker.ts:1' }) }), { verbose: true });
  const said = write.mock.calls.map(([text]) => String(text)).join('');
  write.mockRestore();
  expect(said).toMatch(/^pilcrow: a passage cannot be embedded\n\[embedding-failed\] .*\ncaused by Error: outer\n/s);
  expect(said).toMatch(/\ncaused by TypeError: x\n {4}at worker\.ts:1\n$/);
});

describe('exitCodeOf', () => {
  test.each([
    ['query-empty', 2],
    ['passage-not-found', 1],
    ['file-binary', 1],
    ['index-missing', 1],
    ['model-damaged', 1],
    ['interrupted', 130],
  ] as const)('%s ends with %i', (code, expected) => {
    expect(exitCodeOf(new PilcrowError(code, 'x'))).toBe(expected);
  });

  test('anything else ends with 1', () => {
    expect(exitCodeOf(new TypeError('x'))).toBe(1);
  });
});
