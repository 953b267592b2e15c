import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createReadStream } from 'node:fs';
import { createBrotliDecompress } from 'node:zlib';
import packaged from '@sparticuz/chromium';
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';

const SYSTEM_CHROMIUM = '/usr/bin/chromium';

/**
 * Of the packaged browser's own arguments only what a container needs: not those that switch off web
 * security, which is among what is tested here, nor `--single-process`, which is for AWS Lambda.
 */
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--no-zygote',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-pings',
  '--font-render-hinting=none',
];

/**
 * Chromium from @sparticuz/chromium, with the libraries it brings along where the machine has none,
 * or else the system's. Playwright gives each launch a user-data-dir of its own.
 */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const failures: string[] = [];
  for (const attempt of [withPackaged, withPackagedLibraries, withSystem]) {
    try {
      return await attempt({ ...options, args: ARGUMENTS });
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(`no browser starts:\n${failures.join('\n')}`);
}

async function withPackaged(options: LaunchOptions): Promise<Browser> {
  return chromium.launch({ ...options, executablePath: await packaged.executablePath() });
}

/** libnss3, libnspr4, libexpat: the package has them for Amazon Linux and unpacks them only there. */
async function withPackagedLibraries(options: LaunchOptions): Promise<Browser> {
  const libraries = await unpackLibraries();
  const env = { ...process.env, LD_LIBRARY_PATH: [libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':') };
  return chromium.launch({ ...options, executablePath: await packaged.executablePath(), env });
}

async function withSystem(options: LaunchOptions): Promise<Browser> {
  return chromium.launch({ ...options, executablePath: SYSTEM_CHROMIUM });
}

/** @returns the folder with the .so files */
async function unpackLibraries(): Promise<string> {
  const target = join(tmpdir(), 'pilcrow-chromium-libraries');
  if (existsSync(target)) return join(target, 'lib');
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const archive = join(entry.slice(0, entry.indexOf(join('@sparticuz', 'chromium'))), '@sparticuz', 'chromium', 'bin', 'al2023.tar.br');
  const fresh = await mkdtemp(`${target}-`);
  const tar = spawn('tar', ['-x', '-C', fresh], { stdio: ['pipe', 'ignore', 'inherit'] });
  createReadStream(archive).pipe(createBrotliDecompress()).pipe(tar.stdin);
  const [code] = (await once(tar, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`tar ended with ${code} on ${archive}`);
  await mkdir(dirname(target), { recursive: true });
  await rename(fresh, target).catch(() => rm(fresh, { recursive: true, force: true }));
  return join(target, 'lib');
}
