import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { loadModel } from '../../lib/embedding';
import { buildIndex } from '../../lib/index';
import { packageRoot } from '../../lib/package-root';
import { createEngine, type Engine } from '../../lib/search';

export interface SampleQuestion {
  question: string;
  /** File name in articles/. */
  article: string;
  /** Stands in the paragraph that answers, and nowhere else. */
  contains: string;
}

/** Questions whose answers share no content word with them. */
export const SAMPLE_QUESTIONS: SampleQuestion[] = [1, 2, 3].flatMap(
  (n) => JSON.parse(readFileSync(join(packageRoot(), `tests/fixtures/questions-${n}.json`), 'utf8')) as SampleQuestion[],
);

/** An engine over the sample articles for the tests of one file. */
export function useSampleIndex(): { engine: () => Engine; indexDir: () => string } {
  let indexDir = '';
  let engine: Engine | null = null;
  beforeAll(async () => {
    indexDir = await mkdtemp(join(tmpdir(), 'pilcrow-sample-'));
    await buildIndex({ indexDir, named: ['articles'], cwd: packageRoot() });
    engine = createEngine({ indexDir, openEmbedder: loadModel });
  }, 120_000);
  afterAll(async () => {
    await engine?.close();
    await rm(indexDir, { recursive: true, force: true });
  });
  return {
    engine: () => {
      if (engine === null) throw new Error('the sample index is not built yet');
      return engine;
    },
    indexDir: () => indexDir,
  };
}
