import { asPilcrowError, type PilcrowError } from '../lib/errors';
import { log } from './log';
import { answerWith, STATUS } from './http-status';

/**
 * Pages and API routes are bundled apart, so the class that threw may be another copy of
 * PilcrowError than the one imported here, and `instanceof` would not know it.
 */
export function toPilcrowError(thrown: unknown): PilcrowError {
  if (thrown instanceof Error && thrown.name === 'PilcrowError' && 'code' in thrown) return thrown as PilcrowError;
  return asPilcrowError(thrown);
}

export type Outcome<T> = { value: T; error: null } | { value: null; error: PilcrowError };

/**
 * Turns what went wrong into a value, after a note in the log where one is due, and gives the page the
 * status that goes with it. What a page throws ends on error.tsx, which needs JavaScript to be seen.
 */
export async function attempt<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { value: await work(), error: null };
  } catch (thrown) {
    const error = toPilcrowError(thrown);
    if (belongsInLog(error)) log(error);
    answerWith(STATUS[error.kind]);
    return { value: null, error };
  }
}

/** What `work` finds, or something else where it finds nothing. What went wrong inside Pilcrow is thrown on. */
export async function orElse<T, U>(work: () => Promise<T>, otherwise: U): Promise<T | U> {
  try {
    return await work();
  } catch (thrown) {
    if (toPilcrowError(thrown).code === 'internal') throw thrown;
    return otherwise;
  }
}

/**
 * The one line that may leave the machine. Messages about requests repeat only what was asked;
 * those about the machine may hold paths and belong in the log.
 */
export function publicLine(error: PilcrowError): string {
  if (error.kind === 'usage' || error.kind === 'missing') return error.line;
  return UNAVAILABLE[error.code] ?? 'something went wrong inside Pilcrow: its log says what';
}

/** Whether `publicLine` keeps something back that somebody has to be able to find. */
export function belongsInLog(error: PilcrowError): boolean {
  return !['usage', 'missing'].includes(error.kind) && error.code !== 'index-missing';
}

const UNAVAILABLE: Partial<Record<PilcrowError['code'], string>> = {
  'index-missing': 'there is no index yet: make one with npx pilcrow index',
  'index-damaged': 'the index is damaged: repair it with npx pilcrow index',
  'index-format': 'the index was made by another version of Pilcrow: bring it up to date with npx pilcrow index',
  'index-model': 'the index was made with another model: bring it up to date with npx pilcrow index',
};
