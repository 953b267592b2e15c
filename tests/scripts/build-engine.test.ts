import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newest } from '../../scripts/freshness.mjs';
import { outcome, root, run, Workspace } from './cli';

const workspace = new Workspace();
afterAll(() => { workspace.remove(); });

describe('newest', () => {
  const at = (seconds: number) => new Date(seconds * 1000);

  test('is the newest of files and folders, hidden ones left out', () => {
    mkdirSync(workspace.at('tree/a/b'), { recursive: true });
    for (const [name, seconds] of [['tree/a/b/one.ts', 300], ['tree/a/two.ts', 200], ['tree/a/.hidden', 900]] as const) {
      workspace.write(name, '');
      utimesSync(workspace.at(name), at(seconds), at(seconds));
    }
    for (const name of ['tree', 'tree/a', 'tree/a/b']) utimesSync(workspace.at(name), at(100), at(100));
    expect(newest(workspace.path, ['tree'])).toBe(300_000);
    expect(newest(workspace.path, ['tree/a/two.ts', 'no-such-file'])).toBe(200_000);
    expect(newest(workspace.path, ['no-such-file'])).toBe(0);
  });

  test('sees that a file was removed', () => {
    rmSync(workspace.at('tree/a/two.ts'));
    expect(newest(workspace.path, ['tree'])).toBeGreaterThan(300_000);
  });
});

/** A project of the same shape, small enough to be broken. */
describe('the bin', () => {
  const project = workspace.at('project');
  const bin = () => outcome(run(process.execPath, [join(project, 'scripts', 'bin.mjs')]));
  const write = (text: string) => { writeFileSync(join(project, 'scripts', 'pilcrow.ts'), text); };

  beforeAll(() => {
    mkdirSync(join(project, 'scripts'), { recursive: true });
    for (const name of ['bin.mjs', 'build-engine.mjs', 'freshness.mjs']) cpSync(join(root, 'scripts', name), join(project, 'scripts', name));
    writeFileSync(join(project, 'package.json'), '{"type":"module"}');
    symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
  });

  test('builds what was never built, and never runs stale code', async () => {
    write('console.log("one" as string);');
    expect(await bin()).toMatchObject({ code: 0, stdout: 'one\n', stderr: '' });
    write('console.log("two" as string);');
    expect(await bin()).toMatchObject({ code: 0, stdout: 'two\n', stderr: '' });
  });

  test('does not build what is up to date', async () => {
    const built = () => readFileSync(join(project, 'dist', 'pilcrow.mjs'), 'utf8');
    writeFileSync(join(project, 'dist', 'pilcrow.mjs'), 'console.log("as it was");');
    expect((await bin()).stdout).toBe('as it was\n');
    expect(built()).toContain('as it was');
  });

  test('many at once on stale sources all run the new code', async () => {
    write('const { text } = await import("./part"); console.log(text);');
    writeFileSync(join(project, 'scripts', 'part.ts'), 'export const text: string = "three";');
    const all = await Promise.all(Array.from({ length: 6 }, bin));
    expect(all.map(({ code, stdout, stderr }) => ({ code, stdout, stderr }))).toEqual(all.map(() => ({ code: 0, stdout: 'three\n', stderr: '' })));
    expect(readdirSync(join(project, 'dist')).filter((name) => name.startsWith('.building'))).toEqual([]);
  });

  test('says where a source does not compile', async () => {
    write('const = 1;');
    const { code, stdout, stderr } = await bin();
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^pilcrow: cannot start: .*\n.*scripts\/pilcrow\.ts:1:/);
  });
});
