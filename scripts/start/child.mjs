import { spawn } from 'node:child_process';
import process from 'node:process';
import { root } from '../build-engine.mjs';

const running = new Set();

/**
 * Runs a Node script to its end, in a process group of its own so that all it starts can be ended with it.
 * @param {string} script
 * @param {readonly string[]} args
 * @returns {Promise<number>} its exit code; 1 when a signal ended it
 */
export function runNode(script, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], detached: process.platform !== 'win32' });
    running.add(child);
    child.on('error', reject);
    child.on('close', (code) => {
      running.delete(child);
      resolve(code ?? 1);
    });
  });
}

/** Ends what runs, with all that it started. */
export function endChildren() {
  for (const child of running) {
    try {
      process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGTERM');
    } catch {
      // It has just ended by itself.
    }
  }
}
