import { defineConfig } from 'vitest/config';

/** Tests that ask the built app, served from an index of the articles beside them; a project of the root's vitest.config. */
export default defineConfig({
  cacheDir: '../../../node_modules/.vite',
  test: {
    name: 'app',
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    globalSetup: ['./global-setup.ts'],
    // One browser at a time: files share two cores with the server.
    fileParallelism: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
