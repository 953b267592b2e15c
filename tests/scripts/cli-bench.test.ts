import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { BenchResult } from '../../lib/benchmark';
import { createBenchLine, renderBench, renderBenchProgress, renderMachine } from '../../scripts/terminal/bench';
import { styleFor } from '../../scripts/terminal/colour';
import { report, result } from '../benchmark/reports';
import { DOCUMENTS, jsonl } from '../evaluation/support';
import { bin, lines, outcome, pilcrow, run, Workspace, writeArticles, type Outcome } from './cli';

const workspace = new Workspace();
afterAll(() => { workspace.remove(); });

const axis = z.strictObject({ label: z.string(), unit: z.string() });
const benchDocument = z.strictObject({
  date: z.iso.datetime(),
  version: z.string(),
  machine: z.strictObject({ processor: z.string(), cores: z.int().positive(), memoryGb: z.number().positive(), platform: z.string(), node: z.string(), load: z.number().nonnegative() }),
  seed: z.int(),
  corpus: z.string(),
  quick: z.boolean(),
  benches: z.array(z.strictObject({
    name: z.string(),
    title: z.string(),
    date: z.iso.datetime(),
    figures: z.array(z.strictObject({
      key: z.string(),
      label: z.string(),
      unit: z.enum(['ms', 's', '/s', 'tokens/s', 'MB', 'kB', '×', 'share', 'count']),
      value: z.number(),
      range: z.tuple([z.number(), z.number()]).optional(),
      runs: z.int().positive(),
      better: z.enum(['higher', 'lower']).nullable(),
    })),
    series: z.array(z.strictObject({ key: z.string(), label: z.string(), x: axis, y: axis, points: z.array(z.tuple([z.number(), z.number()])) })),
    checks: z.array(z.strictObject({ label: z.string(), passed: z.boolean(), detail: z.string() })),
    notes: z.array(z.string()),
    tookMs: z.number().nonnegative(),
  })),
});

/** Scratch folders of the runs of this file are in a folder of their own, so that what is left can be seen. */
const temporary = workspace.at('tmp');
mkdirSync(temporary);
const bench = (args: readonly string[]) => pilcrow(['bench', ...args], { TMPDIR: temporary, PILCROW_INDEX_DIR: workspace.at('own-index') });
const leftOver = () => readdirSync(temporary).filter((name) => name.startsWith('pilcrow-bench-'));

describe('bench --json, on the sample articles', () => {
  let ran: Outcome;
  let report: z.output<typeof benchDocument>;
  beforeAll(async () => {
    ran = await bench(['query', 'hnsw', '--quick', '--json']);
    report = benchDocument.parse(JSON.parse(ran.stdout));
  });
  const figure = (name: string, key: string) => report.benches.find((one) => one.name === name)?.figures.find((one) => one.key === key)?.value ?? NaN;

  test('is one document; what was checked holds; nothing is left', () => {
    expect({ code: ran.code, stderr: ran.stderr, left: leftOver() }).toEqual({ code: 0, stderr: '', left: [] });
    expect(report.benches.map(({ name }) => name)).toEqual(['query', 'hnsw']);
    expect(report.benches.flatMap(({ checks }) => checks.filter(({ passed }) => !passed))).toEqual([]);
    expect(report).toMatchObject({ seed: 1, corpus: 'the sample articles', quick: true });
  });

  test('keys of figures are unique within a bench', () => {
    for (const { figures } of report.benches) expect(new Set(figures.map(({ key }) => key)).size).toBe(figures.length);
  });

  test('percentiles rise, and a part is no more than the whole', () => {
    expect(figure('query', 'total-p50')).toBeLessThanOrEqual(figure('query', 'total-p90'));
    expect(figure('query', 'total-p90')).toBeLessThanOrEqual(figure('query', 'total-p99'));
    for (const part of ['embed', 'dense', 'lexical', 'rank', 'rest']) expect(figure('query', `${part}-p50`)).toBeLessThan(figure('query', 'total-p50'));
  });

  test('the recall of each efSearch is a share, and that of all of so few passages whole', () => {
    const recall = report.benches[1]?.series.find(({ key }) => key === 'recall')?.points ?? [];
    expect(recall.map(([ef]) => ef)).toEqual([50, 100, 200, 400, 600, 800]);
    expect(recall.at(-1)?.[1]).toBe(1);
    for (const [, share] of recall) expect(share).toBeGreaterThan(0.8);
  });
});

