import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../../scripts/build-engine.mjs';
import { startServer, type Server } from './server';

/** Articles in a folder of their own, indexed as a person would, and served. */
export interface Bookshelf {
  indexDir: string;
  server: Server;
  /** Writes articles by name, and runs `pilcrow index`. */
  publish(articles: Record<string, string>, ...options: string[]): Promise<void>;
  close(): Promise<void>;
}

export async function bookshelf(articles: Record<string, string>): Promise<Bookshelf> {
  const folder = await mkdtemp(join(tmpdir(), 'pilcrow-shelf-'));
  const indexDir = join(folder, 'index');
  const publish = async (files: Record<string, string>, ...options: string[]) => {
    for (const [name, text] of Object.entries(files)) {
      const path = join(folder, 'articles', name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
    await promisify(execFile)(process.execPath, [join(root, 'scripts', 'bin.mjs'), 'index', ...options, join(folder, 'articles'), '--index-dir', indexDir], { cwd: root });
  };
  await publish(articles);
  const server = await startServer(indexDir);
  return { indexDir, server, publish, close: async () => { await server.close(); await rm(folder, { recursive: true, force: true }); } };
}
