import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Generation } from './generation';
import { indexLayout } from './layout';
import type { Fallback } from './live-index';
import { currentWriter } from './writer-lock';
import type { IndexStatus, IndexWriter } from '../types';

/** @param fallback why it is this generation and not the current one */
export async function indexStatus(indexDir: string, generation: Generation, fallback: Fallback | null = null): Promise<IndexStatus> {
  const layout = indexLayout(indexDir);
  const { manifest } = generation;
  return {
    generation: generation.id,
    createdAt: manifest.createdAt,
    articles: manifest.counts.articles,
    passages: manifest.counts.passages,
    model: { id: manifest.model.id, dimensions: manifest.model.dimensions },
    bytes: {
      passages: manifest.files['passages.sqlite'].bytes,
      vectors: manifest.files['vectors.hnsw'].bytes,
      embeddingCache: await sizeOf(layout.embeddings),
      total: await sizeBelow(layout.directory),
    },
    sources: manifest.sources,
    fallback: fallback === null ? null : { generation: fallback.generation, code: fallback.code, reason: fallback.reason },
    writer: indexWriter(indexDir),
  };
}

/** @returns who is changing the index right now and how far they are, whether or not there is a generation yet; null when nobody is */
export function indexWriter(indexDir: string): IndexWriter | null {
  const writer = currentWriter(indexDir);
  if (writer === null) return null;
  const { progress, ...who } = writer;
  return { ...who, ...(progress ?? { phase: null, done: 0, etaMs: null }) };
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then((found) => (found.isFile() ? found.size : 0), () => 0);
}

async function sizeBelow(directory: string): Promise<number> {
  const names = await readdir(directory, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(names.map((name) => sizeOf(join(directory, name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}
