import type { Generation } from '../index';
import type { Candidate } from './score';
import type { SearchResponse } from './types';

/**
 * All of a question's words in the best passage count as much as this of its cosine. AUC of questions with an
 * answer against others, at 0, .3, .7: squad against wikiqa .930, .950, .940; wikiqa against squad .975, .986, .985;
 * cisi against wikiqa .992, .993, .970; time against wikiqa .978, .975, .950.
 */
const COVERAGE_WEIGHT = 0.3;
/** What words alone must cover, where the model is not asked. */
const WORDS_ALONE_FROM = 0.5;
/** For an index that was not calibrated. */
const UNCALIBRATED = 0.55;
/** Where calibration may end up. */
export const LIMITS_OF_THRESHOLD = { least: 0.4, most: 0.62 };

/** Whether an index answers a question. */
export interface Verdict {
  answerable: boolean;
  /** Greater is likelier to be answered; comparable between questions asked of one index in one mode. */
  confidence: number;
}

/**
 * Between an answer and none: the fit of the first passage from which it may be one. Of 24 questions that share no
 * content word with their answer 23 lie above it, of 80 about everything under the sun half do (articles/).
 */
const MAY_ANSWER_FROM = 0.35;

/** What can be said of what was found, in one word for whoever shows it. */
export function judgementOf({ answerable, results }: Pick<SearchResponse, 'answerable' | 'results'>): 'answers' | 'may-answer' | 'nearest' | 'nothing' {
  const [first] = results;
  if (first === undefined) return 'nothing';
  if (answerable) return 'answers';
  return first.fit >= MAY_ANSWER_FROM ? 'may-answer' : 'nearest';
}

/**
 * @param best the passage that ranks first, or null when there is none
 * @param familiarity how well the model knows the question's words, 0 to 1
 */
export function verdict(generation: Generation, best: Candidate | null, familiarity: number): Verdict {
  if (best === null) return { answerable: false, confidence: 0 };
  const confidence = confidenceOf(best, familiarity);
  return { answerable: confidence >= thresholdOf(generation, best), confidence };
}

/** How well a passage answers, 0 to 1: from .5 on the index takes a question for answered by it. */
export function fitOf(generation: Generation, candidate: Candidate, familiarity: number): number {
  return Math.min(1, Math.max(0, confidenceOf(candidate, familiarity) / (2 * thresholdOf(generation, candidate))));
}

/**
 * The less the model knows the question's words, the less its meaning counts, and the more their coverage (AUC on
 * some hundred questions: xquad-de .938 → .985, xquad-zh .820 → .938).
 */
function confidenceOf({ meaning, coverage }: Candidate, familiarity: number): number {
  return meaning === null ? coverage : familiarity * meaning + (1 - familiarity + COVERAGE_WEIGHT) * coverage;
}

function thresholdOf({ manifest }: Generation, { meaning }: Candidate): number {
  return meaning === null ? WORDS_ALONE_FROM : (manifest.calibration?.answerableFrom ?? UNCALIBRATED);
}
