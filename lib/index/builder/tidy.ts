import { generationDirectory } from '../generation/generation';
import { listGenerations } from '../generation/generations';
import { prune } from '../generation/keep';
import { generationLayout, indexLayout } from '../generation/layout';
import { readManifest, type Manifest } from '../generation/manifest';
import { EmbeddingCache } from '../store/embedding-cache';

/**
 * Removes what has grown beyond its bounds: generations that are not to be kept, and embeddings that none of
 * those that are kept uses.
 * @returns the generations removed
 */
export async function tidy(indexDir: string, keep: number | undefined): Promise<string[]> {
  const pruned = await prune(indexDir, { keep });
  const kept = await keptGenerations(indexDir);
  const [newest] = kept;
  if (newest === undefined) return pruned;
  const cache = new EmbeddingCache(indexLayout(indexDir).embeddings, newest.model.hash);
  try {
    cache.sweep(newest.counts.passages, kept.map(({ id, model }) => ({ modelHash: model.hash, passages: generationLayout(generationDirectory(indexDir, id)).passages })));
  } finally {
    cache.close();
  }
  return pruned;
}

/** Those that one can go back to, newest first. */
async function keptGenerations(indexDir: string): Promise<Manifest[]> {
  const ids = (await listGenerations(indexDir)).filter(({ state }) => state === 'ok').map(({ id }) => id);
  const manifests = await Promise.all(ids.map((id) => readManifest(generationDirectory(indexDir, id)).catch(() => null)));
  return manifests.filter((manifest) => manifest !== null);
}
