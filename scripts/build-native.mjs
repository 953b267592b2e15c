// Compiles hnswlib-node a second time, in ten seconds, for this very CPU: npm's build uses what every CPU has; this one
// searches 1.7 and inserts 1.5 times as fast (AVX-512). `npm ci` runs it (`prepare`). The package itself stays as it is
// and is used wherever this build is not: whatever goes wrong here costs speed alone. Node's own modules only.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
// It loads nothing of the engine, which is what this rule is about.
// eslint-disable-next-line no-restricted-imports
import { nativeBuild } from '../lib/index/store/cpu-key.mjs';
import { modified } from './freshness.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const FLAGS = '-O3 -march=native';
const COMPILE_MS = 10 * 60_000;
const TRIAL_MS = 60_000;

/** The folder of a build that was killed; none takes this long. */
const LEFTOVER_MS = 24 * 60 * 60_000;

const TRIAL = { vectors: 200, questions: 20, dimensions: 384, nearest: 10, tolerance: 1e-4 };

if (process.argv[2] === '--try') {
  tryOut(process.argv[3]);
} else if (['linux', 'darwin'].includes(process.platform) && ['x64', 'arm64'].includes(process.arch)) {
  try {
    const target = nativeBuild(root);
    if (target !== null && !existsSync(target)) build(target);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.error(`pilcrow: no build of hnswlib-node for this CPU, so searching takes longer: ${reason}`);
  }
}

/** Compiles in a copy of the package, tries the build in a process of its own, and only then puts it in its place. */
function build(target) {
  const nodeGyp = process.env.npm_config_node_gyp;
  if (nodeGyp === undefined) throw new Error('node-gyp is npm\'s; run it with: npm run prepare');
  const source = dirname(createRequire(join(root, 'package.json')).resolve('hnswlib-node/package.json'));
  const builds = dirname(dirname(target));
  mkdirSync(builds, { recursive: true });
  removeLeftovers(builds);
  const copy = mkdtempSync(join(builds, 'building-'));
  try {
    for (const name of ['package.json', 'binding.gyp', 'src']) cpSync(join(source, name), join(copy, name), { recursive: true });
    // With the headers that npm has just compiled with, and none but those: without --nodedir it could download some.
    const flags = `${process.env.CXXFLAGS ?? ''} ${FLAGS}`;
    run('node-gyp', [nodeGyp, 'rebuild', `--nodedir=${headersOf(source)}`], { cwd: copy, env: { ...process.env, CXXFLAGS: flags }, timeout: COMPILE_MS });
    const built = join(copy, 'build', 'Release', 'addon.node');
    run('its trial', [fileURLToPath(import.meta.url), '--try', built], { timeout: TRIAL_MS });
    mkdirSync(dirname(target), { recursive: true });
    renameSync(built, target);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function removeLeftovers(builds) {
  const before = Date.now() - LEFTOVER_MS;
  for (const name of readdirSync(builds)) {
    if (name.startsWith('building-') && (modified(join(builds, name)) ?? before) < before) rmSync(join(builds, name), { recursive: true, force: true });
  }
}

/** The folder of Node's headers that the installed build was compiled with. */
function headersOf(source) {
  const file = join(source, 'build', 'config.gypi');
  if (!existsSync(file)) throw new Error('npm has not compiled it yet');
  return JSON.parse(readFileSync(file, 'utf8').replace(/^#.*$/gm, '')).variables.nodedir;
}

function run(name, args, options) {
  const { error, status, signal, stderr } = spawnSync(process.execPath, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', maxBuffer: 64 * 2 ** 20 });
  if (error !== undefined) throw new Error(`${name}: ${error.message}`);
  if (status === 0) return;
  const complaint = stderr.split('\n').find((line) => /error( \[\w+\])?:/i.test(line))?.trim() ?? '';
  throw new Error(`${name} ended with ${signal ?? status}${complaint && `: ${complaint}`}`);
}

/**
 * Searches few enough vectors that the graph must find the very nearest.
 * @throws when it does not; a build with instructions that the CPU lacks ends the process
 */
function tryOut(file) {
  const { HierarchicalNSW } = createRequire(import.meta.url)(file);
  const { vectors, questions, dimensions, nearest, tolerance } = TRIAL;
  const hnsw = new HierarchicalNSW('ip', dimensions);
  hnsw.initIndex(vectors, 16, 200, 1);
  hnsw.setEf(vectors);
  const stored = Array.from({ length: vectors }, (_, row) => unit(row, dimensions));
  for (const [row, vector] of stored.entries()) hnsw.addPoint(vector, row);
  for (let question = 0; question < questions; question++) {
    const asked = unit(vectors + question, dimensions);
    const exact = stored.map((vector) => 1 - innerProduct(asked, vector));
    const { neighbors, distances } = hnsw.searchKnn(asked, nearest);
    // Ranks of near ties may differ, distances may not.
    [...exact].sort((a, b) => a - b).slice(0, nearest).forEach((distance, rank) => {
      const off = Math.max(Math.abs(distances[rank] - distance), Math.abs(exact[neighbors[rank]] - distance));
      if (!(off < tolerance)) throw new Error(`distance ${rank} of question ${question} is ${distances[rank]} instead of ${distance}`);
    });
  }
}

/** A unit vector made of its number: mulberry32, normalised. */
function unit(seed, dimensions) {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  const vector = Array.from({ length: dimensions }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  });
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

function innerProduct(a, b) {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
