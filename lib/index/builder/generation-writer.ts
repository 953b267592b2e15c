import { rename, writeFile } from 'node:fs/promises';
import type { Article } from '../../article';
import type { Embedder } from '../../embedding';
import { PilcrowError } from '../../errors';
import { closeContext, splitSentences, type Passage } from '../../passage';
import type { EmbeddingCache } from '../store/embedding-cache';
import { EmbeddingStage } from './embedding-stage';
import { generationDirectory, openGeneration, type Generation } from '../generation/generation';
import { generationLayout, indexLayout } from '../generation/layout';
import type { Calibration, Manifest } from '../generation/manifest';
import { PassageWriter } from '../store/passage-writer';
import { createStaging, describeFiles, newGenerationId, remove, setCurrent, syncPath } from '../generation/publish';
import { storageError } from '../store/storage-errors';

/** What a manifest says beside what its writer knows. */
export type ManifestContent = Omit<Manifest, 'id' | 'createdAt' | 'files' | 'calibration'>;

/** Finds out about a generation what only asking it can tell. How to ask is not for the index to know. */
export interface Calibrate {
  /** Raised when the same index would be calibrated otherwise. */
  readonly version: number;
  /** @param onProbe called after each question; what it throws ends the run */
  run(generation: Generation, embedder: Embedder, onProbe: () => void): Promise<Calibration>;
}

/** Says whether a generation may be published. What it must not lose is not for the index to know. */
export interface Guard {
  /**
   * @param onStep called now and then; what it throws ends the run
   * @throws PilcrowError `guard-refused`: the generation is not published
   */
  check(candidate: Generation, embedder: Embedder, onStep: () => void): Promise<void>;
}

/** One generation in the making: out of every reader's sight until it is published, gone if it is abandoned. */
export class GenerationWriter {
  private constructor(
    private readonly indexDir: string,
    private readonly staging: string,
    private readonly passages: PassageWriter,
    private readonly stage: EmbeddingStage,
    private readonly openEmbedder: () => Promise<Embedder>,
  ) {}

  /**
   * @param openEmbedder called when a passage is not in the cache, and to calibrate
   * @throws PilcrowError `index-unwritable`
   */
  static async create(indexDir: string, openCache: () => EmbeddingCache, openEmbedder: () => Promise<Embedder>): Promise<GenerationWriter> {
    const staging = await createStaging(indexDir);
    try {
      const stage = new EmbeddingStage(openCache(), openEmbedder);
      return new GenerationWriter(indexDir, staging, new PassageWriter(generationLayout(staging).passages), stage, openEmbedder);
    } catch (error) {
      await remove(staging);
      throw storageError(error, staging);
    }
  }

  get embedded(): number {
    return this.stage.embedded;
  }

  get fromCache(): number {
    return this.stage.fromCache;
  }

  /**
   * @param context put in front of each passage where it is embedded
   * @param onPassage called before each passage; what it throws ends the run
   */
  async add(article: Article, passages: readonly Passage[], context: string, onPassage: () => void): Promise<void> {
    const { articleRow, firstRow } = this.write(() => this.passages.add(article, passages));
    for (const [i, { text }] of passages.entries()) {
      onPassage();
      const row = firstRow + i;
      const sentences = splitSentences(text, article.language).map(({ start, end }) => ({ start, end, text: text.slice(start, end) }));
      await this.stage.add({
        row,
        text: { context: closeContext(context), sentences: sentences.map((sentence) => sentence.text) },
        onEmbedded: (embedding) => { this.write(() => { this.passages.addDetails(row, articleRow, article.title, sentences, embedding); }); },
      });
    }
  }

  /** Resolves when every passage has its vector. */
  async drain(onBatch: () => void): Promise<void> {
    await this.stage.drain(onBatch);
  }

  /**
   * Makes this generation the current one: everything on disk first, verified as any reader would, then
   * two renames. A crash before the last of them leaves the old generation in use.
   *
   * @param calibrate asked of the generation when it is whole; null for none
   * @param onStep called now and then until the generation is published; what it throws ends the run
   * @returns the new generation's id
   * @throws PilcrowError `index-unwritable`
   */
  async publish(content: ManifestContent, calibrate: Calibrate | null, onStep: () => void): Promise<string> {
    const { indexDir, staging } = this;
    const layout = generationLayout(staging);
    const now = new Date();
    const id = newGenerationId(now);
    try {
      this.passages.finish();
      this.stage.vectors?.save(layout.vectors);
      this.stage.close();
      const manifest: Manifest = { ...content, id, createdAt: now.toISOString(), calibration: null, files: await describeFiles(staging) };
      await this.describe(manifest);
      const calibration = await this.verify(id, calibrate, onStep);
      await this.describe({ ...manifest, calibration });
      await rename(staging, generationDirectory(indexDir, id));
      await syncPath(indexLayout(indexDir).generations);
      await setCurrent(indexDir, id);
    } catch (error) {
      throw storageError(error, staging);
    }
    return id;
  }

  /** Ends a run that publishes nothing, keeping the embeddings that are being made. */
  async abandon(): Promise<void> {
    await this.stage.settle();
    this.stage.close();
    this.passages.abandon();
    await remove(this.staging);
  }

  private async describe(manifest: Manifest): Promise<void> {
    const path = generationLayout(this.staging).manifest;
    await writeFile(path, `${JSON.stringify(manifest, null, 2)}\n`);
    await syncPath(path);
    await syncPath(this.staging);
  }

  private async verify(id: string, calibrate: Calibrate | null, onStep: () => void): Promise<Calibration | null> {
    const generation = await this.openWritten(id);
    try {
      return calibrate === null ? null : await calibrate.run(generation, await this.openEmbedder(), onStep);
    } finally {
      generation.close();
    }
  }

  private async openWritten(id: string): Promise<Generation> {
    try {
      return await openGeneration(this.staging, { id, thoroughly: true });
    } catch (cause) {
      throw new PilcrowError('index-unwritable', 'the new generation was not written whole', 'see that there is space on the disk and run it again: nothing is embedded twice', { cause });
    }
  }

  private write<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw storageError(error, this.staging);
    }
  }
}
