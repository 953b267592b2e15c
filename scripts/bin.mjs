#!/usr/bin/env node
// The `pilcrow` command. It never runs stale code: when a source is newer than dist/, it builds first.
import module from 'node:module';
import { resolve } from 'node:path';
import process from 'node:process';
import { buildEngine, isStale, root } from './build-engine.mjs';

// Node ≥ 22 keeps compiled code between runs.
module.enableCompileCache?.();
// Maps cost start-up time and are only read for stacks.
if (process.argv.includes('--verbose')) process.setSourceMapsEnabled(true);

/** Those of package.json that run this file. */
const NPM_SCRIPTS = ['pilcrow', 'index', 'ask', 'related', 'status'];

try {
  returnToCaller();
  if (isStale()) await buildEngine();
  await import('../dist/pilcrow.mjs');
} catch (error) {
  console.error(`pilcrow: cannot start: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

/** `npm run index -- notes` from another folder: npm goes to the project first, but the path was meant there. */
function returnToCaller() {
  const { npm_lifecycle_event: script, INIT_CWD: caller } = process.env;
  if (caller && NPM_SCRIPTS.includes(script) && process.cwd() === resolve(root)) process.chdir(caller);
}
