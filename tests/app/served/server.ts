import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../../scripts/build-engine.mjs';

export interface Server {
  /** `http://127.0.0.1:PORT` */
  origin: string;
  close(): Promise<void>;
}

/**
 * Serves the built app on a free loopback port; ended by its own pid.
 * @param prelude what its process runs before it serves
 */
export async function startServer(indexDir: string, prelude = ''): Promise<Server> {
  const port = await freePort();
  // What `npm start` serves with, without its preparations: some tests want no index.
  const serve = pathToFileURL(join(root, 'scripts', 'start', 'server.mjs')).href;
  const script = `import { serve } from ${JSON.stringify(serve)}; ${prelude}; await serve({ host: '127.0.0.1', port: ${port} }, new AbortController().signal);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', HOST: '127.0.0.1', PILCROW_INDEX_DIR: indexDir, PILCROW_ALLOWED_HOSTS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  const ready = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        log += text;
        if (log.includes('Pilcrow is ready')) resolve();
      });
    }
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${log}`)));
  });
  await ready;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: async () => {
      if (child.exitCode !== null) return;
      child.kill();
      await once(child, 'exit');
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
