import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';
import { type ModelSpec, modelSpecSchema } from '../../lib/embedding';
import { packageRoot } from '../../lib/package-root';

export const root = packageRoot();

/** Scratch space inside the project, so that bundles in it find node_modules. */
const scratch = join(root, 'node_modules', '.cache', 'pilcrow-tests');

/** The cache folder that tests share: what one has prepared, the next one finds. */
export function useSharedCache(): void {
  process.env.PILCROW_CACHE_DIR = join(scratch, 'models');
}

export function spec(changes: Partial<ModelSpec> = {}): ModelSpec {
  return modelSpecSchema.parse(changes);
}

/** A new folder that goes when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pilcrow-embedding-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Sets an environment variable until the test ends. */
export function setEnvironment(name: string, value: string): void {
  const before = { ...process.env };
  process.env[name] = value;
  onTestFinished(() => {
    process.env = before;
  });
}

export function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

/**
 * Bundles TypeScript that imports from the project's root, and runs it in one process per
 * environment, all at once.
 * @param folder where the bundle lies; without it, somewhere in the project
 * @throws when a process ends with anything but 0, or not at all
 */
export async function runProcesses(
  source: string,
  environments: readonly Record<string, string>[],
  folder?: string,
): Promise<{ stdout: string; stderr: string }[]> {
  const outdir = folder ?? join(scratch, randomUUID());
  onTestFinished(() => rmSync(outdir, { recursive: true, force: true }));
  await build({
    stdin: { contents: source, resolveDir: root, loader: 'ts' },
    outfile: join(outdir, 'main.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: folder === undefined ? 'external' : 'bundle',
    external: ['@xenova/transformers', 'onnxruntime-node', 'onnx-proto'],
    logLevel: 'silent',
  });
  return Promise.all(
    environments.map((env) =>
      promisify(execFile)(process.execPath, [join(outdir, 'main.mjs')], { cwd: outdir, env: { ...process.env, ...env }, timeout: 60_000 }),
    ),
  );
}

/** Paragraphs of the sample articles, read simply: blocks of running text. */
export function sampleParagraphs(): string[] {
  const folder = join(root, 'articles');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').replace(/^---\n[^]*?\n---\n/, '').split(/\n\s*\n/))
    .map((block) => block.trim())
    .filter((block) => /^[\p{L}"“'‘]/u.test(block) && block.length > 40);
}
