// Bundles the CLI and the embedding worker into dist/, in about 0.2 s. `npm ci` runs it (`prepare`),
// and whatever starts from dist/ calls it when the sources have changed since.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { modified, newest } from './freshness.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

/** Modified at the moment the last build began, so that an edit made during a build counts as newer. */
const stamp = join(dist, '.built');

/** Entries by the name they get in dist/. */
const ENTRIES = { 'pilcrow': 'scripts/pilcrow.ts', 'embedding-worker': 'lib/embedding/worker.ts', 'reading-worker': 'lib/article/reading/worker.ts', 'graph-worker': 'lib/index/store/graph-worker.ts', 'benchmark-child': 'lib/benchmark/child.ts' };

/** Chunks of earlier builds are kept this long for processes that may still import them. */
const KEEP_MS = 24 * 60 * 60 * 1000;

/**
 * Of transformers.js its tokenizers are bundled, with what they import but for the browser's ONNX Runtime: importing that
 * takes .13 s of the .17 s that importing the tokenizers would take, in every process that embeds.
 */
const tokenizers = {
  name: 'tokenizers',
  setup({ onResolve, onLoad }) {
    const { resolve } = createRequire(join(root, 'package.json'));
    const entry = '@xenova/transformers/src/tokenizers.js';
    onResolve({ filter: /^@xenova\/transformers\/src\/tokenizers\.js$/ }, () => ({ path: resolve(entry) }));
    onResolve({ filter: /^@huggingface\/jinja$/ }, ({ path }) => ({ path: createRequire(resolve(entry)).resolve(path) }));
    onResolve({ filter: /^onnxruntime-web$/ }, ({ path }) => ({ path, namespace: 'unused' }));
    onLoad({ filter: /./, namespace: 'unused' }, () => ({ contents: 'export {};' }));
  },
};

/** True when dist/ is missing or older than its sources. */
export function isStale() {
  const built = modified(stamp);
  return built === null || newest(root, ['lib', 'scripts', 'package.json']) > built;
}

/**
 * Puts each file in place by renaming it, chunks before the entries that import them: a reader, or a
 * second build at the same time, never meets half a file or a missing chunk.
 * @throws with esbuild's message when a source does not compile
 */
export async function buildEngine() {
  const started = new Date();
  const { build, stop } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(Object.entries(ENTRIES).filter(([, file]) => existsSync(join(root, file)))),
    outdir: dist,
    write: false,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    plugins: [tokenizers],
    sourcemap: 'linked',
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunk-[hash]',
    logLevel: 'silent',
  }).finally(stop);
  mkdirSync(dist, { recursive: true });
  const isEntry = ({ path }) => Object.keys(ENTRIES).some((entry) => basename(path).startsWith(`${entry}.`));
  for (const { path, contents } of outputFiles.sort((a, b) => Number(isEntry(a)) - Number(isEntry(b)))) replace(path, contents);
  replace(stamp, '', started);
  removeLeftovers();
}

function replace(path, contents, time) {
  const fresh = join(dist, `.building-${process.pid}-${basename(path)}`);
  writeFileSync(fresh, contents);
  if (time !== undefined) utimesSync(fresh, time, time);
  renameSync(fresh, path);
}

/** Every build writes all of its chunks anew: an old one belongs to an earlier build. */
function removeLeftovers() {
  const before = Date.now() - KEEP_MS;
  for (const name of readdirSync(dist)) {
    const old = name.startsWith('chunk-') || name.startsWith('.building-');
    if (old && (modified(join(dist, name)) ?? before) < before) rmSync(join(dist, name), { force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url) && isStale()) {
  try {
    await buildEngine();
  } catch (error) {
    console.error(`pilcrow: dist/ could not be built: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
