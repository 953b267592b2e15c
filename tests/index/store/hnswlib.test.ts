import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi, onTestFinished } from 'vitest';
import { randomNumbers } from '../../../lib/index/random';
import { buildKey, cpuFlags, nativeBuild } from '../../../lib/index/store/cpu-key.mjs';
import { loadHnswlib, type Hnswlib } from '../../../lib/index/store/hnswlib';
import { innerProduct } from '../../../lib/index/store/inner-product';
import { packageRoot } from '../../../lib/package-root';
import { temporaryFolder } from '../support';

const DIMENSIONS = 384;
const COUNT = 1_000;
const NEAREST = 10;

const native = nativeBuild(packageRoot());
const hasNative = native !== null && existsSync(native);

const random = randomNumbers(7);
const VECTORS = Array.from({ length: COUNT }, unit);
const QUESTIONS = Array.from({ length: 50 }, unit);

function unit(): number[] {
  const vector = Array.from({ length: DIMENSIONS }, () => random() - 0.5);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

function graph({ HierarchicalNSW }: Hnswlib) {
  const hnsw = new HierarchicalNSW('ip', DIMENSIONS);
  hnsw.initIndex(COUNT, 16, 200, 1);
  for (const [row, vector] of VECTORS.entries()) hnsw.addPoint(vector, row);
  hnsw.setEf(600);
  return hnsw;
}

type Graph = ReturnType<typeof graph>;

/** Share of the exactly nearest that a graph finds, every distance being right. */
function recall(hnsw: Graph): number {
  let found = 0;
  for (const question of QUESTIONS) {
    const exact = VECTORS.map((vector) => 1 - innerProduct(Float64Array.from(question), Float64Array.from(vector)));
    const nearest = new Set([...exact.keys()].sort((a, b) => exact[a]! - exact[b]!).slice(0, NEAREST));
    const { neighbors, distances } = hnsw.searchKnn(question, NEAREST);
    for (const [i, row] of neighbors.entries()) {
      expect(distances[i]).toBeCloseTo(exact[row]!, 5);
      if (nearest.has(row)) found++;
    }
  }
  return found / (QUESTIONS.length * NEAREST);
}

describe('the key of a build', () => {
  const X86 = 'processor\t: 0\nmodel name\t: Some CPU\nflags\t\t: sse2 avx fma\nbugs\t\t: spectre\n\nprocessor\t: 1\nflags\t\t: sse2 avx fma\n';

  test('tells the CPU by its flags, in whatever order', () => {
    expect(cpuFlags(X86)).toBe('avx fma sse2');
    expect(cpuFlags(X86.replaceAll('sse2 avx fma', 'fma  sse2 avx avx '))).toBe('avx fma sse2');
    expect(cpuFlags('processor\t: 0\nFeatures\t: fp asimd\nCPU part\t: 0xd0c\n')).toBe('asimd fp');
  });

  test.each(['', 'processor\t: 0\nmodel name\t: flags of old\n', 'flags\t\t:\nbugs\t\t: avx\n'])('knows none where none are told: %j', (cpuinfo) => {
    expect(cpuFlags(cpuinfo)).toBeNull();
  });

  test('is the same for the same, another for other flags and versions', () => {
    expect(buildKey('3.0.0', 'avx sse2')).toBe(buildKey('3.0.0', 'avx sse2'));
    expect(new Set([buildKey('3.0.0', 'avx sse2'), buildKey('3.0.0', 'sse2'), buildKey('3.0.1', 'avx sse2')]).size).toBe(3);
    expect(buildKey('3.0.0', 'avx')).toMatch(new RegExp(`^3\\.0\\.0-abi${process.versions.modules}-${process.platform}-${process.arch}-[0-9a-f]{12}$`));
  });

  test('is none where CPUs cannot be told apart', () => {
    expect(nativeBuild(packageRoot(), null)).toBeNull();
  });
});

describe('the default build', () => {
  test('finds the nearest', () => {
    expect(recall(graph(loadHnswlib(null)))).toBeGreaterThan(0.99);
  });

  test('is taken on another CPU, and where the native one cannot be loaded', async () => {
    expect(loadHnswlib(nativeBuild(packageRoot(), 'flags that no CPU has')).simd).toBe('default');
    const broken = join(await temporaryFolder(), 'addon.node');
    await writeFile(broken, 'not a library');
    expect(loadHnswlib(broken).simd).toBe('default');
  });

  test('is taken when PILCROW_SIMD is off', () => {
    onTestFinished(() => { vi.unstubAllEnvs(); });
    vi.stubEnv('PILCROW_SIMD', undefined);
    expect(loadHnswlib().simd).toBe(hasNative ? 'native' : 'default');
    vi.stubEnv('PILCROW_SIMD', 'off');
    expect(loadHnswlib().simd).toBe('default');
  });
});

describe.skipIf(!hasNative)('the native build (skipped where there is none: npm run prepare)', () => {
  test('finds the nearest as well, in graphs of either', async () => {
    const folder = await temporaryFolder();
    const builds = [loadHnswlib(native), loadHnswlib(null)];
    expect(builds.map(({ simd }) => simd)).toEqual(['native', 'default']);
    for (const [writer, reader] of [builds, [...builds].reverse()] as [Hnswlib, Hnswlib][]) {
      const path = join(folder, writer.simd);
      const written = graph(writer);
      written.writeIndexSync(path);
      const read = new reader.HierarchicalNSW('ip', DIMENSIONS);
      read.readIndexSync(path);
      read.setEf(600);
      expect(recall(written)).toBeGreaterThan(0.99);
      expect(recall(read)).toBe(recall(written));
      expect(read.getPoint(COUNT - 1)).toEqual(written.getPoint(COUNT - 1));
    }
  });
});
