import type { Embedder } from '../embedding';
import type { Generation, StoredPassage } from '../index';
import { fitOf } from './answerable';
import type { Folded } from './fold';
import { MatchedWords } from './matched-words';
import { parseQuestion } from './question';
import { prepare, rank, rankRelated } from './rank';
import type { RelatedRequest, SearchRequest } from './request';
import type { Candidate } from './score';
import { takeTurn } from './turns';
import type { ArticleRef, PassageRef, RelatedResponse, SearchResponse, SearchResult } from './types';

/** Words that are named as found: more than anyone reads. */
const MOST_WORDS = 8;
const MOST_SHARED_WORDS = 5;
/**
 * A cosine between two passages that leaves nothing to wish for, so that half of it is about what the nearest passage
 * of another article has: .35, .42 and .48 for a tenth, half and nine tenths of passages (articles/; squad .33, .44,
 * .66), while two passages at random have .15 (.02).
 */
const AS_GOOD_AS_SAME = 0.8;

/**
 * Asks one generation, whichever it is.
 * @param embedder of the generation's model; null where the mode is lexical
 * @param started when the request came, as `performance.now()` has it
 */
export async function answerFrom(generation: Generation, request: SearchRequest, embedder: Embedder | null, started: number): Promise<SearchResponse> {
  await takeTurn();
  const watch = new Stopwatch();
  const parsed = parseQuestion(request.q);
  const embedding = embedder?.embedQuestion(parsed.text) ?? null;
  // Waited for below: should something else fail before, this must not be a failure that nobody hears of.
  embedding?.catch(() => undefined);
  watch.lap('embed');
  // A model in another process reads the question meanwhile.
  const prepared = prepare(generation, request, parsed);
  watch.lap('retrieve');
  const question = await embedding;
  if (embedding !== null) await takeTurn();
  watch.lap('embed');

  const { ranked, answerable, words, familiarity } = rank(generation, request, question, prepared);
  const matched = new MatchedWords(words, MOST_WORDS);
  const fits = ranked.map(({ kept }) => fitOf(generation, kept, familiarity));
  // Whether the question is answered is decided by the first: none after it may seem to know better.
  const results = ranked.map((folded, i) => result(folded, i, Math.min(fits[0] ?? 0, fits[i] ?? 0), matched));
  watch.lap('retrieve');

  return {
    query: request.q,
    mode: request.mode,
    generation: generation.id,
    answerable,
    unknownFilters: generation.store.articles.unknown(request),
    results,
    took: timing(started, watch.spent.embed, watch.spent.retrieve),
  };
}

export function relate(generation: Generation, passage: StoredPassage, request: RelatedRequest, started: number): RelatedResponse {
  const retrieveStarted = performance.now();
  const { repeats, ranked, words } = rankRelated(generation, passage, request);
  const shared = new MatchedWords(words, MOST_SHARED_WORDS);
  const results = ranked.map((folded, i) => result(folded, i, nearness(folded.kept), shared));
  const retrieveMs = performance.now() - retrieveStarted;
  return {
    passage: passageRef(passage),
    article: articleRef(passage.article),
    alsoIn: repeats.map(duplicate),
    generation: generation.id,
    unknownFilters: generation.store.articles.unknown(request),
    results,
    took: timing(started, 0, retrieveMs),
  };
}

/** How near a related passage is, 0 to 1: its cosine as a share of {@link AS_GOOD_AS_SAME}. */
function nearness({ meaning }: Candidate): number {
  return Math.min(1, Math.max(0, (meaning ?? 0) / AS_GOOD_AS_SAME));
}

function result({ kept, passage, repeats, moreInArticle }: Folded<Candidate>, i: number, fit: number, words: MatchedWords): SearchResult {
  const { start, end } = kept.evidence;
  return {
    rank: i + 1,
    score: kept.score,
    fit,
    passage: passageRef(passage),
    article: articleRef(passage.article),
    evidence: { text: passage.text.slice(start, end), start, end },
    words: words.in(passage),
    matched: kept.matched,
    alsoIn: repeats.map(duplicate),
    moreInArticle,
  };
}

export function articleRef({ id, title, url, author, published, language, source }: ArticleRef): ArticleRef {
  return { id, title, url, author, published, language, source };
}

export function passageRef({ id, ordinal, text, section, page }: PassageRef): PassageRef {
  return { id, ordinal, text, section, page };
}

function duplicate(passage: StoredPassage) {
  return { passage: { id: passage.id, ordinal: passage.ordinal }, article: articleRef(passage.article) };
}

/** Where the time goes: with the model, waiting for it and for one's turn included, and with the index. */
class Stopwatch {
  readonly spent = { embed: 0, retrieve: 0 };
  private since = performance.now();

  lap(part: 'embed' | 'retrieve'): void {
    const now = performance.now();
    this.spent[part] += now - this.since;
    this.since = now;
  }
}

function timing(started: number, embedMs: number, retrieveMs: number) {
  return { totalMs: performance.now() - started, embedMs, retrieveMs };
}
