import process from 'node:process';
import { EXIT } from './exit';

/**
 * A terminal sends Ctrl-C to npm and to us, and npm passes it on: one press arrives twice. What comes
 * within this time of the first, in milliseconds, is the same press.
 */
const SAME_PRESS_MS = 300;

let handler: (() => void) | null = null;

/**
 * Says what the first Ctrl-C (or SIGTERM) does from now on; the second ends the process at once.
 * Without it Node would end by the signal itself, which a caller does not see as exit code 130.
 */
export function onInterrupt(first: () => void): void {
  if (handler === null) listen();
  handler = first;
}

function listen(): void {
  let firstAt: number | null = null;
  const interrupted = (): void => {
    const now = performance.now();
    if (firstAt === null) {
      firstAt = now;
      handler?.();
    } else if (now - firstAt > SAME_PRESS_MS) {
      process.exit(EXIT.interrupted);
    }
  };
  process.on('SIGINT', interrupted);
  process.on('SIGTERM', interrupted);
}
