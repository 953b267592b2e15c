import type { SearchResult } from '../lib/search';
import { engine } from './engine';
import { orElse } from './errors';
import { searchInput } from './query';
import { lastQuestion, untilQuestion, type Trail } from './trail';

/** Where a passage stands among what the reader's question found. */
export interface Place {
  question: URLSearchParams;
  /** The way to the results, the question included. */
  way: Trail;
  results: readonly SearchResult[];
  result: SearchResult;
}

/**
 * Asks the last question on the way again. Null when there is none, it can no longer be asked, or the passage is not
 * among its results: the reader came to it by another way.
 */
export async function placeAmongResults(trail: Trail, passageId: string): Promise<Place | null> {
  const question = lastQuestion(trail);
  if (question === null) return null;
  // The article stands without them: what is wrong with a question is for the results' own page to say.
  const results = await orElse<readonly SearchResult[], []>(async () => (await engine().search(searchInput(question))).results, []);
  const result = results.find(({ passage }) => passage.id === passageId);
  return result === undefined ? null : { question, way: untilQuestion(trail), results, result };
}
