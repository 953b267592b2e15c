// `npm run screenshots`, `npm run first-byte`: what is done now and then with the served app. Each is a file of
// scripts/tasks/ whose default export gets the arguments and says whether it went well.
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { root } from './build-engine.mjs';

const [name, ...args] = process.argv.slice(2);
const { build, stop } = await import('esbuild');
// Into dist/, from where what is bundled finds the project as it does from scripts/.
const outfile = join(root, 'dist', `task-${name}.mjs`);
await build({
  absWorkingDir: root,
  entryPoints: [join('scripts', 'tasks', `${name}.ts`)],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  logLevel: 'error',
}).finally(stop);
const { default: run } = await import(pathToFileURL(outfile).href);
if (!await run(args)) process.exitCode = 1;