describe('bench, as text', () => {
  test('names the machine, then has each bench with its checks', async () => {
    const corpus = workspace.write('corpus.jsonl', jsonl(DOCUMENTS));
    const { code, stdout, stderr } = await bench(['memory', '--quick', '--corpus', corpus, '--passages', '6', '--seed', '3']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [, about, title, ...rest] = lines(stdout);
    expect(about).toMatch(/^pilcrow .* · corpus\.jsonl, 6 passages of it, seed 3 · --quick: figures of little$/);
    expect(title).toMatch(/^What an index takes: in memory and on disk \(/);
    expect(rest).toContainEqual(expect.stringMatching(/^ {2}✓ an open index is in memory: 2 of 2 measurements$/));
    expect(rest).toContainEqual(expect.stringMatching(/^ {2}vectors\.hnsw, for each passage +[\d.]+ kB$/));
  });

  test('an index that is there is asked in place of one of the corpus', async () => {
    const articles = writeArticles(workspace);
    expect((await pilcrow(['index', articles, '--index-dir', workspace.at('theirs')])).code).toBe(0);
    const { code, stdout } = await bench(['query', '--quick', '--json', '--index-dir', workspace.at('theirs')]);
    expect(code).toBe(0);
    const { corpus, benches } = benchDocument.parse(JSON.parse(stdout));
    expect(corpus).toBe(`the index ${workspace.at('theirs')}, and the sample articles`);
    expect(benches[0]?.notes[0]).toMatch(/^\d different questions, one at a time, over 3 passages$/);
  });

  test('--save keeps what each bench found, beside what the file has of others', async () => {
    const file = workspace.write('saved.json', JSON.stringify(report({ ...result({ name: 'query' }), notes: ['before'] }, result({ name: 'memory', title: 'old' }))));
    const other = await bench(['memory', '--quick', '--save', file]);
    expect({ code: other.code, stdout: other.stdout }).toEqual({ code: 2, stdout: '' });
    expect(other.stderr).toMatch(/the file has figures of Some \| processor, 2 cores, .*: save them in a file of their own/);
    const own = workspace.at('own.json');
    expect(readFileSync(file, 'utf8')).toContain('"before"');
    expect((await bench(['memory', '--quick', '--save', own])).code).toBe(0);
    const saved = benchDocument.parse(JSON.parse(readFileSync(own, 'utf8')));
    expect(saved.benches.map(({ name }) => name)).toEqual(['memory']);
    expect(saved.benches[0]?.figures.length).toBeGreaterThan(2);
  });

  test.each([
    [['nothing'], /there is no bench "nothing": there are embedding, query, hnsw, memory/],
    [['query', '--passages', '0'], /--passages 0 is out of range: give a whole number from 1 on/],
    [['query', '--workers', 'two'], /--workers "two" is not a whole number/],
    [['query', '--seed', '4294967296'], /--seed 4294967296 is out of range: give a whole number from 0 to 4294967295/],
    [['memory', '--save', workspace.at('no/such/file.json')], /no\/such\/file\.json cannot be written: .*: name a file in a folder that is there/],
    [['query', '--index-dir', ''], /--index-dir names no folder/],
  ])('%j is refused', async (args, message) => {
    const { code, stdout, stderr } = await bench(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  test('a corpus that is not there is told', async () => {
    const { code, stderr } = await bench(['memory', '--corpus', workspace.at('none')]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/there is no corpus .*none: name a BEIR folder/);
  });

  test('interrupted, it ends with 130 and leaves nothing', async () => {
    const child = run(process.execPath, [bin, 'bench', 'query'], { TMPDIR: temporary });
    const ended = outcome(child);
    // The head is printed once the scratch folder is there.
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(/stopping at the next step/);
    expect(leftOver()).toEqual([]);
  });
});

describe('what is printed', () => {
  const style = styleFor({}, { NODE_ENV: 'test', NO_COLOR: '1' });
  const result: BenchResult = {
    name: 'x',
    title: 'Some\u001b[31m bench',
    date: '2026-01-02T03:04:05.000Z',
    figures: [
      { key: 'a', label: 'rate', unit: '/s', value: 1234.5, range: [1000, 2000], runs: 3, better: 'higher' },
      { key: 'b', label: 'longer label', unit: '×', value: 1.234, runs: 1, better: 'higher' },
      { key: 'c', label: 'part', unit: 'share', value: 0.98765, runs: 1, better: null },
    ],
    series: [],
    checks: [{ label: 'right', passed: true, detail: 'all' }, { label: 'same', passed: false, detail: 'none' }],
    notes: ['one'],
    tookMs: 1_500,
  };

  test('figures are aligned, with their ranges; checks and notes follow; nothing moves the cursor', () => {
    expect(renderBench(result, style)).toEqual([
      'Some␛[31m bench (1.5 s)',
      '  rate          1,235 /s  1,000 to 2,000, 3 runs',
      '  longer label   1.23 ×',
      '  part          0.988',
      '  ✓ right: all',
      '  ✗ same: none',
      '  · one',
    ]);
  });

  test('the machine is named with what else it did', () => {
    const machine = { processor: 'A CPU', cores: 1, memoryGb: 8, platform: 'linux x64', node: 'v20.9.0', load: 0.5 };
    expect(renderMachine({ machine, version: '1.2.3', seed: 4, corpus: 'these', quick: false }, style)).toEqual([
      'A CPU, 1 core, 8.0 GB',
      'pilcrow 1.2.3 · linux x64 · Node v20.9.0 · load 0.50 before · these, seed 4',
    ]);
    expect(renderMachine({ machine, version: '1.2.3', seed: 4, corpus: 'these', quick: true }, style)[1]).toMatch(/ · these, seed 4 · --quick: figures of little$/);
  });

  test('progress fits the terminal or is not shown', () => {
    const progress = { bench: 'query', label: 'asking', done: 50, total: 200, etaMs: 8_000 };
    expect(renderBenchProgress(progress, 80)).toBe('query: asking  25% · 8s left');
    expect(renderBenchProgress({ ...progress, etaMs: null }, 80)).toBe('query: asking  25%');
    expect(renderBenchProgress(progress, 20)).toBe('');
  });

  test('where there is no terminal nothing is written', () => {
    const written: unknown[] = [];
    const stream = { isTTY: false, write: (text: unknown) => written.push(text) > 0 } as unknown as NodeJS.WriteStream;
    const line = createBenchLine(stream);
    line.show({ bench: 'query', label: 'asking', done: 1, total: 2, etaMs: null });
    line.erase();
    expect(written).toEqual([]);
  });
});
