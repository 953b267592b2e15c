import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { HierarchicalNSW } from 'hnswlib-node';
import { packageRoot } from '../../package-root';
import { nativeBuild } from './cpu-key.mjs';

/** hnswlib's graph, and whether it was compiled for this machine's CPU or as npm compiles it, for any. */
export interface Hnswlib {
  HierarchicalNSW: typeof HierarchicalNSW;
  simd: 'native' | 'default';
}

let loaded: Hnswlib | undefined;

/** The build in use, one for the whole process. */
export function hnswlib(): Hnswlib {
  loaded ??= loadHnswlib();
  return loaded;
}

/**
 * The native build (`scripts/build-native.mjs`) where there is one for this CPU, else hnswlib-node as it was installed.
 * PILCROW_SIMD=off asks for the latter, to compare. Both are loaded by path at run time: a bundler would try to pack them.
 * @param native the native build's file; null for none
 */
export function loadHnswlib(native: string | null = wantedBuild()): Hnswlib {
  const require = createRequire(join(packageRoot(), 'package.json'));
  if (native !== null && existsSync(native)) {
    try {
      return { HierarchicalNSW: (require(native) as typeof import('hnswlib-node')).HierarchicalNSW, simd: 'native' };
    } catch {
      // A system whose C++ library is another one cannot load it: as good as none.
    }
  }
  return { HierarchicalNSW: (require('hnswlib-node') as typeof import('hnswlib-node')).HierarchicalNSW, simd: 'default' };
}

function wantedBuild(): string | null {
  return process.env['PILCROW_SIMD'] === 'off' ? null : nativeBuild(packageRoot());
}
