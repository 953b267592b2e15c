import type { Folded } from './fold';
import type { Candidate } from './fuse';
import { coverage, type LexicalQuery } from './lexical-query';

/** Below this cosine the model sees hardly more than the language in common. */
const NEAR_FROM = 0.3;
/** A passage with half of the question's words, by weight, is about it whatever the model thinks. */
const COVERED_FROM = 0.5;

/** Whether the best result seems to answer at all: a first rule, not calibrated to the index. */
export function isAnswerable(best: Folded<Candidate> | null, words: LexicalQuery): boolean {
  if (best === null) return false;
  if (best.kept.cosine !== null && best.kept.cosine >= NEAR_FROM) return true;
  return coverage(words, `${best.passage.article.title}\n${best.passage.text}`) >= COVERED_FROM;
}
