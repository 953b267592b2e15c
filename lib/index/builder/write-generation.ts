import { READING_VERSION } from '../../article';
import { createEmbedderPool, type Embedder, type ModelIdentity, type ModelSpec } from '../../embedding';
import { asPilcrowError, PilcrowError } from '../../errors';
import { SPLITTER_VERSION } from '../../passage';
import { ANALYZER_VERSION } from '../analyze';
import { FORMAT, FORMAT_VERSION } from '../generation/manifest';
import { prune } from '../generation/publish';
import { EmbeddingCache } from '../store/embedding-cache';
import { HNSW } from '../store/vectors';
import type { BuildPhase, BuildProgress } from '../types';
import { GenerationWriter, type Calibrate, type ManifestContent } from './generation-writer';
import { ProgressMeter } from './progress';
import type { Supply } from './supply';

export interface WriteOptions {
  indexDir: string;
  /** File of the embedding cache. */
  embeddings: string;
  spec: ModelSpec;
  /** Of the model that `spec` names. */
  hash: string;
  /** A model's identity that somebody knows already; that of another model is not used. */
  known: ModelIdentity | null;
  /** The generation that is current as this run begins, or null. */
  parent: string | null;
  workers?: number | undefined;
  calibrate?: Calibrate | undefined;
  /** Ends the run at the next passage; embeddings made so far are kept. */
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: BuildProgress) => void) | undefined;
  /**
   * Asked once everything is read and embedded: what else the manifest says, or null to publish nothing.
   * What it throws ends the run.
   */
  describe: () => Pick<ManifestContent, 'sources' | 'changes'> | null;
}

export interface Written {
  /** Null where nothing was published. */
  id: string | null;
  embedded: number;
  fromCache: number;
  warnings: string[];
}

/**
 * The one way from articles to a published generation: embeds the passages that no run has embedded
 * before, writes SQLite, HNSW and manifest, and makes the whole current.
 *
 * @throws PilcrowError `interrupted`, `index-unwritable`, what `supply` and `describe`
 *   throw, and those of a model that cannot be used; the current generation stays as it is
 */
export async function writeGeneration(supply: Supply, options: WriteOptions): Promise<Written> {
  return new WritingRun(supply, options).run();
}

class WritingRun {
  private readonly model: LazyModel;
  private cache: EmbeddingCache | null = null;

  constructor(
    private readonly supply: Supply,
    private readonly options: WriteOptions,
  ) {
    this.model = new LazyModel(options.spec, options.workers);
  }

  async run(): Promise<Written> {
    const { indexDir, embeddings, hash, describe } = this.options;
    let writer: GenerationWriter | null = null;
    try {
      writer = await GenerationWriter.create(indexDir, () => (this.cache = new EmbeddingCache(embeddings, hash)), () => this.model.open());
      await this.fill(writer);
      const description = describe();
      if (description === null) {
        await writer.abandon();
        return this.written(null, writer, []);
      }
      const id = await writer.publish(this.manifest(await this.identity(), description), this.options.calibrate ?? null, () => { throwIfInterrupted(this.options.signal); });
      return this.written(id, writer, await this.prune());
    } catch (error) {
      await writer?.abandon();
      throw error;
    } finally {
      this.cache?.close();
      await this.model.close();
    }
  }

  private async fill(writer: GenerationWriter): Promise<void> {
    const { supply } = this;
    const meter = new ProgressMeter(await supply.totalBytes(), this.options.onProgress);
    const tell = (phase: BuildPhase, force = false) => {
      meter.update(phase, { articles: supply.articles, passages: supply.passages, embedded: writer.embedded }, force);
    };
    const step = () => {
      throwIfInterrupted(this.options.signal);
      tell(writer.embedded > 0 ? 'embedding' : 'reading');
    };
    for await (const { article, passages, context } of supply.read((bytes) => { meter.read(bytes); })) {
      await writer.add(article, passages, context, step);
    }
    await writer.drain(step);
    meter.complete();
    tell('writing', true);
  }

  /** Who made the embeddings; the model is asked only if nobody knows. */
  private async identity(): Promise<ModelIdentity> {
    const { known, hash } = this.options;
    if (known === null || known.hash !== hash) return (await this.model.open()).model;
    const { id, dimensions, maxTokens } = known;
    return { id, dimensions, maxTokens, hash };
  }

  private manifest(model: ModelIdentity, description: Pick<ManifestContent, 'sources' | 'changes'>): ManifestContent {
    const { parent, spec } = this.options;
    return {
      format: FORMAT,
      version: FORMAT_VERSION,
      parent,
      model: { spec, ...model },
      reading: READING_VERSION,
      splitter: SPLITTER_VERSION,
      analyzer: ANALYZER_VERSION,
      hnsw: { ...HNSW },
      counts: { articles: this.supply.articles, passages: this.supply.passages },
      rows: this.supply.passages,
      ...description,
    };
  }

  /** What cannot be removed costs space; the new generation is in use all the same. */
  private async prune(): Promise<string[]> {
    try {
      await prune(this.options.indexDir);
      return [];
    } catch (error) {
      return [`older generations could not be removed: ${asPilcrowError(error).message}`];
    }
  }

  private written(id: string | null, { embedded, fromCache }: GenerationWriter, warnings: string[]): Written {
    const putAside = this.cache?.putAside;
    if (putAside != null) warnings.push(`the embedding cache was damaged and is now ${putAside}; passages were embedded anew`);
    return { id, embedded, fromCache, warnings };
  }
}

/** @throws PilcrowError `interrupted` */
export function throwIfInterrupted(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  throw new PilcrowError('interrupted', 'interrupted', 'what was embedded so far is kept, the next run goes on from there');
}

/** The workers are started by the first passage that needs them: most runs change little or nothing. */
class LazyModel {
  private pool: Promise<Embedder> | null = null;

  constructor(
    private readonly spec: ModelSpec,
    private readonly workers: number | undefined,
  ) {}

  open(): Promise<Embedder> {
    return (this.pool ??= createEmbedderPool(this.spec, this.workers === undefined ? {} : { workers: this.workers }));
  }

  async close(): Promise<void> {
    await this.pool?.then((embedder) => embedder.close(), () => undefined);
  }
}
