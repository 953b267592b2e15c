import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Source } from '../../article';
import { modelSpecSchema, type ModelSpec } from '../../embedding';
import { asPilcrowError, type PilcrowError } from '../../errors';
import { currentId, generationDirectory, openPassages, type Generation } from '../generation/generation';
import { generationIds } from '../generation/ids';
import { generationLayout } from '../generation/layout';
import { damaged, sourceSchema } from '../generation/manifest';

/** What there was before a run. */
export interface Prior {
  /** The generation to compare with and to follow; null where there is none, or none is to count. */
  generation: Omit<Generation, 'vectors'> | null;
  /** The generation that the new one follows. */
  parent: string | null;
  /** What the index remembers. */
  sources: Source[];
  spec: ModelSpec | null;
  /** What was wrong, where something could not be used. */
  warning: string | null;
  /** Set where no generation is whole: what reading does not find again is lost. */
  damage: PilcrowError | null;
}

/**
 * Finds what to go on from: the current generation or, when that is not whole, the newest one that is; when
 * none is, what can still be read of sources and model.
 * @param full compare with nothing
 */
export async function openPrior(indexDir: string, full: boolean): Promise<Prior> {
  const none: Prior = { generation: null, parent: null, sources: [], spec: null, warning: null, damage: null };
  const current = await currentId(indexDir).catch((error: unknown) => asPilcrowError(error));
  const isNamed = typeof current === 'string';
  const others = await generationIds(indexDir);
  if (current === null && others.length === 0) return none;
  const candidates = isNamed ? [current, ...others.filter((id) => id !== current)] : others;
  if (full) return { ...none, parent: isNamed ? current : null, ...(await remembered(indexDir, candidates)) };

  let damage: PilcrowError | null = isNamed ? null : (current ?? damaged('(unnamed)', '`current` is missing'));
  for (const id of candidates) {
    try {
      const generation = await openPassages(generationDirectory(indexDir, id), { thoroughly: true });
      const { sources, model } = generation.manifest;
      const warning = damage === null ? null : `${damage.message}; generation ${id}, which is whole, takes its place`;
      return { generation, parent: id, sources, spec: model.spec, warning, damage: null };
    } catch (error) {
      const refused = asPilcrowError(error);
      if (refused.kind !== 'unavailable') throw refused;
      damage ??= refused;
      // One made by another version is whole: it is read anew by this one, and no older one is better.
      if (refused.code === 'index-format' && id === current) break;
    }
  }
  const known = await remembered(indexDir, candidates);
  const warning = `${damage?.message ?? 'the index cannot be used'}: everything is read anew${known.warning === null ? '' : `; ${known.warning}`}`;
  return { ...none, parent: isNamed ? current : null, ...known, warning, damage };
}

/** Sources and model outlive formats: these parts of a manifest are read whatever else is in it. */
const rememberedSchema = z.object({
  sources: z.array(sourceSchema),
  model: z.object({ spec: modelSpecSchema }),
});

async function remembered(indexDir: string, ids: readonly string[]): Promise<Pick<Prior, 'sources' | 'spec' | 'warning'>> {
  for (const id of ids) {
    try {
      const text = await readFile(generationLayout(generationDirectory(indexDir, id)).manifest, 'utf8');
      const { sources, model } = rememberedSchema.parse(JSON.parse(text));
      return { sources, spec: model.spec, warning: null };
    } catch {
      // The next older one may still tell.
    }
  }
  return { sources: [], spec: null, warning: 'what the index knew of its sources and its model is lost' };
}
