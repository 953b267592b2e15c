import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { PilcrowError } from '../errors';
import { FileLock, hasIndex, indexLayout, replaceFile } from '../index';
import { DEFAULT_K, parseSearchRequest } from './request';

/** More than anybody looks after, and asked in well under a minute. */
export const MAX_QUESTIONS = 1_000;
/** A pinned answer is looked for on the page that everybody sees. */
export const MAX_WITHIN = DEFAULT_K;
/** What is read before a question is put otherwise. */
export const DEFAULT_WITHIN = 3;

/** The answer that a question must keep: the passage as it was. */
export interface Pin {
  passageId: string;
  articleId: string;
  /** The article's title and the passage's place in it, for people: both may be gone when that is reported. */
  title: string;
  ordinal: number;
  text: string;
}

/** A question that is asked again and again, to see what becomes of its answers. */
export interface SavedQuestion {
  text: string;
  /** The pinned answer must be among so many of the first. */
  within: number;
  /** Null where nothing has to stay, and answers are only compared. */
  pin: Pin | null;
}

/** With its place in the list, from 1. */
export interface NumberedQuestion extends SavedQuestion {
  number: number;
}

const VERSION = 1;

const fileSchema = z.strictObject({
  version: z.literal(VERSION),
  questions: z.array(z.strictObject({
    text: z.string().refine(isQuestion, 'is no question that can be asked'),
    within: z.int().min(1).max(MAX_WITHIN),
    pin: z.strictObject({ passageId: z.string().min(1), articleId: z.string().min(1), title: z.string(), ordinal: z.int().min(1), text: z.string().min(1) }).nullable(),
  })).max(MAX_QUESTIONS),
});

/**
 * The saved questions of an index, in the order they were added; none where none were saved yet.
 * @throws PilcrowError `questions-invalid` when their file is damaged
 */
export async function readQuestions(indexDir: string): Promise<SavedQuestion[]> {
  const path = indexLayout(indexDir).questions;
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT' || codeOf(cause) === 'ENOTDIR') return [];
    throw invalid(path, 'cannot be read', cause);
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw invalid(path, 'is no JSON', cause);
  }
  const file = fileSchema.safeParse(parsed);
  if (file.success) return file.data.questions;
  const stamp = z.object({ version: z.int() }).safeParse(parsed);
  if (stamp.success && stamp.data.version !== VERSION) throw invalid(path, `has version ${stamp.data.version}, this Pilcrow reads version ${VERSION}`);
  const [issue] = file.error.issues;
  throw invalid(path, `is wrong at ${issue?.path.join('.') || 'its beginning'} (${issue?.message ?? 'unknown'})`, file.error);
}

/**
 * Saves a question. One that is saved already keeps of its pin and its `within` what is not given.
 * @throws PilcrowError as `parseSearchRequest` and `readQuestions`, `usage` when there are too many, `index-missing`,
 *   `index-unwritable`
 */
export async function addQuestion(indexDir: string, given: { text: string } & Partial<SavedQuestion>): Promise<{ question: NumberedQuestion; added: boolean }> {
  const text = questionText(given.text);
  return update(indexDir, (questions) => {
    const at = questions.findIndex((question) => question.text === text);
    const known = questions[at];
    if (known === undefined && questions.length >= MAX_QUESTIONS) {
      throw new PilcrowError('usage', `${MAX_QUESTIONS.toLocaleString('en')} questions are saved, which is the most`, 'remove one first: pilcrow questions remove NUMBER');
    }
    const question = { text, within: given.within ?? known?.within ?? DEFAULT_WITHIN, pin: given.pin === undefined ? (known?.pin ?? null) : given.pin };
    const place = known === undefined ? questions.length : at;
    questions[place] = question;
    return { question: { ...question, number: place + 1 }, added: known === undefined };
  });
}

/** @param named its number or its text @throws PilcrowError `question-not-found` and as `addQuestion` */
export async function removeQuestion(indexDir: string, named: string): Promise<NumberedQuestion> {
  return update(indexDir, (questions) => {
    const question = findQuestion(questions, named);
    questions.splice(question.number - 1, 1);
    return question;
  });
}

/** @param named its number or its text @throws PilcrowError `question-not-found` */
export function findQuestion(questions: readonly SavedQuestion[], named: string): NumberedQuestion {
  const wanted = named.trim();
  const byText = questions.findIndex(({ text }) => text === wanted);
  const at = byText < 0 && /^\d{1,4}$/.test(wanted) ? Number(wanted) - 1 : byText;
  const question = questions[at];
  if (question !== undefined) return { ...question, number: at + 1 };
  throw new PilcrowError('question-not-found', `there is no saved question ${clip(JSON.stringify(named))}`, 'pilcrow questions lists them with their numbers');
}

/** The question as it is saved. @throws PilcrowError as `parseSearchRequest` */
export function questionText(text: string): string {
  return parseSearchRequest({ q: text }).q;
}

/** How long another process may take to put a few hundred kilobytes in place, ms. */
const PATIENCE_MS = 10_000;

/** Reads, changes and replaces the file, which a reader finds as it was or as it is; one process at a time. */
async function update<T>(indexDir: string, change: (questions: SavedQuestion[]) => T): Promise<T> {
  const { directory, questions: path } = indexLayout(indexDir);
  if (!hasIndex(indexDir)) throw new PilcrowError('index-missing', `there is no index at ${directory}`, 'make one with: pilcrow index SOURCE');
  const lock = await FileLock.wait(join(directory, 'questions.lock'), PATIENCE_MS);
  if (lock === null) throw new PilcrowError('index-busy', `another process is changing the questions in ${directory}`, 'try it again');
  try {
    const questions = await readQuestions(indexDir);
    const result = change(questions);
    // One name for all: what a crash left is written over.
    await replaceFile(path, `${path}.writing`, `${JSON.stringify({ version: VERSION, questions }, null, 2)}\n`);
    return result;
  } catch (error) {
    throw error instanceof PilcrowError ? error : unwritable(directory, error);
  } finally {
    lock.release();
  }
}

function isQuestion(text: string): boolean {
  try {
    return questionText(text) === text;
  } catch {
    return false;
  }
}

function invalid(path: string, reason: string, cause?: unknown): PilcrowError {
  return new PilcrowError('questions-invalid', `the saved questions in ${path} cannot be used: the file ${reason}`, 'mend it or move it away; it is not written over', { cause });
}

function unwritable(directory: string, cause: unknown): PilcrowError {
  return new PilcrowError('index-unwritable', `the questions cannot be saved at ${directory} (${codeOf(cause) || String(cause)})`, 'free some space or see to the folder’s permissions', { cause });
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
}

function clip(text: string): string {
  return text.length <= 100 ? text : `${text.slice(0, 99)}…`;
}
