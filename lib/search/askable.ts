import type { Embedder, ModelSpec } from '../embedding';
import { PilcrowError } from '../errors';
import { ANALYZER_VERSION, LiveIndex, type Generation } from '../index';

export type OpenEmbedder = (spec: ModelSpec) => Promise<Embedder>;

/** Lends the current generation and the embedder of its model. @throws PilcrowError as `Engine.search` */
export async function withCurrent<T>(indexDir: string, openEmbedder: OpenEmbedder, work: (generation: Generation, embedder: Embedder) => Promise<T>): Promise<T> {
  const index = new LiveIndex(indexDir);
  try {
    return await index.use((generation) => withEmbedder(generation, openEmbedder, (embedder) => work(generation, embedder)));
  } finally {
    await index.close();
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
  hint = 'bring it up to date with: pilcrow index',
): Promise<T> {
  const { id, model, analyzer } = manifest;
  if (analyzer !== ANALYZER_VERSION) {
    throw new PilcrowError('index-format', `generation ${id} has terms of version ${analyzer}, this Pilcrow asks for version ${ANALYZER_VERSION}`, hint);
  }
  const embedder = await openEmbedder(model.spec);
  try {
    if (embedder.model.hash !== model.hash) {
      throw new PilcrowError('index-model', `generation ${id} was made with another version of the model ${model.id} than the one found now`, hint);
    }
    return await work(embedder);
  } finally {
    await embedder.close();
  }
}
