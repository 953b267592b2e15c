import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { root } from '../build-engine.mjs';

const MANIFEST = 'page_client-reference-manifest.js';
/** Lists of scripts are JSON within a script that sets them. */
const ENTRIES = /"entryJSFiles":(\{.*?\})/s;

/**
 * The scripts that a browser loads with each page before anything is done on it, from the build's own
 * manifests. What is fetched later, by `import()`, is not among them.
 * @param {string} nextDir `.next` of a complete build
 * @returns {{ pages: { page: string, scripts: string[] }[], forOldBrowsers: string[] }} files relative to `nextDir`;
 *   those for old browsers are `noModule`: none that knows modules loads them
 */
export function firstLoadScripts(nextDir) {
  const { rootMainFiles, polyfillFiles } = JSON.parse(readFileSync(join(nextDir, 'build-manifest.json'), 'utf8'));
  const app = join(nextDir, 'server', 'app');
  const pages = readdirSync(app, { recursive: true })
    .filter((file) => file.endsWith(MANIFEST) && !file.startsWith('_'))
    .map((file) => ({ page: addressOf(file), scripts: [...new Set([...rootMainFiles, ...entriesIn(join(app, file))])] }));
  return { pages: pages.sort((a, b) => a.page.localeCompare(b.page)), forOldBrowsers: polyfillFiles };
}

/** Bytes as they are sent: gzip, which this server sends, and brotli, which one before it may. */
export function compressedSize(nextDir, scripts) {
  const texts = scripts.map((file) => readFileSync(join(nextDir, file)));
  const sum = (compress) => texts.reduce((bytes, text) => bytes + compress(text).length, 0);
  return { gzip: sum((text) => gzipSync(text)), brotli: sum((text) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })) };
}

/** A small table for whoever builds the app. */
export function firstLoadTable(nextDir) {
  const { pages, forOldBrowsers } = firstLoadScripts(nextDir);
  const width = Math.max(...pages.map(({ page }) => page.length));
  const line = (name, { gzip, brotli }) => `  ${name.padEnd(width)}  ${kilobytes(gzip)} gzip, ${kilobytes(brotli)} brotli`;
  return [
    'First-load JavaScript, compressed:',
    ...pages.map(({ page, scripts }) => line(page, compressedSize(nextDir, scripts))),
    `  and ${kilobytes(compressedSize(nextDir, forOldBrowsers).gzip).trim()} of polyfills that only browsers without modules load`,
  ].join('\n');
}

function addressOf(manifest) {
  const folder = dirname(manifest).split(sep).join('/');
  return folder === '.' ? '/' : `/${folder}`;
}

function entriesIn(manifest) {
  const [, entries] = ENTRIES.exec(readFileSync(manifest, 'utf8')) ?? [];
  if (entries === undefined) throw new Error(`${manifest} names no scripts`);
  return Object.values(JSON.parse(entries)).flat();
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(0).padStart(4)} kB`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(firstLoadTable(join(root, '.next')));
