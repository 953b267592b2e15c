import type { EmbeddedQuestion, LoadedModel } from '../embedding';
import type { Generation } from '../index';
import { rank, type Ranking } from '../search/rank';
import { parseSearchRequest, type Mode } from '../search/request';
import type { Question } from './beir';
import { fitQuestion } from './fit';

/** Documents looked at: what recall@100 needs, and the most a request may ask for. */
const DEPTH = 100;

/** A question as it was asked. */
export interface Asked {
  /** What was asked, without operators. */
  words: string;
  /** Whether only the beginning was asked. */
  shortened: boolean;
  question: EmbeddedQuestion;
  /** What a request with no wishes of its own gets: hybrid, ten passages. */
  ranking: Ranking;
  /** Of embedding and that ranking together. */
  ms: number;
}

/**
 * Embeds a question and ranks passages as for anyone who asks. The deeper rankings that metrics need come
 * after it (`documentRanking`), so that the time is that of a first asking.
 */
export async function ask(generation: Generation, model: LoadedModel, question: Question): Promise<Asked> {
  const text = fitQuestion(question.text, model.tokenizer);
  const words = withoutOperators(text);
  const started = performance.now();
  const embedded = await model.embedQuestion(words);
  const ranking = rank(generation, parseSearchRequest({ q: words }), embedded);
  return { words, shortened: text !== question.text, question: embedded, ranking, ms: performance.now() - started };
}

/** Passages of a hundred documents, each document's best, best first. */
export function documentRanking(mode: Mode, generation: Generation, { words, question }: Asked): Ranking['ranked'] {
  const request = parseSearchRequest({ q: words, k: DEPTH, perArticle: 1, mode });
  return rank(generation, request, mode === 'lexical' ? null : question).ranked;
}

/**
 * The same words, none of which is required or excluded: who wrote the questions of a data set knew nothing
 * of operators, and meant by a quoted title no condition (Lucene's evaluations escape them likewise).
 */
export function withoutOperators(text: string): string {
  const plain = text.replace(/["＂“”„«»「」『』]/g, ' ').replace(/(?<=^|\s)-+(?=\S)/g, ' ').trim();
  return plain === '' ? text : plain;
}
