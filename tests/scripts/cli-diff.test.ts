import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rmSync } from 'node:fs';
import { z } from 'zod';
import { lines, pilcrow, Workspace, writeArticles } from './cli';

const workspace = new Workspace();
const env = { PILCROW_INDEX_DIR: workspace.at('index') };
const BEES = 'why did the bees not come home?';
const BRIDGE = 'when was the harbour bridge opened?';
let first = '';
let second = '';

const run = (...args: string[]) => pilcrow(args, env);
const generation = async () => (JSON.parse((await run('status', '--json')).stdout) as { generation: string }).generation;

beforeAll(async () => {
  const articles = writeArticles(workspace);
  expect((await run('index', articles)).code).toBe(0);
  first = await generation();
  for (const question of [BRIDGE, BEES]) expect((await run('questions', 'add', question)).code).toBe(0);
  rmSync(workspace.at('articles', 'bees.md'));
  for (let i = 0; i < 12; i++) workspace.write(`articles/note-${String(i).padStart(2, '0')}.txt`, `Note \u001b[31m${String(i)}\nThe train of platform ${String(i)} was late, and nobody on it minded.\n`);
  expect((await run('index')).code).toBe(0);
  second = await generation();
});
afterAll(() => { workspace.remove(); });

const name = z.strictObject({ id: z.string().min(1), source: z.string().min(1) });
const titled = name.extend({ title: z.string().min(1) });
const count = z.int().min(0);
const rank = z.int().min(1);
const passage = z.strictObject({ id: z.string().min(1), ordinal: rank, text: z.string().min(1), article: titled });
const diffDocument = z.strictObject({
  from: z.strictObject({ id: z.string(), createdAt: z.iso.datetime() }),
  to: z.strictObject({ id: z.string(), createdAt: z.iso.datetime() }),
  articles: z.strictObject({
    added: z.array(titled),
    removed: z.array(titled),
    changed: z.array(titled.extend({ passages: z.strictObject({ added: count, removed: count, same: count }) })),
    moved: z.array(titled.extend({ from: name })),
    unchanged: count,
  }),
  questions: z.array(z.strictObject({
    text: z.string(),
    within: rank,
    answerable: z.strictObject({ from: z.boolean(), to: z.boolean() }),
    pinned: z.strictObject({ from: rank.nullable(), to: rank.nullable() }).nullable(),
    entered: z.array(z.strictObject({ passage, to: rank })),
    left: z.array(z.strictObject({ passage, from: rank })),
    moved: z.array(z.strictObject({ passage, from: rank, to: rank })),
    unchanged: z.boolean(),
  })),
});

describe('diff', () => {
  test('--json is one document: what the last run changed', async () => {
    const { code, stdout, stderr } = await run('diff', '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { from, to, articles, questions } = diffDocument.parse(JSON.parse(stdout));
    expect([from.id, to.id]).toEqual([first, second]);
    expect(articles.added).toHaveLength(12);
    expect(articles).toMatchObject({ removed: [{ source: 'articles/bees.md', title: 'The quiet hives' }], changed: [], moved: [], unchanged: 1 });
    expect(questions.map(({ text }) => text)).toEqual([BRIDGE, BEES]);
    expect(questions[0]?.pinned).toEqual({ from: 1, to: 1 });
    expect(questions[1]).toMatchObject({ pinned: { from: 1, to: null }, answerable: { from: true }, unchanged: false });
    expect(questions[1]?.left).toContainEqual(expect.objectContaining({ from: 1, passage: expect.objectContaining({ article: expect.objectContaining({ title: 'The quiet hives' }) as object }) as object }));
  });

  test('shows what was lost first, cuts long lists, fits in 80 columns and lets no control character through', async () => {
    const { code, stdout, stderr } = await run('diff');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const shown = lines(stdout);
    expect(shown[0]).toMatch(new RegExp(`^from  ${first}  \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC$`));
    expect(shown[1]).toContain(second);
    expect(shown[2]).toMatch(/^questions {2}1 lost the pinned answer/);
    expect(shown[3]).toBe(`✗   2  ${BEES}`);
    expect(stdout).toMatch(/pinned answer lost: it was at place 1, now it is not within the\s+first 3/);
    expect(stdout).toContain('articles  12 added, 0 changed, 0 moved, 1 removed, 1 unchanged\n- The quiet hives\n  articles/bees.md\n+ Note');
    expect(stdout).toMatch(/ {2}and 2 more \(--json names them all\)\n$/);
    expect(stdout).not.toContain('\u001b');
    for (const line of shown) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('takes generations by the beginning of their ids, in the order given', async () => {
    const { from, to, questions } = diffDocument.parse(JSON.parse((await run('diff', second.slice(0, -2), first.slice(0, -2), '--json')).stdout));
    expect([from.id, to.id]).toEqual([second, first]);
    expect(questions[1]?.pinned).toEqual({ from: null, to: 1 });
    expect((await run('diff', second, first)).stdout).toMatch(/1 regained it[^]*✓ {3}2[^]*pinned answer regained: at place 1/);
  });

  test('of a generation with itself there is none', async () => {
    const { code, stdout } = await run('diff', second, second);
    expect(code).toBe(0);
    expect(lines(stdout).slice(2)).toEqual(['questions  2 unchanged (1 without the pinned answer in both)', 'articles  0 added, 0 changed, 0 moved, 0 removed, 13 unchanged']);
  });

  test('--articles asks nothing', async () => {
    const { stdout } = await run('diff', '--articles');
    expect(stdout).not.toContain('questions');
    expect(diffDocument.parse(JSON.parse((await run('diff', '--articles', '--json')).stdout)).questions).toEqual([]);
  });

  test('what is not there is one line and exit code 1', async () => {
    for (const [args, said] of [[['nothing'], /no generation "nothing"/], [[first, first.slice(0, -6) + 'zzzzzz'], /no generation/]] as const) {
      const { code, stdout, stderr } = await run('diff', ...args);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(lines(stderr)).toEqual([expect.stringMatching(said)]);
    }
    expect(await run('diff', '--index-dir', workspace.at('nothing'))).toMatchObject({ code: 1, stderr: expect.stringMatching(/no index/) as string });
    expect(await run('diff', '2')).toMatchObject({ code: 2, stderr: expect.stringMatching(/2 generations begin with "2"/) as string });
    expect(await run('diff', 'a', 'b', 'c')).toMatchObject({ code: 2, stderr: expect.stringMatching(/too many arguments/) as string });
  });

  test('--help shows examples', async () => {
    const { code, stdout } = await run('diff', '--help');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}\$ pilcrow diff$|^ {2}\$ pilcrow diff /m);
    for (const option of ['--json', '--index-dir', '--articles']) expect(stdout).toContain(option);
  });
});
