import type { Embedder } from '../embedding';
import { diffArticles, findGenerations, generationDirectory, openGeneration, type ArticleChanges, type Generation } from '../index';
import { withEmbedder, type OpenEmbedder } from './askable';
import { askSaved, isSame, printsOf, rankOf, type Said } from './pinned';
import { readQuestions, type SavedQuestion } from './questions';
import type { SearchResponse, SearchResult } from './types';

/** Results of each question that are compared; more where its pinned answer may stand further down. */
const COMPARED = 5;

/** A passage as a change of answers names it. */
export interface ChangedPassage {
  id: string;
  ordinal: number;
  text: string;
  article: { id: string; title: string; source: string };
}

/** The same of two generations. */
export interface FromTo<T> {
  from: T;
  to: T;
}

/** What became of the first answers to one question. */
export interface AnswerChanges {
  text: string;
  within: number;
  answerable: FromTo<boolean>;
  /** The rank of the pinned answer, null where it is not among the first `within`; null where none is pinned. */
  pinned: FromTo<number | null> | null;
  entered: { passage: ChangedPassage; to: number }[];
  left: { passage: ChangedPassage; from: number }[];
  moved: { passage: ChangedPassage; from: number; to: number }[];
  unchanged: boolean;
}

/** `pilcrow diff --json`. */
export interface GenerationDiff extends FromTo<{ id: string; createdAt: string }> {
  articles: ArticleChanges;
  /** In the order they were saved. */
  questions: AnswerChanges[];
}

export interface DiffOptions {
  indexDir: string;
  /** Beginnings of ids; see `findGenerations`. */
  from?: string | undefined;
  to?: string | undefined;
  /** Compare articles only: no question is asked and no model opened. */
  articlesOnly?: boolean | undefined;
  openEmbedder: OpenEmbedder;
}

/**
 * What differs between two generations: their articles, and what they answer to the saved questions.
 * @throws PilcrowError `generation-not-found`, `questions-invalid`, `usage`, and as a generation or model that cannot be used
 */
export async function diffGenerations({ indexDir, from, to, articlesOnly, openEmbedder }: DiffOptions): Promise<GenerationDiff> {
  const ids = await findGenerations(indexDir, from, to);
  const questions = articlesOnly === true ? [] : await readQuestions(indexDir);
  // One generation is opened once: hashing its files again would let go of the lock that keeps it.
  const opened = new Map<string, Generation>();
  try {
    for (const id of new Set([ids.from, ids.to])) opened.set(id, await openGeneration(generationDirectory(indexDir, id)));
    const [older, newer] = [opened.get(ids.from) as Generation, opened.get(ids.to) as Generation];
    return {
      from: nameOf(older),
      to: nameOf(newer),
      articles: diffArticles(indexDir, older, newer),
      questions: questions.length === 0 ? [] : await diffAnswers(older, newer, questions, openEmbedder),
    };
  } finally {
    for (const generation of opened.values()) generation.close();
  }
}

/** Each generation is asked with the embedder of its own model. */
async function diffAnswers(from: Generation, to: Generation, questions: readonly SavedQuestion[], openEmbedder: OpenEmbedder): Promise<AnswerChanges[]> {
  const hint = 'compare the articles alone with: pilcrow diff --articles';
  const ask = async (ofFrom: Embedder, ofTo: Embedder) => {
    const changes: AnswerChanges[] = [];
    for (const question of questions) {
      const before = await askSaved(from, ofFrom, question.text);
      const after = await askSaved(to, ofTo, question.text);
      changes.push(compare(question, { generation: from, response: before }, { generation: to, response: after }));
    }
    return changes;
  };
  const isOneModel = from.manifest.model.hash === to.manifest.model.hash && from.manifest.analyzer === to.manifest.analyzer;
  return withEmbedder(to, openEmbedder, (ofTo) => (isOneModel ? ask(ofTo, ofTo) : withEmbedder(from, openEmbedder, (ofFrom) => ask(ofFrom, ofTo), hint)), hint);
}

interface Answered {
  generation: Generation;
  response: SearchResponse;
}

function compare({ text, within, pin }: SavedQuestion, from: Answered, to: Answered): AnswerChanges {
  const count = Math.max(COMPARED, within);
  const before = firstOf(from, count);
  const after = firstOf(to, count);
  const pairs = pairUp(before, after);
  const gone = before.filter((one) => !pairs.has(one));
  const stayed = new Set(pairs.values());
  const pinnedIn = ({ generation, response }: Answered) => (pin === null ? null : rankOf(generation, response.results.slice(0, within), pin));

  const entered = after.filter((one) => !stayed.has(one)).map(({ result }) => ({ passage: named(result), to: result.rank }));
  const left = gone.map(({ result }) => ({ passage: named(result), from: result.rank }));
  const moved = [...pairs]
    .filter(([was, is]) => was.result.rank !== is.result.rank)
    .map(([was, is]) => ({ passage: named(is.result), from: was.result.rank, to: is.result.rank }))
    .sort((a, b) => a.to - b.to);
  const answerable = { from: from.response.answerable, to: to.response.answerable };
  const pinned = pin === null ? null : { from: pinnedIn(from), to: pinnedIn(to) };
  const unchanged = entered.length + left.length + moved.length === 0 && answerable.from === answerable.to && pinned?.from === pinned?.to;
  return { text, within, answerable, pinned, entered, left, moved, unchanged };
}

interface Shown {
  result: SearchResult;
  prints: Said[];
}

function firstOf({ generation, response }: Answered, count: number): Shown[] {
  return response.results.slice(0, count).map((result) => ({ result, prints: printsOf(generation, result) }));
}

/** Which result is which: by their texts first, so that an edited neighbour at its place takes none away. */
function pairUp(before: readonly Shown[], after: readonly Shown[]): Map<Shown, Shown> {
  const pairs = new Map<Shown, Shown>();
  const taken = new Set<Shown>();
  const pair = (agree: (was: Said, is: Said) => boolean) => {
    for (const was of before) {
      if (pairs.has(was)) continue;
      const is = after.find((one) => !taken.has(one) && was.prints.some((a) => one.prints.some((b) => agree(a, b))));
      if (is === undefined) continue;
      pairs.set(was, is);
      taken.add(is);
    }
  };
  pair((was, is) => was.text === is.text);
  // The other way round too: a passage may have been split.
  pair((was, is) => isSame(was, is) || isSame(is, was));
  return pairs;
}

function named({ passage, article }: SearchResult): ChangedPassage {
  const { id, title, source } = article;
  return { id: passage.id, ordinal: passage.ordinal, text: passage.text, article: { id, title, source } };
}

function nameOf({ id, manifest }: Generation): { id: string; createdAt: string } {
  return { id, createdAt: manifest.createdAt };
}
