import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PilcrowError } from './errors';

const PACKAGE_NAME = 'pilcrow';

let found: string | undefined;

/**
 * The folder of Pilcrow's own package.json: where node_modules and dist lie.
 *
 * Looked for at run time, upward from this module and then from the working directory, because the
 * same code runs from source, from dist/ and from Next's server bundle.
 *
 * @throws PilcrowError `internal` when there is none
 */
export function packageRoot(): string {
  found ??= nearestRoot(dirname(fileURLToPath(import.meta.url))) ?? nearestRoot(process.cwd());
  if (found === undefined) {
    throw new PilcrowError('internal', `no package.json of ${PACKAGE_NAME} above ${process.cwd()}`, 'run it from its own folder');
  }
  return found;
}

function nearestRoot(start: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && nameIn(manifest) === PACKAGE_NAME) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

function nameIn(manifest: string): unknown {
  const content: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
  return typeof content === 'object' && content !== null && 'name' in content ? content.name : undefined;
}
