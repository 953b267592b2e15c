import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PilcrowError } from './errors';
import { packageRoot } from './package-root';

/** A process that has ended, with which code or signal, or could not be started. */
export type Ending = { how: string } | { cause: Error };

/**
 * The file of what runs in a process of its own, bundled by `scripts/build-engine.mjs`.
 * @throws PilcrowError `internal` where it has not been built
 */
export function builtScript(name: string): string {
  const path = join(packageRoot(), 'dist', `${name}.mjs`);
  if (!existsSync(path)) throw new PilcrowError('internal', `${path} is missing`, 'run `npm run build`');
  return path;
}

/** Starts a script that is talked to by messages. */
export function startProcess(script: string | URL): { child: ChildProcess; ended: Promise<Ending> } {
  const child = fork(script, [], {
    // The bundle is plain JavaScript: flags for whatever runs this process are not meant for it.
    execArgv: [],
    // Typed arrays go as they are, not as JSON.
    serialization: 'advanced',
    // Standard output belongs to whoever asked for JSON on it; what the script remarks goes to stderr.
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const ended = new Promise<Ending>((resolve) => {
    child.once('exit', (code, signal) => { resolve({ how: String(signal ?? code) }); });
    // Without a process there will be no exit.
    child.on('error', (cause) => { if (child.pid === undefined) resolve({ cause }); });
  });
  return { child, ended };
}
