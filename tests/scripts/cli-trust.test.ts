import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Archive } from '../faults/articles';
import { Random } from '../faults/random';
import { bin, lines, outcome, pilcrow, run, Workspace, type Outcome } from './cli';
import { indexDocument } from './contract';

const workspace = new Workspace();
const articles = workspace.at('articles');
const archive = new Archive(articles, new Random(7));
beforeAll(() => { archive.add(150); });
afterAll(() => { workspace.remove(); });

const report = ({ stdout }: Outcome) => indexDocument.parse(JSON.parse(stdout));

async function isWhole(indexDir: string): Promise<void> {
  const { code, stdout } = await pilcrow(['verify', '--all', '--json', '--index-dir', indexDir]);
  expect({ code, stdout }).toMatchObject({ code: 0 });
}

describe('ten runs on one index directory at once', () => {
  test('one works; the others say who is at work, exit with 1 and damage nothing', async () => {
    const indexDir = workspace.at('ten');
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => pilcrow(['index', '--json', '--index-dir', indexDir, articles])));
    const worked = outcomes.filter(({ code }) => code === 0);
    const refused = outcomes.filter(({ code }) => code === 1);
    expect(worked.map(report).filter(({ published }) => published)).toHaveLength(1);
    // On a machine so slow that one starts when another has ended, that one finds nothing to do.
    expect(refused.length + worked.length).toBe(10);
    expect(refused.length).toBeGreaterThan(0);
    for (const { stdout, stderr } of refused) {
      expect(stdout).toBe('');
      expect(lines(stderr)).toEqual([expect.stringMatching(/another run is at work on the index at .*ten: (pilcrow index \(process \d+ on .+, since \d\d:\d\d:\d\d UTC.*\)|it has only just begun): let it finish, or wait for it with --wait$/)]);
    }
    await isWhole(indexDir);
  });

  test('with --wait each has its turn, and those that come later find nothing to do', async () => {
    const indexDir = workspace.at('turns');
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => pilcrow(['index', '--json', '--wait', '--index-dir', indexDir, articles])));
    expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(outcomes.map(report).filter(({ published }) => published)).toHaveLength(1);
    expect(outcomes.filter(({ stderr }) => stderr.includes('waiting for another run')).length).toBeGreaterThan(0);
    await isWhole(indexDir);
  });

  test('the lock of a run that was killed holds nobody up', async () => {
    const indexDir = workspace.at('killed');
    const child = run(process.execPath, [bin, 'index', '--index-dir', indexDir, articles]);
    const ended = outcome(child);
    while (!existsSync(workspace.at('killed', 'writer.json'))) await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await pilcrow(['index', '--index-dir', indexDir, articles])).stderr).toContain(`process ${child.pid} `);
    child.kill('SIGKILL');
    expect(await ended).toMatchObject({ signal: 'SIGKILL' });
    expect(await pilcrow(['index', '--index-dir', indexDir, articles])).toMatchObject({ code: 0 });
  });
});

/** Whether a small file system can be mounted here: not in most containers. */
const mountable = process.platform === 'linux' && process.getuid?.() === 0;

describe('a disk that fills up', () => {
  const full = /^pilcrow: the index cannot be written at .+ \((SQLITE_\w+|E\w+)\): free some space or name another folder with --index-dir$/;

  async function survives(indexDir: string, limited: () => Promise<Outcome>): Promise<void> {
    const first = (await pilcrow(['status', '--json', '--index-dir', indexDir])).stdout;
    archive.add(200);
    const { code, stderr } = await limited();
    expect(code).toBe(1);
    expect(lines(stderr).at(-1)).toMatch(full);
    expect(JSON.parse((await pilcrow(['status', '--json', '--index-dir', indexDir])).stdout)).toMatchObject({ generation: (JSON.parse(first) as { generation: string }).generation });
    expect((await pilcrow(['ask', 'who repaired the roof before the frost', '--index-dir', indexDir])).code).toBe(0);
    await isWhole(indexDir);
  }

  test.runIf(process.platform !== 'win32')('is told, by a limit on the size of files; the next run goes on', async () => {
    const indexDir = workspace.at('limited');
    await pilcrow(['index', '--index-dir', indexDir, articles]);
    // Blocks of 512 bytes or 1 kB, as the shell has it: less than passages.sqlite is going to need. Without
    // the trap the system ends the process.
    await survives(indexDir, () => outcome(run('bash', ['-c', `trap '' XFSZ; ulimit -f 1400; exec "$0" "$@"`, process.execPath, bin, 'index', '--index-dir', indexDir])));
    const next = report(await pilcrow(['index', '--json', '--index-dir', indexDir]));
    expect(next).toMatchObject({ published: true, passages: { total: next.passages.total } });
    expect(next.passages.embedded).toBeLessThan(next.passages.total);
    await isWhole(indexDir);
  });

  test.runIf(mountable)('is told, on a small file system; the next run goes on when there is space', async ({ skip }) => {
    const disk = workspace.at('disk');
    mkdirSync(disk);
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', disk]).status !== 0) skip('no file system can be mounted here');
    try {
      const indexDir = `${disk}/index`;
      await pilcrow(['index', '--index-dir', indexDir, articles]);
      const filler = `${disk}/filler`;
      await survives(indexDir, async () => {
        spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=64k', 'count=1000']);
        spawnSync('truncate', ['-s', '-1M', filler]);
        return pilcrow(['index', '--index-dir', indexDir]);
      });
      spawnSync('rm', [filler]);
      spawnSync('mount', ['-o', 'remount,size=64m', disk]);
      expect(report(await pilcrow(['index', '--json', '--index-dir', indexDir]))).toMatchObject({ published: true });
      await isWhole(indexDir);
    } finally {
      spawnSync('umount', [disk]);
    }
  });
});
