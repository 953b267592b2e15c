import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { PilcrowError } from '../errors';
import { packageRoot } from '../package-root';
import { isAppBuilt, NOT_BUILT, serveApp } from './served-app';
import { figureOf } from './statistics';
import type { Bench, BenchContext, Check, Figure } from './types';

const RUNS = { ask: 7, app: 5 };
const QUICK_RUNS = { ask: 2, app: 1 };

/** Ways to ask from a shell. */
const COMMANDS = {
  npx: { label: 'npx pilcrow ask', program: 'npx', args: ['--no-install', 'pilcrow', 'ask'] },
  bin: { label: 'node scripts/bin.mjs ask', program: process.execPath, args: [join('scripts', 'bin.mjs'), 'ask'] },
} as const;
type Command = keyof typeof COMMANDS;

export const start: Bench = {
  name: 'start',
  title: 'From nothing to the first answer',
  async run(context) {
    const indexDir = await context.index();
    const [question = 'anything'] = await context.questions(1);
    const { ask: asks, app: apps } = context.quick ? QUICK_RUNS : RUNS;
    const asked = await askInTurn(question, indexDir, asks, context);
    const served = isAppBuilt() ? await serveInTurn(question, indexDir, apps, context) : null;
    return {
      figures: [...asked.figures, ...(served === null ? [] : [served])],
      series: [],
      checks: [asked.check],
      notes: [
        'each in new processes; files are in the system’s memory, as they are for whoever asks a second time',
        'npm start: until /api/search has answered a question, asked every 20 ms, with everything built',
        ...(served === null ? [NOT_BUILT] : []),
      ],
    };
  },
};

async function askInTurn(question: string, indexDir: string, runs: number, context: BenchContext): Promise<{ figures: Figure[]; check: Check }> {
  const commands = Object.keys(COMMANDS) as Command[];
  const times: Record<Command, number[]> = { npx: [], bin: [] };
  let right = 0;
  // Once more than is measured: what is built when it is first run is built by then.
  for (let run = -1; run < runs; run++) {
    for (const [i, command] of commands.entries()) {
      context.onStep('asking in a shell', (run + 1) * commands.length + i, (runs + 1) * commands.length);
      const { ms, query } = await ask(command, question, indexDir);
      if (run < 0) continue;
      times[command].push(ms);
      if (query === question) right++;
    }
  }
  const wanted = runs * commands.length;
  return {
    figures: commands.map((command) => figureOf(times[command], { key: `ask-${command}`, label: COMMANDS[command].label, unit: 'ms', better: 'lower' })),
    check: { label: 'every run has answered the question', passed: right === wanted, detail: `${right} of ${wanted}` },
  };
}

/** @throws PilcrowError `internal` when it fails: what a failure takes is no figure */
async function ask(command: Command, question: string, indexDir: string): Promise<{ ms: number; query: unknown }> {
  const { program, args, label } = COMMANDS[command];
  const started = performance.now();
  const child = spawn(program, [...args, '--json', '--index-dir', indexDir, '--', question], { cwd: packageRoot(), stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [code, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)]).catch((cause: unknown) => {
    throw new PilcrowError('internal', `${label} cannot be run`, null, { cause });
  });
  const ms = performance.now() - started;
  if (code !== 0) throw new PilcrowError('internal', `${label} ended with ${code ?? 'a signal'}: ${err.trim().split('\n').at(-1) ?? ''}`, null, { cause: err });
  return { ms, query: (JSON.parse(out) as { query?: unknown }).query };
}

async function serveInTurn(question: string, indexDir: string, runs: number, context: BenchContext): Promise<Figure> {
  const times: number[] = [];
  for (let run = -1; run < runs; run++) {
    context.onStep('starting the app', run + 1, runs + 1);
    const app = await serveApp({ indexDir, question, signal: context.signal, as: 'npm start' });
    await app.close();
    if (run >= 0) times.push(app.startMs);
  }
  return figureOf(times, { key: 'app', label: 'npm start, to the first answer', unit: 'ms', better: 'lower' });
}
