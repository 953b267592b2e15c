import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { PilcrowError } from '../errors';
import { idSchema, readCorpus, type Corpus } from './corpus';
import { badLine, jsonLines, linesOf } from './lines';
import { hasRelevant, type Judgements } from './metrics';

const FILES = {
  'corpus.jsonl': 'a document {"_id", "title", "text"} on each line',
  'queries.jsonl': 'a query {"_id", "text"} on each line',
  'qrels/test.tsv': 'a judgement "query-id, corpus-id, score" on each line, parted by tabs, below a line that names them',
} as const;

const questionSchema = z.looseObject({ _id: idSchema, text: z.string().trim().min(1, 'is empty') });

export interface Question {
  id: string;
  text: string;
}

/** A question with its grades by document id; at least one document is relevant. */
export interface JudgedQuestion extends Question {
  judged: Judgements;
}

/** A BEIR folder (Thakur et al. 2021), read and compared with itself. */
export interface Dataset {
  /** The folder's name. */
  name: string;
  corpus: Corpus;
  /** In the file's order; those without any relevant document are left out, as trec_eval does. */
  questions: JudgedQuestion[];
  warnings: string[];
}

/**
 * Reads a BEIR folder: corpus.jsonl, queries.jsonl and qrels/test.tsv, each also as .gz.
 *
 * @throws PilcrowError `dataset-not-found` for a folder or file that is not there, `dataset-invalid` for a
 *   line that cannot be read or judgements that make no question
 */
export async function readDataset(directory: string): Promise<Dataset> {
  const files = locate(directory);
  const { questions, duplicates } = await readQuestions(files['queries.jsonl']);
  const judgements = await readJudgements(files['qrels/test.tsv']);
  const corpus = await readCorpus(files['corpus.jsonl']);
  const judgedQuestions = questions.flatMap((question) => {
    const judged = judgements.byQuestion.get(question.id) ?? new Map<string, number>();
    return hasRelevant(judged) ? [{ ...question, judged }] : [];
  });
  if (judgedQuestions.length === 0) {
    throw new PilcrowError('dataset-invalid', `no query of ${directory} has a relevant document`, 'check that the ids in qrels/test.tsv are those in queries.jsonl');
  }
  const warnings = [
    ...corpusWarnings(corpus, 'document'),
    told(duplicates, (count) => `${count} of the queries have the _id of an earlier one and were left out`),
    told(judgements.repeated, (count) => `${count} of the judgements repeat a query and document; the first counts`),
    ...disagreements(judgements.byQuestion, questions, corpus),
  ].flat();
  return { name: basename(resolve(directory)), corpus, questions: judgedQuestions, warnings };
}

/**
 * @throws PilcrowError `dataset-not-found` when there is no such file, `dataset-invalid` for a line that is no question
 */
export async function readQuestions(path: string): Promise<{ questions: Question[]; duplicates: number }> {
  requireFile(path, FILES['queries.jsonl']);
  const questions = new Map<string, Question>();
  let duplicates = 0;
  for await (const { _id, text } of jsonLines(path, questionSchema)) {
    if (questions.has(_id)) duplicates++;
    else questions.set(_id, { id: _id, text });
  }
  return { questions: [...questions.values()], duplicates };
}

/** @throws PilcrowError `dataset-not-found` when there is no such file, and as `readCorpus` */
export async function readDistractors(path: string): Promise<Corpus> {
  requireFile(path, FILES['corpus.jsonl']);
  return readCorpus(path);
}

/** What was left out of a corpus, or taken otherwise than it stands there. */
export function corpusWarnings({ duplicates, titlesAsText, empty }: Corpus, what: string): string[] {
  return [
    told(duplicates, (count) => `${count} of the ${what}s have the _id of an earlier one and were left out`),
    told(empty, (count) => `${count} of the ${what}s have neither text nor title and were left out`),
    told(titlesAsText, (count) => `${count} of the ${what}s have no text; their titles were indexed in its place`),
  ].flat();
}

/** A warning where there is something to warn of. */
export function told(count: number, say: (count: string) => string): string[] {
  return count === 0 ? [] : [say(count.toLocaleString('en'))];
}

function locate(directory: string): Record<keyof typeof FILES, string> {
  const expected = Object.keys(FILES) as (keyof typeof FILES)[];
  const found = expected.map((name) => [name, [name, `${name}.gz`].map((file) => join(directory, file)).find(existsSync)] as const);
  const missing = found.flatMap(([name, path]) => (path === undefined ? [name] : []));
  if (missing.length > 0) {
    const lacks = existsSync(directory) ? `${directory} lacks ${missing.join(' and ')}` : `there is no folder ${directory}`;
    throw new PilcrowError('dataset-not-found', lacks, `a BEIR folder has ${expected.map((name) => `${name} (${FILES[name]})`).join('; ')}`);
  }
  return Object.fromEntries(found) as Record<keyof typeof FILES, string>;
}

function requireFile(path: string, expected: string): void {
  if (!existsSync(path)) throw new PilcrowError('dataset-not-found', `there is no file ${path}`, `it should have ${expected}`);
}

interface ReadJudgements {
  byQuestion: Map<string, Map<string, number>>;
  repeated: number;
}

async function readJudgements(path: string): Promise<ReadJudgements> {
  const byQuestion: ReadJudgements['byQuestion'] = new Map();
  let repeated = 0;
  for await (const { number, text } of linesOf(path)) {
    const [question = '', document = '', grade = '', ...more] = text.split('\t').map((field) => field.trim());
    if (number === 1 && grade === 'score') continue;
    if (question === '' || document === '' || !/^-?\d+(\.\d+)?$/.test(grade) || more.length > 0) {
      throw badLine(path, number, `is not a judgement of three fields parted by tabs: query-id, corpus-id, score (a number)`);
    }
    const judged = byQuestion.get(question) ?? new Map<string, number>();
    byQuestion.set(question, judged);
    if (judged.has(document)) repeated++;
    else judged.set(document, Number(grade));
  }
  return { byQuestion, repeated };
}

/** Judgements may name what a part of a collection lacks. */
function disagreements(judgements: ReadJudgements['byQuestion'], questions: readonly Question[], { ids }: Corpus): string[] {
  const known = new Set(questions.map(({ id }) => id));
  let unknownQuestions = 0;
  let unknownDocuments = 0;
  for (const [question, judged] of judgements) {
    if (known.has(question)) unknownDocuments += [...judged.keys()].filter((id) => !ids.has(id)).length;
    else unknownQuestions += judged.size;
  }
  return [
    told(unknownQuestions, (count) => `${count} of the judgements name a query that is not in queries.jsonl and were left out`),
    told(unknownDocuments, (count) => `${count} of the judgements name a document that is not in the corpus; it counts as not found`),
  ].flat();
}
