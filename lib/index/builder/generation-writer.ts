import { chmod, copyFile, rename, writeFile } from 'node:fs/promises';
import { constants } from 'node:fs';
import type { Article, ArticleKeys } from '../../article';
import type { Embedder } from '../../embedding';
import { PilcrowError } from '../../errors';
import { closeContext, splitSentences } from '../../passage';
import { embeddingKey, type EmbeddingCache } from '../store/embedding-cache';
import { EmbeddingStage } from './embedding-stage';
import { generationDirectory, openGeneration, type Generation } from '../generation/generation';
import { generationLayout, indexLayout } from '../generation/layout';
import type { Calibration, Manifest } from '../generation/manifest';
import { openMapGraph } from '../map/graph';
import { makeMap, MAP_VERSION } from '../map/make-map';
import { isOutdated, updateMap } from '../map/update-map';
import type { MapWriter } from '../store/map-writer';
import { PassageWriter, type WrittenPassage } from '../store/passage-writer';
import { createStaging, describeFiles, newGenerationId, remove, setCurrent, syncPath } from '../generation/publish';
import { storageError } from '../store/storage-errors';
import { GraphProcess } from '../store/graph-process';
import type { PreparedArticle } from './supply';

/** What a manifest says beside what its writer knows. */
export type ManifestContent = Omit<Manifest, 'id' | 'createdAt' | 'files' | 'rows' | 'calibration' | 'map'>;

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

/** A generation to start from: the new one is a copy of it in which some articles change. */
export interface Base {
  directory: string;
  manifest: Manifest;
}

export interface WriterParts {
  indexDir: string;
  /** Null for a generation written from nothing. */
  base: Base | null;
  openCache: () => EmbeddingCache;
  /**
   * Called when passages are not in the cache, and to calibrate.
   * @param passages that are there to be embedded, of those that come at once
   */
  openEmbedder: (passages: number) => Promise<Embedder>;
}

/** What is asked of a generation that is whole, before it is published. */
export interface Examination {
  calibrate: Calibrate | undefined;
  guard: Guard | undefined;
}

/** Who is told how far publishing is; what they throw ends the run. */
export interface PublishSteps {
  /** Called with the share of the map that is made, with 1 at last. */
  onMapped: (share: number) => void;
  /** Called now and then from there until the generation is published. */
  onStep: () => void;
}

/** An index that has grown by less than this since it was calibrated is not asked again. */
const GROWN = { share: 0.1, rows: 50 };

/** One generation in the making: out of every reader's sight until it is published, gone if it is abandoned. */
export class GenerationWriter {
  private constructor(
    private readonly parts: WriterParts,
    private readonly staging: string,
    private readonly passages: PassageWriter,
    private readonly stage: EmbeddingStage,
  ) {}

