import { setImmediate as nextTurn } from 'node:timers/promises';
import { randomNumbers } from '../random';
import { VectorIndex } from '../store/vectors';
import { Findings, type Finding } from './findings';

const K = 10;
/** Cosines nearer than this are one: which of two equal passages is found must not count. */
const EQUAL = 1e-6;

/** Questions of a check: they tell .9 from .98 with certainty, in 40 ms each among 60,000 passages. */
const QUESTIONS = 100;
/** Below this passages that answer are missed often enough for people to see it. */
const FAILED_BELOW = 0.9;
/**
 * Of 59,734 passages a graph fresh from nothing has .987 to .994 of such questions (300 at a time), which lie further
 * off than people's do, and .978 of an unlucky hundred.
 */
const REMARKED_BELOW = 0.97;
const SEED = 1912;

/**
 * Recall@10 of the HNSW against exact search over the same vectors, mean over `questions`: the share of
 * what it finds that is as near as the exact tenth (as ann-benchmarks counts it).
 *
 * @param rows of all passages, ascending
 * @param questions vectors of shape [dimensions], L2-normalised
 * @param step called before each; what it throws ends the comparison
 */
export async function hnswRecall(vectors: VectorIndex, rows: Uint32Array, questions: readonly Float32Array[], step: () => void): Promise<number> {
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

/** Whether the graph leads to what is near. Its file must have been found whole: hnswlib crashes on others. */
export async function checkRecall(path: string, dimensions: number, rows: Uint32Array, step: () => void): Promise<Finding> {
  const findings = new Findings();
  const vectors = await VectorIndex.open(path, dimensions);
  let recall: number;
  try {
    recall = await hnswRecall(vectors, rows, questionsBetween(vectors, rows, QUESTIONS), step);
  } finally {
    vectors.close();
  }
  // Rounded down: what is below a limit must not be shown as having reached it.
  const measured = `recall@10 ${(Math.floor(recall * 1000) / 1000).toFixed(3)} over ${QUESTIONS} questions`;
  if (recall < FAILED_BELOW) findings.fail(`${measured}, less than ${FAILED_BELOW}: the graph does not lead to what is near`);
  else if (recall < REMARKED_BELOW) findings.remark(`${measured}, less than ${REMARKED_BELOW}`);
  return findings.outcome(measured);
}

/**
 * Questions lie off the passages: these lie between two of them, drawn with a fixed seed, so that a
 * generation always gets the same ones.
 */
function questionsBetween(vectors: VectorIndex, rows: Uint32Array, count: number): Float32Array[] {
  const random = randomNumbers(SEED);
  const any = () => vectors.vector(rows[Math.floor(random() * rows.length)] ?? 0);
  return Array.from({ length: count }, () => {
    const [a, b] = [any(), any()];
    const sum = a.map((value, i) => value + (b[i] ?? 0));
    const length = Math.hypot(...sum);
    return length === 0 ? a : sum.map((value) => value / length);
  });
}
