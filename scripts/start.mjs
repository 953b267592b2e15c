// `npm start`: whatever is not there yet is made (the engine, an index, the app's build), then the app is
// served from this very process: nothing is left running when it ends.
import process from 'node:process';
import { ensureApp } from './start/app.mjs';
import { ensureEngine, ensureIndex } from './start/engine.mjs';
import { endChildren } from './start/child.mjs';
import { checkAddress, serve } from './start/server.mjs';
import { readSettings, Refusal } from './start/settings.mjs';

process.env.NEXT_TELEMETRY_DISABLED = '1';
process.env.NODE_ENV = 'production';

/** Milliseconds between two looks at who the parent is. */
const PARENT_CHECK_MS = 500;

const stop = new AbortController();
const end = () => {
  if (stop.signal.aborted) return;
  stop.abort();
  endChildren();
};
process.on('SIGINT', end);
process.on('SIGTERM', end);
endWithParent(end);

try {
  const settings = readSettings(process.argv.slice(2), process.env);
  // Before half a minute is spent on building.
  await checkAddress(settings);
  await ensureEngine();
  if (!stop.signal.aborted) await ensureIndex();
  if (!stop.signal.aborted) await ensureApp();
  if (stop.signal.aborted) process.exit(130);
  await serve(settings, stop.signal);
} catch (error) {
  if (stop.signal.aborted) process.exit(130);
  console.error(`pilcrow: ${error instanceof Refusal ? error.message : `cannot start: ${error instanceof Error ? error.stack : String(error)}`}`);
  process.exit(error instanceof Refusal ? error.exitCode : 1);
}

/**
 * npm runs this in a shell. A SIGTERM to npm ends the shell, which tells nobody: what shows is that
 * another process has become the parent.
 */
function endWithParent(end) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, PARENT_CHECK_MS).unref();
}
