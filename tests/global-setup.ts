import { buildEngine, isStale } from '../scripts/build-engine.mjs';

/** Once for all test files: those that start the CLI or the worker find dist/ up to date. */
export default async function setup(): Promise<void> {
  try {
    if (isStale()) await buildEngine();
  } catch (error) {
    // The tests that need dist/ will fail; those of parts that compile can still be run.
    console.error(`dist/ could not be built: ${error instanceof Error ? error.message : String(error)}`);
  }
}
