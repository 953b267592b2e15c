import { defineConfig } from 'vitest/config';

/** Tests that ask the built app, served from an index of the articles beside them; a project of the root's vitest.config. */
export default defineConfig({
  cacheDir: '../../../node_modules/.vite',
  test: {
    name: 'app',
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    globalSetup: ['./global-setup.ts'],
    // After the engine's tests, which keep both cores busy: a browser then waits only for another one and the server.
    sequence: { groupOrder: 1 },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
