import { READING_VERSION } from '../../article';
import { createEmbedderPool, type Embedder, type ModelIdentity, type ModelSpec } from '../../embedding';
import { PilcrowError } from '../../errors';
import { SPLITTER_VERSION } from '../../passage';
import { ANALYZER_VERSION } from '../analyze';
import { FORMAT, FORMAT_VERSION } from '../generation/manifest';
import { EmbeddingCache } from '../store/embedding-cache';
import { HNSW } from '../store/vectors';
import type { BuildPhase, BuildProgress } from '../types';
import type { ArticleChange, Delta, FileChange } from './delta';
import { BATCH } from './embedding-stage';
import { GenerationWriter, type Base, type Calibrate, type Guard, type ManifestContent } from './generation-writer';
import { ProgressMeter } from './progress';
import type { Supply } from './supply';

export interface WriteOptions {
  indexDir: string;
  /** File of the embedding cache. */
  embeddings: string;
  noCache?: boolean | undefined;
  spec: ModelSpec;
  /** Of the model that `spec` names. */
  hash: string;
  /** A model's identity that somebody knows already; that of another model is not used. */
  known: ModelIdentity | null;
  /** The generation that the new one follows, or null. */
  parent: string | null;
  workers?: number | undefined;
  calibrate?: Calibrate | undefined;
  guard?: Guard | undefined;
  /** Ends the run at the next passage; embeddings made so far are kept. */
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: BuildProgress) => void) | undefined;
  /** What else the manifest says. Asked once everything is read and embedded; what it throws ends the run. */
  describe: () => Pick<ManifestContent, 'sources' | 'changes'>;
}

export interface Written {
  /** Null where nothing was published. */
  id: string | null;
  embedded: number;
  fromCache: number;
  warnings: string[];
}

/**
 * From articles to a published generation: embeds the passages that no run has embedded before, writes
 * SQLite, HNSW and manifest from nothing, and makes the whole current.
 *
 * @throws PilcrowError `interrupted`, `index-unwritable`, `guard-refused`, what `supply` and `describe`
 *   throw, and those of a model that cannot be used; the current generation stays as it is
 */
export async function writeGeneration(supply: Supply, options: WriteOptions): Promise<Written> {
  const run = new WritingRun(options, null, supply);
  return run.run(async () => {
    const writer = await run.open();
    const step = run.meter(await supply.totalBytes());
    for await (const { file, articles, copies } of supply.read(step.read)) {
      for (const prepared of articles) await writer.add(prepared, step.take);
      if (file !== null) writer.setFile(file.source, file.hash, copies);
    }
    await writer.drain(step.take);
    step.complete();
  });
}

/**
 * From a generation and what has changed since to the next one. Nothing is written before the first change.
 * @param always publish even if no article has changed
 * @throws PilcrowError as `writeGeneration`
 */
export async function updateGeneration(delta: Delta, base: Base, always: boolean, options: WriteOptions): Promise<Written> {
  const run = new WritingRun(options, base, delta);
  return run.run(async () => {
    const step = run.meter(delta.totalBytes);
    const files: Pick<FileChange, 'file' | 'copies'>[] = [];
    if (delta.totalBytes > 0) run.expectPassages();
    if (always) await run.open();
    for await (const { file, changes, copies } of delta.read(step.read)) {
      step.take();
      for (const change of changes) await apply(change, await run.open(), step.take);
      files.push({ file, copies });
    }
    const { writer } = run;
    if (writer === null) return;
    for (const { file, copies } of files) writer.setFile(file.source, file.hash, copies);
    await writer.drain(step.take);
    step.complete();
  });
}

async function apply(change: ArticleChange, writer: GenerationWriter, onPassage: () => void): Promise<void> {
  if (change.kind === 'added') await writer.add(change.prepared, onPassage);
  else if (change.kind === 'changed') await writer.replace(change.row, change.prepared, onPassage);
  else if (change.kind === 'moved') writer.move(change.row, change.article, change.file);
  else writer.remove(change.row);
}