  /** @throws PilcrowError `index-unwritable` */
  static async create(parts: WriterParts): Promise<GenerationWriter> {
    const { indexDir, base, openCache, openEmbedder } = parts;
    const staging = await createStaging(indexDir);
    const path = generationLayout(staging).passages;
    let graph: GraphProcess | null = null;
    let passages: PassageWriter | null = null;
    try {
      const cache = openCache();
      if (base !== null) {
        const from = generationLayout(base.directory);
        // It reads while the rest is copied.
        graph = new GraphProcess(from.vectors, base.manifest.model.dimensions);
        // Closing the original lets go of this process's lock on it; but only a writer removes it, which is this process.
        await copyFile(from.passages, path, constants.COPYFILE_FICLONE);
        await chmod(path, 0o644);
      }
      passages = base === null ? PassageWriter.create(path) : PassageWriter.edit(path, base.manifest.rows);
      return new GenerationWriter(parts, staging, passages, new EmbeddingStage(cache, openEmbedder, graph));
    } catch (error) {
      passages?.abandon();
      await graph?.close();
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

  /** @param onPassage called before each passage; what it throws ends the run */
  async add(prepared: PreparedArticle, onPassage: () => void): Promise<void> {
    const { articleRow, written } = this.write(() => this.passages.add(prepared.article, prepared.passages, prepared.file));
    await this.embed(prepared, articleRow, written, onPassage);
  }

  /** Puts an article in the place of the version in `articleRow` of the base. */
  async replace(articleRow: number, prepared: PreparedArticle, onPassage: () => void): Promise<void> {
    const { written, removed } = this.write(() => this.passages.replace(articleRow, prepared.article, prepared.passages, prepared.file));
    this.forget(removed);
    await this.embed(prepared, articleRow, written, onPassage);
  }

  remove(articleRow: number): void {
    this.forget(this.write(() => this.passages.remove(articleRow)));
  }

  /** @param file source of the file that it is in now */
  move(articleRow: number, article: Article, file: string): void {
    this.write(() => { this.passages.move(articleRow, article, file); });
  }

  /**
   * @param hash SHA-256 of the file's bytes, or null when it is gone
   * @param copies keys of articles in it that are indexed from another file
   */
  setFile(source: string, hash: Buffer | null, copies: readonly ArticleKeys[]): void {
    this.write(() => {
      if (hash === null) this.passages.removeFile(source);
      else this.passages.setFile(source, hash, copies);
    });
  }

  /** Resolves when every passage has its vector. */
  async drain(onBatch: () => void): Promise<void> {
    await this.stage.drain(onBatch);
  }

  /**
   * Makes this generation the current one: everything on disk first, verified as any reader would, then
   * two renames. A crash before the last of them leaves the old generation in use.
   *
   * @returns the new generation's id
   * @throws PilcrowError `index-unwritable`, `guard-refused`
   */
  async publish(content: ManifestContent, examination: Examination, { onMapped, onStep }: PublishSteps): Promise<string> {
    const { staging, parts: { indexDir } } = this;
    const layout = generationLayout(staging);
    const now = momentAfter(content.parent);
    const id = newGenerationId(now);
    try {
      const { rows } = this.passages;
      const mapWriter = this.passages.complete();
      const count = (await this.stage.graph?.save(layout.vectors)) ?? 0;
      const map = await this.map(mapWriter, { count, passages: content.counts.passages }, onMapped);
      this.passages.finish();
      await this.stage.close();
      const manifest: Manifest = { ...content, id, createdAt: now.toISOString(), rows, calibration: null, map, files: await describeFiles(staging) };
      await this.describe(manifest);
      const calibration = await this.examine(manifest, examination, onStep);
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
    await this.stage.close();
    this.passages.abandon();
    await remove(this.staging);
  }

  private async embed({ article, passages, context }: PreparedArticle, articleRow: number, written: readonly WrittenPassage[], onPassage: () => void): Promise<void> {
    for (const [i, { text: whole }] of passages.entries()) {
      onPassage();
      const { row, isKept } = written[i] as WrittenPassage;
      const sentences = splitSentences(whole, article.language).map(({ start, end }) => ({ start, end, text: whole.slice(start, end) }));
      const text = { context: closeContext(context), sentences: sentences.map((sentence) => sentence.text) };
      await this.stage.add({
        row,
        text,
        isKept,
        onEmbedded: (embedding) => {
          this.write(() => { this.passages.addDetails(row, articleRow, article.title, sentences, embeddingKey(text), embedding); });
        },
      });
    }
  }

  private forget(rows: readonly number[]): void {
    this.stage.graph?.remove(rows);
  }

  /** Lays the passages out, or finds places for new ones. @param count vectors of the graph */
  private async map(writer: MapWriter, { count, passages }: { count: number; passages: number }, onMapped: (share: number) => void): Promise<Manifest['map']> {
    const { rows } = this.passages;
    const { graph } = this.stage;
    const known = this.parts.base?.manifest.map ?? null;
    const isKept = known !== null && !isOutdated(known, rows, passages);
    if (graph === null) return known ?? { version: MAP_VERSION, rows, passages };
    if (isKept) {
      await updateMap(writer, (some, k) => graph.nearest(some, k), onMapped);
    } else {
      // What follows reads its file, and takes as much memory again.
      await this.stage.close();
      const written = await openMapGraph(generationLayout(this.staging).vectors, graph.dimensions, count).catch((cause: unknown) => { throw notWhole(cause); });
      try {
        await makeMap(writer, written, { onShare: onMapped });
      } finally {
        written.close();
      }
    }
    onMapped(1);
    return isKept ? known : { version: MAP_VERSION, rows, passages };
  }

  private async describe(manifest: Manifest): Promise<void> {
    const path = generationLayout(this.staging).manifest;
    await writeFile(path, `${JSON.stringify(manifest, null, 2)}\n`);
    await syncPath(path);
    await syncPath(this.staging);
  }

  /** Opens what was written as any reader would, and asks it what is to be asked. */
  private async examine(manifest: Manifest, { calibrate, guard }: Examination, onStep: () => void): Promise<Calibration | null> {
    const { openEmbedder, base } = this.parts;
    const generation = await this.openWritten(manifest.id);
    try {
      const known = base?.manifest.calibration ?? null;
      const isKnown = known !== null && (calibrate === undefined || calibrate.version === known.version) && manifest.rows <= known.rows * (1 + GROWN.share) + GROWN.rows;
      const calibration = isKnown ? known : ((await calibrate?.run(generation, await openEmbedder(0), onStep)) ?? null);
      if (guard !== undefined) await guard.check({ ...generation, manifest: { ...manifest, calibration } }, await openEmbedder(0), onStep);
      return calibration;
    } finally {
      generation.close();
    }
  }

  private async openWritten(id: string): Promise<Generation> {
    try {
      return await openGeneration(this.staging, { id, thoroughly: true });
    } catch (cause) {
      throw notWhole(cause);
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

/** hnswlib does not say so when a disk is full. */
function notWhole(cause: unknown): PilcrowError {
  return new PilcrowError('index-unwritable', 'the new generation was not written whole', 'see that there is space on the disk and run it again: nothing is embedded twice', { cause });
}

/** Ids sort by time, and the next generation comes after its parent even if the clock was put back meanwhile. */
function momentAfter(parent: string | null): Date {
  const [, ...parts] = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(\d{3})Z/.exec(parent ?? '') ?? [];
  const [year = 0, month = 1, day, hour, minute, second, ms] = parts.map(Number);
  return new Date(Math.max(Date.now(), Date.UTC(year, month - 1, day, hour, minute, second, ms) + 1 || 0));
}
