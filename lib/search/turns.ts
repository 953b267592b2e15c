import { setImmediate as nextTurn } from 'node:timers/promises';

let last: Promise<void> = Promise.resolve();

/**
 * Waits for one's turn to hold this thread for some milliseconds. Turns are given in the order they were asked for, one
 * each time round the event loop, so that questions that come together do not keep everything else waiting for all of
 * them: not those who ask for less, nor the model's answers.
 */
export function takeTurn(): Promise<void> {
  last = last.then(() => nextTurn());
  return last;
}
