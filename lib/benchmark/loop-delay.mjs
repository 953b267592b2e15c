// Loaded into the served app before anything else (`--import`), by the bench that asks it over HTTP alone: measures how
// late the event loop is, and answers over the process's own channel. No part of the app knows of it.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';

/** Milliseconds between two looks; the histogram counts them as part of each delay. */
const RESOLUTION = 5;

// Processes that the server forks are started with its own arguments.
if (process.send !== undefined && process.argv[1]?.endsWith('start.mjs')) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  delay.enable();
  process.on('message', (asked) => {
    const at = (percentile) => Math.max(0, delay.percentile(percentile) / 1e6 - RESOLUTION);
    process.send({ p50: at(50), p99: at(99), greatest: Math.max(0, delay.max / 1e6 - RESOLUTION), looks: delay.count });
    if (asked === 'reset') delay.reset();
  });
  // Whoever measures is gone: nobody would end this server any more.
  process.on('disconnect', () => process.exit());
}
