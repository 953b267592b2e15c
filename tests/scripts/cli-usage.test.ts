import { readdirSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { lines, pilcrow, Workspace } from './cli';

const workspace = new Workspace();
afterAll(() => { workspace.remove(); });
const here = ['--index-dir', workspace.at('index')];

describe('help', () => {
  test('pilcrow --help names every command and shows an example', async () => {
    const { code, stdout, stderr } = await pilcrow(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const name of ['index', 'ask', 'related', 'status', 'generations', 'rollback', 'verify', 'diff', 'questions', 'eval', 'bench']) expect(stdout).toMatch(new RegExp(`^  ${name} .*\\w`, 'm'));
    expect(stdout).toContain('$ pilcrow ask ');
  });

  test.each([
    ['index', ['--full', '--dry-run', '--model', '--dtype', '--pooling', '--query-prefix', '--passage-prefix', '--workers', 'PILCROW_MODEL', '--watch', '--wait', '--guard', '--keep', '--no-cache']],
    ['ask', ['-k', '--mode', '--per-article', '--article', '--source', '--author', '--tag', '--language', '--from', '--to']],
    ['related', ['-k', '--per-article', '--article', '--source', '--author', '--tag', '--language', '--from', '--to']],
    ['status', []],
    ['generations', []],
    ['rollback', ['--wait']],
    ['verify', ['--all']],
    ['diff', ['--articles']],
    ['questions', ['add', 'remove', 'pin', 'check']],
  ])('pilcrow %s --help has its options and an example', async (name, options) => {
    const { code, stdout, stderr } = await pilcrow([name, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const option of [...options, '--json', '--index-dir', 'PILCROW_INDEX_DIR', '--verbose']) expect(stdout).toContain(option);
    expect(stdout).toMatch(new RegExp(`^ {2}\\$ pilcrow ${name}\\b`, 'm'));
    expect((await pilcrow(['help', name])).stdout).toBe(stdout);
  });

  test('pilcrow --version prints the package\'s version', async () => {
    expect(await pilcrow(['--version'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string });
  });

  test('pilcrow alone shows the help and counts as wrong usage', async () => {
    expect(await pilcrow([])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('Usage: pilcrow') as string });
  });
});

describe('wrong usage is one line on stderr, nothing on stdout, and exit code 2', () => {
  test.each([
    ['an unknown flag', ['ask', '--mod', 'dense', 'x'], /unknown option '--mod'.*--mode.*pilcrow ask --help/],
    ['an unknown flag of its own kind', ['status', '--fast'], /unknown option '--fast'/],
    ['an unknown command', ['aks', 'x'], /unknown command 'aks'.*ask.*pilcrow --help/],
    ['no question', ['ask'], /question is empty/],
    ['an empty question', ['ask', ''], /question is empty/],
    ['a question of white space', ['ask', ' ', '\t'], /question is empty/],
    ['a question of 100,000 characters', ['ask', 'a'.repeat(100_000)], /100,000 characters.*2,000/],
    ['k of 0', ['ask', '-k', '0', 'x'], /k 0 is less than 1.*1 to 100/],
    ['k of 10,000', ['ask', '-k', '10000', 'x'], /k 10000 is more than 100/],
    ['k that is no number', ['ask', '-k', 'ten', 'x'], /k "ten" is not a whole number.*1 to 100/],
    ['an empty k', ['ask', '-k', '', 'x'], /k "" is not a whole number.*1 to 100/],
    ['k with an exponent', ['ask', '-k', '1e1', 'x'], /k "1e1" is not a whole number/],
    ['k of 2.5', ['ask', '-k', '2.5', 'x'], /k "2.5" is not a whole number/],
    ['an empty k for related', ['related', '-k', '', 'a.p1'], /k "" is not a whole number/],
    ['k without a value', ['ask', 'x', '-k'], /'-k <count>' argument missing/],
    ['k of 0 for related', ['related', '-k', '0', 'a.p1'], /k 0 is less than 1/],
    ['none of an article', ['ask', '--per-article', '0', 'x'], /perArticle 0 is less than 1.*1 to 100/],
    ['a limit per article that is no number', ['related', '--per-article', 'all', 'a.p1'], /--per-article "all" is not a whole number.*1 to 100/],
    ['an unknown mode', ['ask', '--mode', 'fuzzy', 'x'], /mode "fuzzy" is not one of hybrid, dense, lexical/],
    ['a date that is none', ['ask', '--from', 'yesterday', 'x'], /from "yesterday" is not a date like 2024/],
    ['no passage id', ['related'], /missing required argument 'passage-id'/],
    ['too many arguments', ['status', 'now'], /too many arguments/],
    ['an unknown dtype', ['index', '--dtype', 'int4'], /'int4' is invalid.*int8, fp32/],
    ['an unknown pooling', ['index', '--pooling', 'max'], /'max' is invalid.*mean, cls/],
    ['no workers', ['index', '--workers', '0'], /--workers 0 .*1 to 64/],
    ['workers that are no number', ['index', '--workers', '1e1'], /--workers "1e1" is not a whole number.*1 to 64/],
    ['an address that is none', ['index', 'https://'], /https:\/\/ is no address/],
    ['an address with a password', ['index', 'https://me:secret@example.com/'], /example\.com is named with a password/],
  ])('%s', async (_, args, said) => {
    const { code, stdout, stderr } = await pilcrow([args[0] ?? '', ...here, ...args.slice(1)]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(lines(stderr)).toEqual([expect.stringMatching(said)]);
    expect(stderr).toMatch(/^pilcrow: /);
  });

  test('with --json too', async () => {
    const { code, stdout, stderr } = await pilcrow(['ask', '--json', '-k', '0', 'x', ...here]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(lines(stderr)).toHaveLength(1);
  });
});

describe('without an index', () => {
  test.each([
    ['ask', ['ask', 'what', 'now?']],
    ['ask --json', ['ask', '--json', 'what now?']],
    ['related', ['related', 'a.p1']],
    ['status', ['status', '--json']],
  ])('%s fails with one line that says what to do', async (_, args) => {
    const { code, stdout, stderr } = await pilcrow([...args, ...here]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(lines(stderr)).toEqual([expect.stringMatching(/no index.*pilcrow index/)]);
  });

  test('--verbose adds the code and the stack', async () => {
    const { code, stdout, stderr } = await pilcrow(['status', '--verbose', ...here]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('[index-missing]');
    expect(stderr).toMatch(/^\s+at .*lib\/index\/\S+\.ts:\d+/m);
  });

  test('PILCROW_INDEX_DIR names the index, --index-dir wins over it', async () => {
    const env = { PILCROW_INDEX_DIR: workspace.at('elsewhere') };
    expect((await pilcrow(['status'], env)).stderr).toContain(workspace.at('elsewhere'));
    expect((await pilcrow(['status', ...here], env)).stderr).toContain(workspace.at('index'));
  });

  test('npm run means paths where it is called, whatever folder npm goes to', async () => {
    const npm = { npm_lifecycle_event: 'status', INIT_CWD: workspace.path };
    expect((await pilcrow(['status', '--index-dir', 'from-here'], npm)).stderr).toContain(workspace.at('from-here'));
    expect((await pilcrow(['status'], { ...npm, PILCROW_INDEX_DIR: 'from-here' })).stderr).toContain(workspace.at('from-here'));
    expect((await pilcrow(['index', 'art', '--dry-run', ...here], { ...npm, npm_lifecycle_event: 'index' })).stderr).toContain(workspace.path);
    // Some other script that goes somewhere and calls pilcrow there.
    expect((await pilcrow(['status', '--index-dir', 'from-here'], { ...npm, npm_lifecycle_event: 'test' })).stderr).not.toContain(workspace.path);
  });

  test('nothing is made by asking', () => {
    expect(readdirSync(workspace.path)).toEqual([]);
  });
});
