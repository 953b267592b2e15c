import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../lib/package-root';

interface Lockfile {
  packages: Record<string, { optionalDependencies?: Record<string, string> }>;
}

// npm leaves out optional packages for other platforms that the registry at hand does not offer, and
// `npm ci` then refuses the whole file (CONTRIBUTING.md says how to put them back).
test('the lockfile names every optional package, for other platforms too', () => {
  const { packages } = JSON.parse(readFileSync(join(packageRoot(), 'package-lock.json'), 'utf8')) as Lockfile;
  const names = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, '')));
  const wanted = Object.values(packages).flatMap(({ optionalDependencies }) => Object.keys(optionalDependencies ?? {}));
  expect(wanted.length).toBeGreaterThan(50);
  expect(wanted.filter((name) => !names.has(name))).toEqual([]);
});
