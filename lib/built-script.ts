import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PilcrowError } from './errors';
import { packageRoot } from './package-root';

/**
 * The file of what runs in a process or thread of its own, bundled by `scripts/build-engine.mjs`.
 * @throws PilcrowError `internal` where it has not been built
 */
export function builtScript(name: string): string {
  const path = join(packageRoot(), 'dist', `${name}.mjs`);
  if (!existsSync(path)) throw new PilcrowError('internal', `${path} is missing`, 'run `npm run build`');
  return path;
}
