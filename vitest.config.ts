import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'node',
    // Real models run: each file in a process of its own (ONNX Runtime and SQLite are native), two at a
    // time, since each of them keeps a core busy.
    pool: 'forks',
    maxWorkers: 2,
    env: { NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1', FORCE_COLOR: '' },
    projects: [
      {
        extends: true,
        test: {
          name: 'engine',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: [...configDefaults.exclude, 'tests/app/served/**'],
          globalSetup: ['tests/global-setup.ts'],
          // Generous: they end a test that hangs, they measure nothing.
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
      './tests/app/served/vitest.config.ts',
    ],
  },
});
