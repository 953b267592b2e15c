import { inspect } from 'node:util';

/** On stderr, with stack and causes; never sent to anybody. */
export function log(error: Error): void {
  process.stderr.write(`${inspect(error)}\n`);
}
