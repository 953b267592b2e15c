import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Generation } from '../index';

const K = 10;
/** Cosines nearer than this are one: which of two equal passages is found must not count. */
const EQUAL = 1e-6;

/**
 * Recall@10 of the HNSW against exact search over the same vectors, mean over `questions`: the share of
 * what it finds that is as near as the exact tenth (as ann-benchmarks counts it).
 *
 * @param questions vectors of shape [dimensions], L2-normalised
 * @param step called before each; what it throws ends the comparison
 */
export async function hnswRecall({ store, vectors }: Generation, questions: readonly Float32Array[], step: () => void): Promise<number> {
  const rows = store.allRows().toRows();
  const wanted = Math.min(K, rows.length);
  let sum = 0;
  for (const question of questions) {
    step();
    const tenth = vectors.searchAmong(question, rows, wanted).at(-1)?.similarity ?? 0;
    const found = vectors.search(question, wanted).filter(({ row }) => vectors.similarity(question, row) >= tenth - EQUAL);
    sum += found.length / wanted;
    await nextTurn();
  }
  return sum / Math.max(1, questions.length);
}
