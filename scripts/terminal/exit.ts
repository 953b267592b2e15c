import { asPilcrowError, type ErrorKind } from '../../lib/errors';

/** Exit codes people script against. */
export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

const BY_KIND: Record<ErrorKind, number> = {
  usage: EXIT.usage,
  missing: EXIT.failed,
  input: EXIT.failed,
  unavailable: EXIT.failed,
  failed: EXIT.failed,
  interrupted: EXIT.interrupted,
};

export function exitCodeOf(thrown: unknown): number {
  return BY_KIND[asPilcrowError(thrown).kind];
}
