import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, describe, expect, test } from 'vitest';
import { missing } from '../../scripts/preflight/missing.mjs';
import { outcome, root, run, Workspace } from './cli';

const workspace = new Workspace();
afterAll(() => { workspace.remove(); });

let folders = 0;

/** A PATH on which only these programs are. */
function pathWith(...programs: string[]): string {
  const folder = workspace.at(`bin${String(++folders)}`);
  mkdirSync(folder);
  for (const program of programs) symlinkSync(process.execPath, join(folder, program));
  return folder;
}

const preflight = (env: Record<string, string | undefined>) =>
  outcome(run(process.execPath, [join(root, 'scripts', 'preflight', 'preflight.mjs')], { CXX: undefined, PYTHON: undefined, MAKE: undefined, ...env }));

describe.skipIf(process.platform === 'win32')('preflight', () => {
  test.each([
    ['all there', ['python3', 'g++', 'make'], []],
    ['clang instead of g++', ['python3', 'clang++', 'make'], []],
    ['no compiler', ['python3', 'make'], ['g++']],
    ['no python3', ['c++', 'make'], ['python3']],
    ['no make', ['python3', 'c++'], ['make']],
    ['nothing', [], ['python3', 'g++', 'make']],
  ])('%s', async (_, programs, toInstall) => {
    const { code, stdout, stderr } = await preflight({ PATH: pathWith(...programs) });
    expect(code).toBe(toInstall.length === 0 ? 0 : 1);
    expect(stdout).toBe('');
    expect(/apt-get install (.*)$/m.exec(stderr)?.[1]?.split(' ') ?? []).toEqual(toInstall);
    for (const system of ['Debian', 'Fedora', 'macOS']) expect(stderr.includes(system)).toBe(toInstall.length > 0);
  });

  test('takes the compiler that CXX names', async () => {
    const compiler = join(pathWith('my-c++'), 'my-c++');
    expect((await preflight({ PATH: pathWith('python3', 'make'), CXX: `${compiler} -O2` })).code).toBe(0);
  });

  test('takes no file that cannot be run', async () => {
    const path = pathWith('python3', 'make');
    chmodSync(workspace.write(join(path.slice(workspace.path.length + 1), 'g++'), ''), 0o644);
    expect((await preflight({ PATH: path })).code).toBe(1);
  });
});

describe('Node\'s version', () => {
  const lines = (version: string) => missing({ version, platform: 'win32', env: {} });

  test.each(['v20.9.0', 'v20.20.2', 'v22.0.0', 'v100.0.0'])('%s is new enough', (version) => {
    expect(lines(version)).toEqual([]);
  });

  test.each(['v20.8.9', 'v18.20.0', 'v9.0.0'])('%s is too old', (version) => {
    expect(lines(version)).toEqual([expect.stringContaining('needs Node.js 20.9 or newer')]);
    expect(lines(version)[0]).toContain(version);
  });
});
