import type { Source } from '../../article';
import { currentId, generationDirectory } from './generation';
import { readManifest } from './manifest';

/**
 * @returns what the index is made from; nothing where there is no index yet
 * @throws PilcrowError `index-damaged`, `index-format`
 */
export async function rememberedSources(indexDir: string): Promise<Source[]> {
  const id = await currentId(indexDir);
  return id === null ? [] : (await readManifest(generationDirectory(indexDir, id))).sources;
}
