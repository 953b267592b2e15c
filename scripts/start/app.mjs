import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../build-engine.mjs';
import { modified, newest } from '../freshness.mjs';
import { runNode } from './child.mjs';
import { firstLoadTable } from './first-load.mjs';
import { Refusal } from './settings.mjs';

/** What the app is built from. tsconfig.json is not among it: `next build` itself may touch it. */
const SOURCES = ['app', 'lib', 'public', 'next.config.js', 'next.config.mjs', 'next.config.ts', 'instrumentation.ts', 'proxy.ts', 'package.json', 'package-lock.json'];
/** What a complete build has written; BUILD_ID among the last. */
const BUILT = ['BUILD_ID', 'required-server-files.json', 'routes-manifest.json', 'prerender-manifest.json'];

const nextDir = join(root, '.next');

/** Builds the app when it was never built, not to the end, or from older sources. */
export async function ensureApp() {
  if (isAppFresh()) return;
  console.error('pilcrow: building the app (half a minute, once)');
  // A build that is broken off must not pass for the one before it.
  rmSync(join(nextDir, 'BUILD_ID'), { force: true });
  const code = await runNode(join(root, 'node_modules', 'next', 'dist', 'bin', 'next'), ['build']);
  if (code !== 0) {
    rmSync(join(nextDir, 'BUILD_ID'), { force: true });
    throw new Refusal(`the app could not be built (exit code ${code}): see above`);
  }
  console.error(sizes());
}

/** Whether there is a complete build of the sources as they are. */
export function isAppFresh() {
  const built = BUILT.map((name) => modified(join(nextDir, name)));
  return !built.includes(null) && newest(root, SOURCES) <= Math.min(...built);
}

/** For information only: an app that can be served is served. */
function sizes() {
  try {
    return firstLoadTable(nextDir);
  } catch (error) {
    return `pilcrow: how much JavaScript its pages load cannot be told: ${error instanceof Error ? error.message : String(error)}`;
  }
}
