import { PilcrowError } from '../errors';

/** The error of work that was given up because its signal was aborted. */
export function interrupted(signal: AbortSignal): PilcrowError {
  return new PilcrowError('interrupted', 'embedding was stopped', null, { cause: signal.reason });
}
