import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { type Server, startServer } from '../../tests/app/served/server';
import { root } from '../build-engine.mjs';
import { ensureApp } from '../start/app.mjs';
import { ensureEngine } from '../start/engine.mjs';

export interface SampleApp {
  /** Origin of the app, serving the sample articles. */
  app: string;
  /** Origin of the app where nothing has been indexed. */
  emptyApp: string;
}

/** Builds what is not built, indexes the sample articles in a folder of their own, and serves them while `work` goes on. */
export async function withSampleApp<T>(work: (served: SampleApp) => Promise<T>): Promise<T> {
  await ensureEngine();
  await ensureApp();
  const folder = await mkdtemp(join(tmpdir(), 'pilcrow-sample-'));
  const servers: Server[] = [];
  const serve = async (indexDir: string) => {
    const server = await startServer(indexDir);
    servers.push(server);
    return server.origin;
  };
  try {
    const indexDir = join(folder, 'index');
    await promisify(execFile)(process.execPath, [join(root, 'scripts', 'bin.mjs'), 'index', join(root, 'articles'), '--index-dir', indexDir], { cwd: root });
    return await work({ app: await serve(indexDir), emptyApp: await serve(join(folder, 'nothing')) });
  } finally {
    await Promise.all(servers.map((server) => server.close()));
    await rm(folder, { recursive: true, force: true });
  }
}
