import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { PilcrowError } from '../../errors';
import { generationDirectory, readCurrentId } from './generation';
import { GENERATION_FILES, indexLayout } from './layout';
import { isGenerationId } from './publish';

/**
 * What tells each file of a generation from another or later one; null for one that is not there. The time of the last
 * change of anything, too: who restores a file may give it the old time of writing.
 */
export type Stamp = readonly (string | null)[];

/** What an index directory looks like from outside, as far as it decides what is served. */
export interface Sight {
  /** The id in `current`; null when it names none. */
  wanted: string | null;
  /** Why not, where something stands there. */
  problem: PilcrowError | null;
  stamps: ReadonlyMap<string, Stamp>;
}

const FILES = ['manifest.json', ...GENERATION_FILES];

/**
 * Takes some 30 µs and is done before every question: on this thread, since the same beside it takes half a
 * millisecond. Where a network drive hangs, so does this; but so would reading passages.sqlite.
 * @param ids to look at beside that in `current`; with `all` every generation there is, too
 */
export function lookAt(indexDir: string, ids: readonly string[], all: boolean): Sight {
  const { wanted, problem } = wantedIn(indexDir);
  const others = all ? generationsIn(indexDir) : [];
  const names = new Set([...(wanted === null ? [] : [wanted]), ...ids, ...others.filter(isGenerationId)]);
  return { wanted, problem, stamps: new Map([...names].map((id) => [id, stampOf(generationDirectory(indexDir, id))])) };
}

/** Whether nothing that is in `now` is otherwise than it was. */
export function isAsBefore(now: Sight, before: Sight): boolean {
  const isSame = ([id, stamp]: [string, Stamp]) => keyOf(id, stamp) === keyOf(id, before.stamps.get(id) ?? []);
  return now.wanted === before.wanted && now.problem?.message === before.problem?.message && [...now.stamps].every(isSame);
}

/** A generation that was repaired or damaged in place is another one. */
export function keyOf(id: string, stamp: Stamp): string {
  return JSON.stringify([id, ...stamp]);
}

/** Whether what was opened then can be read on: a file that is open needs no name any more. */
export function isWhole(then: Stamp, now: Stamp): boolean {
  return now.every((file, i) => file === null || file === then[i]);
}

/** Names of the files that are not there. */
export function missingOf(stamp: Stamp): string[] {
  return FILES.filter((_, i) => stamp[i] === null);
}

function wantedIn(indexDir: string): Pick<Sight, 'wanted' | 'problem'> {
  try {
    return { wanted: readCurrentId(indexDir), problem: null };
  } catch (thrown) {
    return { wanted: null, problem: thrown as PilcrowError };
  }
}

function generationsIn(indexDir: string): string[] {
  try {
    return readdirSync(indexLayout(indexDir).generations);
  } catch {
    return [];
  }
}

function stampOf(directory: string): Stamp {
  return FILES.map((name) => {
    try {
      const { mtimeMs, ctimeMs, ino, size } = statSync(join(directory, name));
      return `${mtimeMs} ${ctimeMs} ${ino} ${size}`;
    } catch {
      return null;
    }
  });
}
