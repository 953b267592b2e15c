import { Worker } from 'node:worker_threads';

/** Time between two looks, ms: memory grows by some 20 MB in it. */
const LOOK_MS = 20;

/** A thread of its own: the one that reads may be kept busy for minutes by a single call. */
const GUARD = `
const { workerData: { bytes, lookMs } } = require('node:worker_threads');
const parent = process.ppid;
const isGone = () => {
  // On Windows the number stays the same when its process is gone.
  try { return process.ppid !== parent || !process.kill(parent, 0); } catch { return true; }
};
setInterval(() => { if (process.memoryUsage.rss() > bytes || isGone()) process.kill(process.pid, 'SIGKILL'); }, lookMs);
`;

/**
 * Ends this process when it takes more memory than that, and when the one that started it is gone. V8 limits its heap
 * only: buffers, long strings and what native code holds come on top (`JSON.parse` takes gigabytes for 60 MB of brackets).
 *
 * @param bytes of the resident set
 */
export function guardProcess(bytes: number): void {
  const guard = new Worker(GUARD, { eval: true, workerData: { bytes, lookMs: LOOK_MS }, resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1 } });
  guard.unref();
}
