import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | null = null;

/** Collects all garbage there is, now: V8 would wait until it needs the memory. */
export function collectGarbage(): void {
  collect ??= exposed();
  // Long strings and buffers are let go of by the first and gone after the second.
  collect();
  collect();
}

function exposed(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
