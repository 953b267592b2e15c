import { rename, writeFile } from 'node:fs/promises';
import type { Article } from '../../article';
import type { Embedder } from '../../embedding';
import { PilcrowError } from '../../errors';
import { withContext, type Passage } from '../../passage';
import type { EmbeddingCache } from '../store/embedding-cache';
import { EmbeddingStage } from './embedding-stage';
import { currentId, generationDirectory, openGeneration } from '../generation/generation';
import { generationLayout, indexLayout } from '../generation/layout';
import type { Manifest } from '../generation/manifest';
import { PassageWriter } from '../store/passage-writer';
import { createStaging, describeFiles, newGenerationId, remove, setCurrent, syncPath } from '../generation/publish';
import { storageError } from '../store/storage-errors';

/** What a manifest says beside what its writer knows. */
export type ManifestContent = Omit<Manifest, 'id' | 'createdAt' | 'files'>;

/** One generation in the making: out of every reader's sight until it is published, gone if it is abandoned. */
export class GenerationWriter {
  private constructor(
    private readonly indexDir: string,
    private readonly staging: string,
    private readonly passages: PassageWriter,
    private readonly stage: EmbeddingStage,
  ) {}

  /**
   * @param openEmbedder called when the first passage is not in the cache
   * @throws PilcrowError `index-unwritable`
   */
  static async create(indexDir: string, openCache: () => EmbeddingCache, openEmbedder: () => Promise<Embedder>): Promise<GenerationWriter> {
    const staging = await createStaging(indexDir);
    try {
      const stage = new EmbeddingStage(openCache(), openEmbedder);
      return new GenerationWriter(indexDir, staging, new PassageWriter(generationLayout(staging).passages), stage);
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

  get empty(): boolean {
    return this.stage.vectors === null;
  }

  /**
   * @param context put in front of each passage where it is embedded
   * @param onPassage called before each passage; what it throws ends the run
   */
  async add(article: Article, passages: readonly Passage[], context: string, onPassage: () => void): Promise<void> {
    const first = this.write(() => this.passages.add(article, passages));
    for (const [i, passage] of passages.entries()) {
      onPassage();
      await this.stage.add(first + i, withContext(context, passage.text));
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
   * @param basedOn the generation that was current when this run began
   * @returns the new generation's id
   * @throws PilcrowError `index-changed` when another run has published meanwhile, `index-unwritable`
   */
  async publish(basedOn: string | null, content: ManifestContent): Promise<string> {
    const { indexDir, staging } = this;
    const layout = generationLayout(staging);
    const now = new Date();
    const id = newGenerationId(now);
    try {
      this.passages.finish();
      this.stage.vectors?.save(layout.vectors);
      this.stage.close();
      const manifest: Manifest = { ...content, id, createdAt: now.toISOString(), files: await describeFiles(staging) };
      await writeFile(layout.manifest, `${JSON.stringify(manifest, null, 2)}\n`);
      await syncPath(layout.manifest);
      await syncPath(staging);
      await this.verify(id);
      await refuseIfChanged(indexDir, basedOn);
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

  private async verify(id: string): Promise<void> {
    try {
      (await openGeneration(this.staging, id)).close();
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

async function refuseIfChanged(indexDir: string, basedOn: string | null): Promise<void> {
  const current = await currentId(indexDir).catch(() => basedOn);
  if (current === basedOn) return;
  throw new PilcrowError('index-changed', `another run has published generation ${current ?? 'none'} meanwhile`, 'run this one again: nothing is embedded twice');
}
