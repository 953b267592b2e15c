import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const bin = join(root, 'scripts', 'bin.mjs');

export interface Outcome {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export type Env = Record<string, string | undefined>;
export type Child = ChildProcessByStdio<null, Readable, Readable>;

/** Runs `pilcrow …` as a person would, without a terminal, to its end. */
export function pilcrow(args: readonly string[], env: Env = {}): Promise<Outcome> {
  return outcome(run(process.execPath, [bin, ...args], env));
}

/** Starts any program in the project's folder; an `undefined` in `env` takes the variable away. */
export function run(program: string, args: readonly string[], env: Env = {}): Child {
  const inherited: Env = { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, PILCROW_INDEX_DIR: undefined, PILCROW_MODEL: undefined, ...env };
  const given = Object.fromEntries(Object.entries(inherited).filter(([, value]) => value !== undefined));
  return spawn(program, args, { cwd: root, env: given as NodeJS.ProcessEnv, stdio: ['ignore', 'pipe', 'pipe'] });
}

export async function outcome(child: Child): Promise<Outcome> {
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => { resolve({ code, signal, stdout, stderr }); });
  });
}

/** Lines of a text that have something on them. */
export function lines(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** A folder of its own for one test file. */
export class Workspace {
  readonly path = mkdtempSync(join(tmpdir(), 'pilcrow-test-'));

  at(...names: string[]): string {
    return join(this.path, ...names);
  }

  write(name: string, content: string | Uint8Array): string {
    const path = this.at(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Two short articles about things that have nothing in common. */
export function writeArticles(workspace: Workspace, folder = 'articles'): string {
  workspace.write(
    `${folder}/bees.md`,
    [
      '---', 'title: The quiet hives', 'author: Ada Brook', 'date: 2023-04-02', 'tags: [nature, farming]', '---', '',
      'Beekeepers across the valley opened their hives in spring and found them empty. The pesticide sprayed on the orchards had confused the foragers, which could no longer find their way home. Some farmers have since changed what they spray.',
      '',
      'A colony needs about twenty kilograms of honey to live through a hard winter. Keepers who take more must feed sugar in its place, and many do.',
      '',
    ].join('\n'),
  );
  workspace.write(
    `${folder}/bridge.txt`,
    [
      'How the harbour bridge was closed',
      'Engineers closed the harbour bridge on Monday after a routine inspection found cracks in two of the steel hangers. Traffic will be sent through the tunnel until the autumn, the city said.',
      'The bridge was opened in 1931 and carries ninety thousand cars a day. Its paint alone weighs as much as forty buses.',
      '',
    ].join('\n'),
  );
  return workspace.at(folder);
}
