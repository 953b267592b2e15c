import { readdir } from 'node:fs/promises';
import { PilcrowError } from '../../errors';
import { indexLayout } from './layout';
import { isGenerationId } from './publish';

/** Said wherever a generation is not found. */
export const SEE_GENERATIONS = 'see what there is with: pilcrow generations';

/** The ids of all generations in an index directory, newest first: they begin with their time. */
export async function generationIds(indexDir: string): Promise<string[]> {
  const entries = await readdir(indexLayout(indexDir).generations, { withFileTypes: true }).catch(() => []);
  // Anything else in that folder is not ours.
  return entries.filter((entry) => entry.isDirectory() && isGenerationId(entry.name)).map(({ name }) => name).sort().reverse();
}

/**
 * The one generation that is meant.
 * @param beginning of its id, or all of it
 * @throws PilcrowError `generation-not-found`, `usage` when several begin like that
 */
export function generationNamed(ids: readonly string[], beginning: string): string {
  if (ids.includes(beginning)) return beginning;
  const found = beginning === '' ? [] : ids.filter((id) => id.startsWith(beginning));
  const quoted = JSON.stringify(beginning.slice(0, 100));
  if (found[0] === undefined) throw new PilcrowError('generation-not-found', `there is no generation ${quoted}`, SEE_GENERATIONS);
  if (found.length === 1) return found[0];
  throw new PilcrowError('usage', `${found.length} generations begin with ${quoted}`, `give more of the id: ${found.join(', ')}`);
}
