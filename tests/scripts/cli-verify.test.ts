import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { lines, pilcrow, Workspace, writeArticles, type Outcome } from './cli';

const workspace = new Workspace();
afterAll(() => { workspace.remove(); });

const verify = (...args: string[]) => pilcrow(['verify', ...args, '--index-dir', workspace.at('index')]);

/** What people script against: no field missing, none besides. */
const verifyDocument = z.strictObject({
  ok: z.boolean(),
  current: z.string().nullable(),
  generations: z.array(
    z.strictObject({
      id: z.string(),
      ok: z.boolean(),
      checks: z
        .array(z.strictObject({ name: z.string(), state: z.enum(['ok', 'remark', 'failed', 'skipped']), detail: z.string().nullable() }))
        .refine((checks) => checks.map(({ name }) => name).join(' ') === 'manifest files database passages map vectors recall model', 'a check is missing'),
    }),
  ),
  failures: z.array(z.string()),
  remarks: z.array(z.string()),
});
const report = ({ stdout }: Outcome) => verifyDocument.parse(JSON.parse(stdout));

let older: string;
let newer: string;
beforeAll(async () => {
  const articles = writeArticles(workspace);
  const index = async () => {
    const { stdout } = await pilcrow(['index', articles, '--json', '--index-dir', workspace.at('index')]);
    return (JSON.parse(stdout) as { generation: string }).generation;
  };
  older = await index();
  workspace.write('articles/salt.txt', 'Salt\nSalt is won from sea water in wide shallow pans, where sun and wind dry it within a few weeks.\n');
  newer = await index();
});

test('--help has its options and an example', async () => {
  const { code, stdout, stderr } = await pilcrow(['verify', '--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const option of ['--all', '--json', '--index-dir', 'PILCROW_INDEX_DIR', '--verbose']) expect(stdout).toContain(option);
  expect(stdout).toMatch(/^ {2}\$ pilcrow verify$/m);
});

describe('a whole index', () => {
  test('has a line for each check, and exit code 0', async () => {
    const { code, stdout, stderr } = await verify();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(lines(stdout)).toEqual([
      `${newer} (current)`,
      '  ✓ manifest',
      '  ✓ files',
      expect.stringMatching(/^ {2}✓ database {2}3 articles, \d passages$/),
      '  ✓ passages',
      expect.stringMatching(/^ {2}✓ map {7}\d regions?$/),
      expect.stringMatching(/^ {2}✓ vectors {3}\d vectors/),
      '  ✓ graph     recall@10 1.000 over 100 questions',
      '  ✓ model     all-MiniLM-L6-v2',
      'the generation is whole',
    ]);
  });

  test('--all has every generation, newest first; a beginning names one', async () => {
    const all = await verify('--all');
    expect(all.code).toBe(0);
    expect(lines(all.stdout).filter((line) => !line.startsWith(' '))).toEqual([`${newer} (current)`, older, 'all 2 generations are whole']);
    const one = await verify(older.slice(0, -1), '--json');
    expect(one).toMatchObject({ code: 0, stderr: '' });
    expect(report(one)).toMatchObject({ ok: true, current: newer, generations: [{ id: older, ok: true }], failures: [], remarks: [] });
  });
});

describe('what cannot be checked is one line and no document', () => {
  test.each<[string, string[], number, RegExp]>([
    ['a generation that is not there', ['2001', '--json'], 1, /^pilcrow: there is no generation "2001": see what there is with: pilcrow generations$/],
    ['a beginning of several', ['2', '--json'], 2, /^pilcrow: 2 generations begin with "2"/],
    ['all, and one of them', ['--all', '2', '--json'], 2, /^pilcrow: --all are all generations/],
  ])('%s', async (_, args, code, said) => {
    const outcome = await verify(...args);
    expect(outcome).toMatchObject({ code, stdout: '' });
    expect(lines(outcome.stderr)).toEqual([expect.stringMatching(said)]);
  });

  test('an index that is not there', async () => {
    const { code, stdout, stderr } = await pilcrow(['verify', '--index-dir', workspace.at('nowhere')]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(lines(stderr)).toEqual([expect.stringMatching(/^pilcrow: there is no index at /)]);
    expect(readdirSync(workspace.path)).not.toContain('nowhere');
  });
});

describe('a damaged index', () => {
  const file = (id: string, name: string) => workspace.at('index', 'generations', id, name);
  let vectors: Buffer;
  beforeAll(() => {
    vectors = readFileSync(file(newer, 'vectors.hnsw'));
    truncateSync(file(newer, 'vectors.hnsw'), 1000);
    mkdirSync(workspace.at('index', 'generations', '.building-1-abcdef'));
  });
  afterAll(() => { writeFileSync(file(newer, 'vectors.hnsw'), vectors); });

  test('is told with what is wrong, what could not be checked and what to do, and exit code 1', async () => {
    const { code, stdout, stderr } = await verify('--all');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const [current, other] = stdout.split('\n\n');
    expect(lines(current!)).toEqual([
      `${newer} (current)`,
      '  ✓ manifest',
      `  ✗ files     vectors.hnsw has 1000 bytes instead of ${vectors.length}`,
      expect.stringMatching(/^ {2}✓ database/),
      '  ✓ passages',
      expect.stringMatching(/^ {2}✓ map {7}\d regions?$/),
      '  – vectors   not checked: vectors.hnsw is not as it was written',
      '  – graph     not checked: vectors.hnsw is not as it was written',
      '  ✓ model     all-MiniLM-L6-v2',
    ]);
    expect(lines(other!)).toHaveLength(9);
    expect(other).not.toMatch(/[✗–!]/);
    const said = stdout.replace(/\s+/g, ' ');
    expect(said).toContain('! there are leftovers of runs that ended early, which the next run removes (.building-1-abcdef)');
    expect(said).toContain('pilcrow index repairs what is in use');
    expect(said).toContain('pilcrow rollback goes back');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test('--json says the same', async () => {
    const outcome = await verify('--json');
    expect(outcome).toMatchObject({ code: 1, stderr: '' });
    const { ok, generations, failures, remarks } = report(outcome);
    expect({ ok, failures, remarks: remarks.length }).toEqual({ ok: false, failures: [], remarks: 1 });
    expect(generations).toMatchObject([{ id: newer, ok: false, }]);
    expect(generations[0]?.checks.map(({ state }) => state)).toEqual(['ok', 'failed', 'ok', 'ok', 'ok', 'skipped', 'skipped', 'ok']);
  });

  test('of which another generation is whole: that one counts when it is named', async () => {
    expect(await verify(older)).toMatchObject({ code: 0, stdout: expect.stringContaining('the generation is whole') as string });
  });
});
