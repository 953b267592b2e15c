import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { root } from '../../../scripts/build-engine.mjs';
import { ensureApp } from '../../../scripts/start/app.mjs';
import { ensureEngine } from '../../../scripts/start/engine.mjs';
import { startServer } from './server';

declare module 'vitest' {
  interface ProvidedContext {
    /** Origin of the app, serving the articles of this folder. */
    app: string;
    /** Origin of the app where nothing has been indexed. */
    emptyApp: string;
  }
}

/** Builds what is not built, indexes the articles beside this file, and serves them for all tests of the folder. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await ensureEngine();
  await ensureApp();
  const folder = await mkdtemp(join(tmpdir(), 'pilcrow-app-'));
  const indexDir = join(folder, 'index');
  const articles = join(import.meta.dirname, 'articles');
  await promisify(execFile)(process.execPath, [join(root, 'scripts', 'bin.mjs'), 'index', articles, '--index-dir', indexDir], { cwd: root });

  const app = await startServer(indexDir);
  const emptyApp = await startServer(join(folder, 'nothing'));
  project.provide('app', app.origin);
  project.provide('emptyApp', emptyApp.origin);
  return async () => {
    await Promise.all([app.close(), emptyApp.close()]);
    await rm(folder, { recursive: true, force: true });
  };
}
