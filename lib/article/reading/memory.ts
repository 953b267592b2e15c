import process from 'node:process';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { collectGarbage } from '../../garbage';

/** Growth of the resident set from which on it is worth it to collect garbage, bytes. */
const LARGE = 32 * 1024 ** 2;

/** What the libraries take that the first file needs, bytes: with it alone nothing is to be had. */
const LIBRARIES = 64 * 1024 ** 2;

/** Of files so small that not even what inflates a thousandfold grows by that much; to look takes up to half a millisecond. */
const SMALL = LARGE / 1024;

let before = process.memoryUsage.rss() + LIBRARIES;
let unseen = 0;

/**
 * Gives back what a large file took, as soon as it has been dealt with: V8 would wait for the next one.
 * @param bytes of the file, where they are known
 */
export async function freeMemory(bytes = SMALL): Promise<void> {
  unseen += bytes;
  if (unseen < SMALL) return;
  unseen = 0;
  if (process.memoryUsage.rss() - before < LARGE) return;
  // Until the turn ends, what was awaited holds the article; until the next match, RegExp.input its text.
  await nextTurn();
  /^/.test('');
  collectGarbage();
  before = process.memoryUsage.rss();
}
