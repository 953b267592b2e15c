import type { Embedder } from '../embedding';
import type { Generation, StoredPassage } from '../index';
import type { Folded } from './fold';
import { parseQuestion } from './question';
import { rank, rankRelated } from './rank';
import type { RelatedRequest, SearchRequest } from './request';
import type { Candidate } from './score';
import type { ArticleRef, RelatedResponse, SearchResponse, SearchResult } from './types';

/**
 * Asks one generation, whichever it is.
 * @param embedder of the generation's model; null where the mode is lexical
 * @param started when the request came, as `performance.now()` has it
 */
export async function answerFrom(generation: Generation, request: SearchRequest, embedder: Embedder | null, started: number): Promise<SearchResponse> {
  const embedStarted = performance.now();
  const question = embedder === null ? null : await embedder.embedQuestion(parseQuestion(request.q).text);
  const embedMs = performance.now() - embedStarted;

  const retrieveStarted = performance.now();
  const { ranked, answerable } = rank(generation, request, question);
  const retrieveMs = performance.now() - retrieveStarted;

  return {
    query: request.q,
    mode: request.mode,
    generation: generation.id,
    answerable,
    results: ranked.map(result),
    took: timing(started, embedMs, retrieveMs),
  };
}

export function relate(generation: Generation, passage: StoredPassage, request: RelatedRequest, started: number): RelatedResponse {
  const retrieveStarted = performance.now();
  const { repeats, ranked } = rankRelated(generation, passage, request);
  const retrieveMs = performance.now() - retrieveStarted;
  return {
    passage: { id: passage.id, ordinal: passage.ordinal, text: passage.text },
    article: articleRef(passage.article),
    alsoIn: repeats.map(duplicate),
    generation: generation.id,
    results: ranked.map(result),
    took: timing(started, 0, retrieveMs),
  };
}

function result({ kept, passage, repeats, moreInArticle }: Folded<Candidate>, i: number): SearchResult {
  const { start, end } = kept.evidence;
  return {
    rank: i + 1,
    score: kept.score,
    passage: { id: passage.id, ordinal: passage.ordinal, text: passage.text },
    article: articleRef(passage.article),
    evidence: { text: passage.text.slice(start, end), start, end },
    matched: kept.matched,
    alsoIn: repeats.map(duplicate),
    moreInArticle,
  };
}

export function articleRef({ id, title, url, author, published, source }: ArticleRef): ArticleRef {
  return { id, title, url, author, published, source };
}

function duplicate(passage: StoredPassage) {
  return { passage: { id: passage.id, ordinal: passage.ordinal }, article: articleRef(passage.article) };
}

function timing(started: number, embedMs: number, retrieveMs: number) {
  return { totalMs: performance.now() - started, embedMs, retrieveMs };
}
