import { basename, dirname } from 'node:path';
import { pipeline, type FeatureExtractionPipeline } from '@xenova/transformers';
import type { ChildTasks } from './child-messages';

let loaded: Promise<FeatureExtractionPipeline> | null = null;

/** transformers.js by its manual, with the threads that it takes by itself. Runs in a child process. */
export async function runPipeline({ folder, texts, batch }: ChildTasks['pipeline']['asked']): Promise<ChildTasks['pipeline']['found']> {
  // The folder goes in as a cache that holds the model, as `openTokenizer` has it: the same weights, and no network.
  loaded ??= pipeline('feature-extraction', basename(folder), { quantized: true, cache_dir: dirname(folder), local_files_only: true });
  const extract = await loaded;
  const vectors: Float32Array[] = [];
  const started = performance.now();
  for (let at = 0; at < texts.length; at += batch) {
    const part = texts.slice(at, at + batch);
    const { data, dims } = await extract(part, { pooling: 'mean', normalize: true });
    const dimensions = dims.at(-1) ?? 0;
    for (let i = 0; i < part.length; i++) vectors.push((data as Float32Array).slice(i * dimensions, (i + 1) * dimensions));
  }
  return { seconds: (performance.now() - started) / 1000, vectors };
}
