import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { withWriterLock } from '../../lib/index';
import { bin, lines, outcome, pilcrow, run, Workspace, writeArticles } from './cli';

const workspace = new Workspace();
afterAll(() => { workspace.remove(); });

const count = z.int().min(0);
const generationsDocument = z.array(z.strictObject({
  id: z.string(),
  current: z.boolean(),
  createdAt: z.iso.datetime().nullable(),
  parent: z.string().nullable(),
  articles: count.nullable(),
  passages: count.nullable(),
  bytes: count,
  model: z.strictObject({ id: z.string(), dimensions: count }).nullable(),
  changes: z.strictObject({ added: count, changed: count, moved: count, removed: count, unchanged: count }).nullable(),
  state: z.enum(['ok', 'damaged', 'other-format']),
  problem: z.string().nullable(),
  beingRead: z.boolean().nullable(),
}));
const rollbackDocument = z.strictObject({ from: z.string().nullable(), to: z.string(), changed: z.boolean() });

/** Oldest first. */
const ids: string[] = [];
let articles: string;

beforeAll(async () => {
  articles = writeArticles(workspace);
  const index = async () => {
    expect((await pilcrow(['index', articles, '--index-dir', workspace.at('index')])).code).toBe(0);
    ids.push(currentOf('index'));
  };
  await index();
  workspace.write('articles/rye.txt', 'Baking rye\nRye dough is sticky, so the baker shapes it with wet hands.\n');
  await index();
  workspace.write('articles/tides.txt', 'What moves the sea\nThe tides are moved by the moon, which pulls at the water nearest to it.\n');
  await index();
});

function currentOf(dir: string): string {
  return readFileSync(workspace.at(dir, 'current'), 'utf8').trim();
}

/** A copy of the index to work on. */
function copy(name: string) {
  cpSync(workspace.at('index'), workspace.at(name), { recursive: true });
  const here = ['--index-dir', workspace.at(name)];
  return {
    generations: (...args: string[]) => pilcrow(['generations', ...args, ...here]),
    rollback: (...args: string[]) => pilcrow(['rollback', ...args, ...here]),
    ask: async () => (JSON.parse((await pilcrow(['ask', 'what moves the tides?', '--json', ...here])).stdout) as { results: { article: { title: string } }[] }).results.map(({ article }) => article.title),
    file: (id: string, ...names: string[]) => workspace.at(name, 'generations', id, ...names),
  };
}

describe('pilcrow generations', () => {
  test('--json has every generation, newest first', async () => {
    const { code, stdout, stderr } = await copy('listed').generations('--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(generationsDocument.parse(JSON.parse(stdout))).toMatchObject([
      { id: ids[2], current: true, parent: ids[1], articles: 4, changes: { added: 1 }, state: 'ok', problem: null, beingRead: false },
      { id: ids[1], current: false, parent: ids[0], articles: 3 },
      { id: ids[0], current: false, parent: null, articles: 2 },
    ]);
  });

  test('without it a table of 80 columns, with what pilcrow rollback would do', async () => {
    const { generations, file } = copy('table');
    truncateSync(file(ids[1] ?? '', 'vectors.hnsw'), 10);
    const { code, stdout } = await generations();
    expect(code).toBe(0);
    const said = stdout.split('\n');
    for (const line of said) expect(line.length).toBeLessThanOrEqual(80);
    const below = (id: string | undefined) => said.slice(said.findIndex((line) => line.slice(2).startsWith(id ?? '?'))).slice(0, 3);
    expect(below(ids[2])).toEqual([expect.stringMatching(/^\* \S+ +just now|minutes? ago +4 +\d+ +\d+ kB$/), `  1 added · from ${ids[1] ?? ''}`, expect.anything()]);
    expect(below(ids[1])[1]).toMatch(/^ {2}is damaged: vectors\.hnsw has 10 bytes instead of \d+$/);
    expect(below(ids[0])[1]).toBe('  2 added · the first');
    expect(stdout.slice(stdout.lastIndexOf('\n\n'))).toContain(`pilcrow rollback goes to ${ids[0] ?? ''}: 2 articles`);
  });
});

