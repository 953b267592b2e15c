import type { Embedder } from '../embedding';
import type { Calibrate, Calibration, Generation } from '../index';
import { LIMITS_OF_THRESHOLD } from './answerable';
import { PROBES } from './probes';
import { rank } from './rank';
import { parseSearchRequest } from './request';

/** Share of the probes that an index is taken to have no answer to. */
const UNANSWERED = 0.85;

/**
 * Finds what confidence an answer must have in an index, without a judgement of anybody: asks it questions
 * about everything under the sun, most of which it cannot answer, and looks how sure it seems of those. An index
 * that answers many of them would take answers for the rule, one that has nothing in common with any of them
 * would believe everything: limits see to that.
 */
export const calibrate: Calibrate = { version: 1, run };

async function run(generation: Generation, embedder: Embedder, onProbe: () => void): Promise<Calibration> {
  const confidences = await Promise.all(
    PROBES.map(async (probe) => {
      const question = await embedder.embedQuestion(probe);
      onProbe();
      return rank(generation, parseSearchRequest({ q: probe, k: 1 }), question).confidence;
    }),
  );
  confidences.sort((a, b) => a - b);
  const { least, most } = LIMITS_OF_THRESHOLD;
  const found = confidences[Math.floor(UNANSWERED * (confidences.length - 1))] ?? least;
  return { version: calibrate.version, answerableFrom: Math.min(most, Math.max(least, found)), rows: generation.manifest.rows };
}
