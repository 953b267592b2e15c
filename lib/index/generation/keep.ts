import { randomBytes } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { asPilcrowError, PilcrowError } from '../../errors';
import { generationDirectory } from './generation';
import { listGenerations, rollbackTarget, type GenerationSummary } from './generations';
import { indexLayout } from './layout';
import { removeLeftovers, syncPath } from './publish';

export interface KeepPolicy {
  /** Generations in all, the current one among them; at least 1. */
  count: number;
  /** That all but the current one may take together. The one to go back to stays whatever it takes. */
  bytes: number;
}

/**
 * To be able to go back for a while, without an archive of copies: ten steps are more than a week of daily clippings
 * or an afternoon of trying things out. 2 GiB are eight copies of an index of 62,330 passages (266 MB);
 * of a small one all ten stay, of one of a million passages only the one to go back to.
 */
export const KEPT_BY_DEFAULT: KeepPolicy = { count: 10, bytes: 2 * 1024 ** 3 };

export interface PruneOptions {
  /** Generations in all, whatever they take; by default as `KEPT_BY_DEFAULT` has it. */
  keep?: number | undefined;
  /** Takes the place of the default; for tests. */
  byDefault?: KeepPolicy | undefined;
}

/**
 * Removes the generations that need not be kept. For whoever holds the writer lock.
 *
 * @returns the ids of those removed
 * @throws PilcrowError `index-unwritable` when something could not be removed, after all the others were;
 *   the next run tries again
 */
export async function prune(indexDir: string, { keep, byDefault = KEPT_BY_DEFAULT }: PruneOptions = {}): Promise<string[]> {
  const policy = keep === undefined ? byDefault : { count: keep, bytes: Infinity };
  const { generations } = indexLayout(indexDir);
  const removed: string[] = [];
  const problems: unknown[] = [];
  for (const id of toRemove(await listGenerations(indexDir), policy)) {
    // Out of everybody's sight first: half a generation is never seen, and a crash leaves what the next run removes.
    const hidden = join(generations, `.removing-${process.pid}-${randomBytes(3).toString('hex')}`);
    await rename(generationDirectory(indexDir, id), hidden).then(() => removed.push(id), (error: unknown) => problems.push(error));
  }
  if (removed.length > 0) await syncPath(generations);
  await removeLeftovers(indexDir).catch((error: unknown) => problems.push(error));
  if (problems.length > 0) throw new PilcrowError('index-unwritable', asPilcrowError(problems[0]).message, 'they only cost space; the next run tries again', { cause: problems[0] });
  return removed;
}

/**
 * What need not be kept. The current generation stays; then, as far as count and bytes go, the one that a
 * rollback goes to, the newest of the others, and last the damaged, which are no use for going back. One that
 * is being read, or may be, stays besides.
 *
 * @param generations newest first
 * @returns ids, oldest last
 */
export function toRemove(generations: readonly GenerationSummary[], { count, bytes }: KeepPolicy): string[] {
  const current = generations.find((one) => one.current);
  // Where nothing is current nobody knows what may go.
  if (current === undefined) return [];
  const before = rollbackTarget(generations);
  const others = generations.filter((one) => one !== current && one !== before);
  const damaged = others.filter(({ state }) => state === 'damaged');
  const rest = [...others.filter((one) => !damaged.includes(one)), ...damaged];
  const ranked = before === null ? rest : [before, ...rest];
  let kept = 1;
  let taken = 0;
  for (const one of ranked) {
    taken += one.bytes;
    if (kept >= count || (taken > bytes && one !== before)) break;
    kept++;
  }
  return ranked.slice(kept - 1).filter(({ beingRead }) => beingRead === false).map(({ id }) => id);
}