describe('pilcrow rollback', () => {
  test('goes back at once; questions are answered from there', async () => {
    const { rollback, ask } = copy('back');
    expect((await ask())[0]).toBe('What moves the sea');
    const { code, stdout, stderr } = await rollback();
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(lines(stderr)).toEqual([
      expect.stringMatching(new RegExp(`^pilcrow: the index is now generation ${ids[1] ?? ''}: 3 articles, \\d passages, made \\S+ \\S+ UTC \\(.*\\)$`)),
      expect.stringMatching(/next pilcrow index brings it up to date/),
    ]);
    expect(await ask()).not.toContain('What moves the sea');
  });

  test('--json says from where to where, and whether anything changed', async () => {
    const { rollback } = copy('json');
    const [first = '', , third] = ids;
    const gone = await rollback(first, '--json');
    expect(rollbackDocument.parse(JSON.parse(gone.stdout))).toEqual({ from: third, to: first, changed: true });
    const stayed = await rollback(first.slice(0, -1), '--json');
    expect(stayed).toMatchObject({ code: 0, stderr: expect.stringContaining('is the current one already') as string });
    expect(rollbackDocument.parse(JSON.parse(stayed.stdout))).toEqual({ from: first, to: first, changed: false });
  });

  test('what cannot be is one line and changes nothing', async () => {
    const { rollback, file } = copy('refused');
    const [first = '', second = '', third = ''] = ids;
    truncateSync(file(second, 'passages.sqlite'), 10);
    for (const [args, exit, said] of [
      [['19990101'], 1, /there is no generation "19990101": .*pilcrow generations/],
      [[second], 1, new RegExp(`generation ${second} is damaged.*the index is as it was`)],
      [[third.slice(0, 3)], 2, /3 generations begin with/],
      [[first, third], 2, /too many arguments/],
    ] as const) {
      const { code, stdout, stderr } = await rollback(...args, '--json');
      expect({ code, stdout }).toEqual({ code: exit, stdout: '' });
      expect(lines(stderr)).toEqual([expect.stringMatching(said)]);
    }
    expect(currentOf('refused')).toBe(third);
    expect((await rollback()).stderr).toMatch(new RegExp(`passed over: generation ${second} is damaged`));
    expect(currentOf('refused')).toBe(first);
    expect(await rollback()).toMatchObject({ code: 1, stderr: expect.stringContaining('no generation before the current one') as string });
  });

  test('another run at work is named; --wait lets it finish', async () => {
    const { rollback } = copy('busy');
    const here = ['--index-dir', workspace.at('busy')];
    const waiting = await withWriterLock(workspace.at('busy'), { command: 'pilcrow index' }, async () => {
      const { code, stdout, stderr } = await rollback('--json');
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(lines(stderr)).toEqual([expect.stringMatching(new RegExp(`another run is at work.*pilcrow index \\(process ${String(process.pid)} `))]);
      expect(currentOf('busy')).toBe(ids[2]);

      const child = run(process.execPath, [bin, 'rollback', '--wait', ...here]);
      const ended = outcome(child);
      await new Promise((resolve) => child.stderr.once('data', resolve));
      return { ended };
    });
    expect(await waiting.ended).toMatchObject({ code: 0, stderr: expect.stringMatching(/^pilcrow: waiting for another run to end: pilcrow index \(.*\n.*is now generation/) as string });
    expect(currentOf('busy')).toBe(ids[1]);
  });
});

test.each(['generations', 'rollback'])('pilcrow %s has help with an example, and fails without an index', async (name) => {
  const { code, stdout } = await pilcrow([name, '--help']);
  expect(code).toBe(0);
  for (const said of ['--json', '--index-dir', `  $ pilcrow ${name}`]) expect(stdout).toContain(said);
  expect((await pilcrow(['--help'])).stdout).toMatch(new RegExp(`^  ${name} .*\\w`, 'm'));
  const ended = await pilcrow([name, '--json', '--index-dir', workspace.at('nowhere')]);
  expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^pilcrow: there is no index at .*\n$/) as string });
  expect(existsSync(workspace.at('nowhere'))).toBe(false);
});

// Root may do everything, except without these capabilities.
const asRoot = process.getuid?.() === 0;
const humbly = (...args: string[]) => outcome(asRoot
  ? run('setpriv', ['--bounding-set=-dac_override,-dac_read_search', process.execPath, bin, ...args])
  : run(process.execPath, [bin, ...args]));

describe.skipIf(process.platform === 'win32' || (asRoot && !existsSync('/usr/bin/setpriv')))('without permission', () => {
  test('what cannot be removed is a warning, and goes with the next run', async () => {
    const { file, generations } = copy('kept');
    const copies = Array.from({ length: 8 }, (_, i) => `20200101T00000000${String(i)}Z-abcdef`);
    for (const id of copies) {
      cpSync(file(ids[0] ?? ''), file(id), { recursive: true });
      writeFileSync(file(id, 'manifest.json'), readFileSync(file(id, 'manifest.json'), 'utf8').replace(`"id": "${ids[0] ?? ''}"`, `"id": "${id}"`));
    }
    const hidden = () => readdirSync(workspace.at('kept', 'generations')).filter((name) => name.startsWith('.'));
    chmodSync(file(copies[0] ?? ''), 0o555);
    const here = ['--index-dir', workspace.at('kept')];
    const changed = workspace.write('articles/kept.txt', 'Kept\nThis one makes a generation more, and the oldest must go.\n');
    const ended = await humbly('index', ...here);
    expect(ended.code).toBe(0);
    expect(ended.stderr).toMatch(/warning: .*could not be removed: EACCES/);
    expect(currentOf('kept')).not.toBe(ids[2]);
    const left = generationsDocument.parse(JSON.parse((await generations('--json')).stdout)).map(({ id }) => id);
    expect(left).toHaveLength(10);
    expect(left).not.toContain(copies[0]);
    expect(hidden()).toHaveLength(1);

    chmodSync(workspace.at('kept', 'generations', hidden()[0] ?? ''), 0o755);
    rmSync(changed);
    expect(await humbly('index', ...here)).toMatchObject({ code: 0, stderr: expect.not.stringContaining('warning') as string });
    expect(hidden()).toEqual([]);
  });

  test('whether a file is being read that may not be written, nobody knows', async () => {
    const { file } = copy('read-only');
    chmodSync(file(ids[0] ?? '', 'passages.sqlite'), 0o444);
    const { stdout } = await humbly('generations', '--json', '--index-dir', workspace.at('read-only'));
    expect(generationsDocument.parse(JSON.parse(stdout)).map(({ beingRead }) => beingRead)).toEqual([false, false, null]);
  });
});
