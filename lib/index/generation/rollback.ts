import { PilcrowError } from '../../errors';
import { storageError } from '../store/storage-errors';
import { generationDirectory, openGeneration } from './generation';
import { listGenerations, rollbackCandidates, type GenerationSummary } from './generations';
import { generationNamed, SEE_GENERATIONS } from './ids';
import { removeLeftovers, setCurrent } from './publish';
import { withWriterLock, type LockOptions } from './writer-lock';

export interface RollbackOptions extends LockOptions {
  /** An id, or the beginning of one; by default the generation that the current one came from. */
  to?: string | undefined;
}

export interface Rollback {
  /** Null where `current` named nothing. */
  from: string | null;
  /** Equal to `from` when it was the current one already. */
  to: string;
  generation: GenerationSummary;
  /** Generations that came first but cannot be used, with the reason. */
  passedOver: { id: string; problem: string }[];
}

/**
 * Makes another generation the current one, once every byte of it has been verified; readers follow.
 * Nothing is embedded, and nothing removed: the way back is the same. Not for a process that has the other
 * generation open: comparing its hashes lets go of the locks that keep it from being removed.
 *
 * @throws PilcrowError `index-missing`, `generation-not-found`, `usage` when several ids begin like that,
 *   `index-damaged` and `index-format` for one that cannot be used, `index-busy`, `index-unwritable`,
 *   `interrupted`; the current generation stays as it is
 */
export async function rollback(indexDir: string, { to, ...lock }: RollbackOptions): Promise<Rollback> {
  // Asked first: the lock would make a folder where there is none.
  await listGenerations(indexDir);
  return withWriterLock(indexDir, lock, async () => {
    await removeLeftovers(indexDir).catch(() => undefined);
    const generations = await listGenerations(indexDir);
    const from = generations.find(({ current }) => current)?.id ?? null;
    const found = to === undefined ? await previous(indexDir, generations) : await named(indexDir, generations, to);
    if (lock.signal?.aborted === true) throw new PilcrowError('interrupted', 'interrupted', 'the index is as it was');
    if (found.generation.id !== from) await makeCurrent(indexDir, found.generation.id);
    return { from, to: found.generation.id, ...found };
  });
}

type Found = Pick<Rollback, 'generation' | 'passedOver'>;

async function previous(indexDir: string, generations: readonly GenerationSummary[]): Promise<Found> {
  const passedOver: Found['passedOver'] = [];
  for (const generation of rollbackCandidates(generations)) {
    try {
      await verify(indexDir, generation);
      return { generation, passedOver };
    } catch (error) {
      if (!(error instanceof PilcrowError) || error.kind !== 'unavailable') throw error;
      passedOver.push({ id: generation.id, problem: error.message });
    }
  }
  const why = passedOver[0] === undefined ? 'there is no generation before the current one' : `no generation before the current one can be used: ${passedOver[0].problem}`;
  throw new PilcrowError('generation-not-found', why, generations.length > 1 ? SEE_GENERATIONS : null);
}

async function named(indexDir: string, generations: readonly GenerationSummary[], to: string): Promise<Found> {
  const wanted = generationNamed(generations.map(({ id }) => id), to);
  const generation = generations.find(({ id }) => id === wanted) as GenerationSummary;
  if (!generation.current) await verify(indexDir, generation);
  return { generation, passedOver: [] };
}

/** @throws PilcrowError `index-damaged`, `index-format` */
async function verify(indexDir: string, { id, state, problem }: GenerationSummary): Promise<void> {
  if (state !== 'ok') throw refused(state === 'damaged' ? 'index-damaged' : 'index-format', problem ?? id);
  try {
    (await openGeneration(generationDirectory(indexDir, id), { thoroughly: true })).close();
  } catch (error) {
    // Its own hint is about repairing the index in use.
    throw error instanceof PilcrowError && error.kind === 'unavailable' ? refused(error.code, error.message, error) : error;
  }
}

function refused(code: PilcrowError['code'], problem: string, cause?: unknown): PilcrowError {
  return new PilcrowError(code, problem, 'the index is as it was; see the others with: pilcrow generations', { cause });
}

async function makeCurrent(indexDir: string, id: string): Promise<void> {
  try {
    await setCurrent(indexDir, id);
  } catch (error) {
    throw storageError(error, indexDir);
  }
}
