#!/usr/bin/env node
// The `pilcrow` command. It never runs stale code: when a source is newer than dist/, it builds first.
import module from 'node:module';
import process from 'node:process';
import { buildEngine, isStale } from './build-engine.mjs';

// Node ≥ 22 keeps compiled code between runs.
module.enableCompileCache?.();
// Maps cost start-up time and are only read for stacks.
if (process.argv.includes('--verbose')) process.setSourceMapsEnabled(true);

try {
  if (isStale()) await buildEngine();
  await import('../dist/pilcrow.mjs');
} catch (error) {
  console.error(`pilcrow: cannot start: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
