import { basename, isAbsolute } from 'node:path';
import type { Embedder, ModelSpec } from '../embedding';
import { PilcrowError } from '../errors';
import { openCurrent, otherTerms, type Generation, type Manifest } from '../index';

const UPDATE = 'bring it up to date with: pilcrow index';

export type OpenEmbedder = (spec: ModelSpec) => Promise<Embedder>;

/**
 * Lends the current generation, and no other in its place, and the embedder of its model.
 * @throws PilcrowError `index-missing`, `index-damaged`, `index-format`, `index-model`
 */
export async function withCurrent<T>(indexDir: string, openEmbedder: OpenEmbedder, work: (generation: Generation, embedder: Embedder) => Promise<T>): Promise<T> {
  const generation = await openCurrent(indexDir);
  try {
    return await withEmbedder(generation, openEmbedder, (embedder) => work(generation, embedder));
  } finally {
    generation.close();
  }
}

/**
 * Lends the embedder of a generation's model.
 * @throws PilcrowError `index-format` where its terms were made by other rules than questions are, `index-model` where
 *   the model on this machine is another one
 */
export async function withEmbedder<T>(
  { manifest }: Generation,
  openEmbedder: OpenEmbedder,
  work: (embedder: Embedder) => Promise<T>,
  hint = UPDATE,
): Promise<T> {
  const refused = otherTerms(manifest, hint);
  if (refused !== null) throw refused;
  const embedder = await openEmbedder(manifest.model.spec);
  try {
    refuseOtherModel(manifest, embedder, hint);
    return await work(embedder);
  } finally {
    await embedder.close();
  }
}

/** @throws PilcrowError `index-model` where the embedder's model is not the one that a generation was made with */
export function refuseOtherModel({ id, model }: Manifest, embedder: Embedder, hint = UPDATE): void {
  if (embedder.model.hash === model.hash) return;
  // Where on this machine a model lies is not for everyone who asks.
  const name = isAbsolute(model.id) ? basename(model.id) : model.id;
  throw new PilcrowError('index-model', `generation ${id} was made with another version of the model ${name} than the one found now`, hint);
}
