import type { Embedder } from '../embedding';
import type { Calibration, Generation } from '../index';
import { LIMITS_OF_THRESHOLD } from './answerable';
import { PROBES } from './probes';
import { rank } from './rank';
import { parseSearchRequest } from './request';

/** Raised when the same index would be calibrated otherwise. */
export const CALIBRATION_VERSION = 1;

/**
 * Deviations above the median of the probes. One would let about one unanswered question in six pass if
 * confidences were normally distributed; what lies above the median of them is partly answered, so the
 * deviation is taken from below.
 */
const DEVIATIONS = 1.25;

/**
 * Finds what confidence an answer must have in this index, without a judgement of anybody: asks it
 * questions about everything under the sun, most of which it cannot answer, and looks how sure it seems
 * of those. An index that answers more than half of them would take answers for the rule: limits see to that.
 */
export async function calibrate(generation: Generation, embedder: Embedder): Promise<Calibration> {
  const confidences: number[] = [];
  for (const probe of PROBES) {
    const question = await embedder.embedQuestion(probe);
    confidences.push(rank(generation, parseSearchRequest({ q: probe, k: 1 }), question).confidence);
  }
  confidences.sort((a, b) => a - b);
  const median = quantile(confidences, 0.5);
  const deviation = median - quantile(confidences, 0.16);
  const { least, most } = LIMITS_OF_THRESHOLD;
  return { answerableFrom: Math.min(most, Math.max(least, median + DEVIATIONS * deviation)) };
}

function quantile(ascending: readonly number[], share: number): number {
  return ascending[Math.floor(share * (ascending.length - 1))] ?? 0;
}
