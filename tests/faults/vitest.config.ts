import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** The long form of the tests that kill runs: `npm run test:faults`. The short one is part of `npm test`. */
export default defineConfig({
  test: {
    root: join(import.meta.dirname, '../..'),
    include: ['tests/faults/faults.test.ts'],
    globalSetup: ['tests/global-setup.ts'],
    env: { NO_COLOR: '1', FORCE_COLOR: '', PILCROW_TEST_KILLS: process.env['PILCROW_TEST_KILLS'] ?? '50' },
    disableConsoleIntercept: true,
    testTimeout: 60 * 60_000,
  },
});