/** Of a first build; what it takes more or less the ETA finds out. */
const MAP_SHARE = 0.04;

/** What is open while a generation is written, and what has been counted. */
class WritingRun {
  writer: GenerationWriter | null = null;
  private readonly model: LazyModel;
  private cache: EmbeddingCache | null = null;
  private progress: ProgressMeter | null = null;

  constructor(
    private readonly options: WriteOptions,
    private readonly base: Base | null,
    private readonly counts: { readonly articles: number; readonly passages: number },
  ) {
    this.model = new LazyModel(options.spec, options.workers);
  }

  /** @param fill writes all articles, opening the writer if there is something to write */
  async run(fill: () => Promise<void>): Promise<Written> {
    try {
      await fill();
      return this.written(await this.publish());
    } catch (error) {
      await this.writer?.abandon();
      throw error;
    } finally {
      this.cache?.close();
      await this.model.close();
    }
  }

  async open(): Promise<GenerationWriter> {
    if (this.writer !== null) return this.writer;
    const { indexDir, embeddings, hash, noCache } = this.options;
    this.writer = await GenerationWriter.create({
      indexDir,
      base: this.base,
      openCache: () => (this.cache = new EmbeddingCache(embeddings, hash, noCache === true)),
      openEmbedder: (passages) => this.model.open(passages),
    });
    return this.writer;
  }

  /** What has changed most likely has passages that nobody has embedded: the model loads while the generation is copied. */
  expectPassages(): void {
    this.model.start();
  }

  /** To be told what has been read, to be called before each passage, and when all is done. */
  meter(totalBytes: number): { read: (bytes: number) => void; take: () => void; complete: () => void } {
    const meter = (this.progress = new ProgressMeter(totalBytes, this.options.onProgress, MAP_SHARE));
    return {
      read: (bytes) => { meter.read(bytes); },
      take: () => {
        throwIfInterrupted(this.options.signal);
        this.tell((this.writer?.embedded ?? 0) > 0 ? 'embedding' : 'reading');
      },
      complete: () => {
        meter.complete();
        this.tell('writing', true);
      },
    };
  }

  private tell(phase: BuildPhase, force = false): void {
    const { articles, passages } = this.counts;
    this.progress?.update(phase, { articles, passages, embedded: this.writer?.embedded ?? 0 }, force);
  }

  private async publish(): Promise<string | null> {
    if (this.writer === null) return null;
    const description = this.options.describe();
    const { calibrate, guard, signal } = this.options;
    return this.writer.publish(this.manifest(await this.identity(), description), { calibrate, guard }, {
      onMapped: (share) => {
        throwIfInterrupted(signal);
        this.progress?.map(share);
        this.tell(share === 1 ? 'publishing' : 'mapping', share === 1);
      },
      onStep: () => { throwIfInterrupted(signal); },
    });
  }

  /** Who made the embeddings; the model is asked only if nobody knows. */
  private async identity(): Promise<ModelIdentity> {
    const { known, hash } = this.options;
    if (known === null || known.hash !== hash) return (await this.model.open(0)).model;
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
      counts: { articles: this.counts.articles, passages: this.counts.passages },
      ...description,
    };
  }

  private written(id: string | null): Written {
    const putAside = this.cache?.putAside;
    const warnings = putAside == null ? [] : [`the embedding cache was damaged and is now ${putAside}; passages were embedded anew`];
    return { id, embedded: this.writer?.embedded ?? 0, fromCache: this.writer?.fromCache ?? 0, warnings };
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

  /** One worker, ahead of time: why it cannot be started is told to who needs it. */
  start(): void {
    this.open(0).catch(() => undefined);
  }

  /** @param passages that are there to be embedded: fewer than a batch are soonest done by one worker */
  open(passages: number): Promise<Embedder> {
    return (this.pool ??= createEmbedderPool(this.spec, { workers: this.workers, startWith: passages < BATCH ? 1 : undefined }));
  }

  async close(): Promise<void> {
    await this.pool?.then((embedder) => embedder.close(), () => undefined);
  }
}
