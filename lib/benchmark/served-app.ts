import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { PilcrowError } from '../errors';
import { packageRoot } from '../package-root';

/** Milliseconds between two tries of the first question. */
const POLL_MS = 20;
/** An app whose sources are newer than its build is built first, in half a minute. */
const MOST_START_MS = 180_000;
/** After this a server that was told to end is ended. */
const MOST_END_MS = 10_000;
const MOST_LOG = 10_000;

/** How late the server's event loop was, ms. */
export interface LoopDelay {
  p50: number;
  p99: number;
  greatest: number;
  /** How often it was looked at. */
  looks: number;
}

export interface ServedApp {
  origin: string;
  pid: number;
  /** Milliseconds from the start of the process to its first answer. */
  startMs: number;
  /** Since it started or was reset. Of an app that was started with `watched` alone. */
  loopDelay(reset?: 'reset'): Promise<LoopDelay>;
  close(): Promise<void>;
}

export interface ServeOptions {
  indexDir: string;
  /** Asked until it is answered. */
  question: string;
  signal: AbortSignal | undefined;
  /** `npm start` as a person types it, or what it runs, with its event loop watched. */
  as: 'npm start' | 'watched';
}

/** Whether there is a build of the app to serve; making one is no part of a bench. */
export function isAppBuilt(): boolean {
  return existsSync(join(packageRoot(), '.next', 'BUILD_ID'));
}

export const NOT_BUILT = 'the app has not been built (npm run build): what it takes was not measured';

/**
 * Serves the built app on a free port of this machine, as readers do; resolves with its first answer.
 * @throws PilcrowError `internal` with what the server said, when it ends or does not answer; `interrupted`
 */
export async function serveApp({ indexDir, question, signal, as }: ServeOptions): Promise<ServedApp> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const started = performance.now();
  const child = start(as, { ...process.env, PORT: String(port), HOST: '127.0.0.1', PILCROW_INDEX_DIR: indexDir, PILCROW_ALLOWED_HOSTS: '' });
  const log = logOf(child);
  const close = () => end(child, port);
  try {
    await firstAnswer(`${origin}/api/search?${new URLSearchParams({ q: question }).toString()}`, child, log, signal);
  } catch (error) {
    await close();
    throw error;
  }
  return { origin, pid: child.pid ?? NaN, startMs: performance.now() - started, loopDelay: (reset) => ask(child, reset ?? 'read'), close };
}

function start(as: ServeOptions['as'], env: NodeJS.ProcessEnv): ChildProcess {
  const cwd = packageRoot();
  if (as === 'npm start') return spawn('npm', ['start'], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
  const preload = pathToFileURL(join(cwd, 'lib', 'benchmark', 'loop-delay.mjs')).href;
  return spawn(process.execPath, ['--import', preload, join(cwd, 'scripts', 'start.mjs')], { cwd, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
}

function logOf(child: ChildProcess): () => string {
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => { log = (log + text).slice(-MOST_LOG); });
  return () => log;
}

async function firstAnswer(address: string, child: ChildProcess, log: () => string, signal: AbortSignal | undefined): Promise<void> {
  const failures: Error[] = [];
  child.once('error', (error) => { failures.push(error); });
  const until = performance.now() + MOST_START_MS;
  while (performance.now() < until) {
    if (signal?.aborted === true) throw new PilcrowError('interrupted', 'interrupted', 'nothing was kept');
    if (failures.length > 0 || hasEnded(child)) break;
    const response = await fetch(address).catch(() => null);
    const text = await response?.text();
    if (response?.status === 200) return;
    if (response != null) throw new PilcrowError('internal', `the app answered its first question with ${response.status}`, null, { cause: text });
    await pause(POLL_MS);
  }
  throw new PilcrowError('internal', `the app did not start: ${lastLine(log())}`, 'see what `npm start` says', { cause: failures[0] ?? log() });
}

function ask(child: ChildProcess, what: 'read' | 'reset'): Promise<LoopDelay> {
  return new Promise((resolve, reject) => {
    const ended = () => { reject(new PilcrowError('internal', 'the app ended while it was measured')); };
    child.once('exit', ended);
    child.once('message', (delay) => {
      child.removeListener('exit', ended);
      resolve(delay as LoopDelay);
    });
    child.send(what);
  });
}

/** By its own pid. What npm has started sees that npm is gone, and ends: the port tells when it has. */
async function end(child: ChildProcess, port: number): Promise<void> {
  if (child.pid === undefined) return;
  const timer = setTimeout(() => { child.kill('SIGKILL'); }, MOST_END_MS);
  if (!hasEnded(child)) {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  }
  clearTimeout(timer);
  const until = performance.now() + MOST_END_MS;
  while (performance.now() < until && !(await isFree(port))) await pause(POLL_MS);
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => { resolve(false); });
    server.listen(port, '127.0.0.1', () => server.close(() => { resolve(true); }));
  });
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() || 'it said nothing';
}
