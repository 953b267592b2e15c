import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { addSources, READING_VERSION, type Source } from '../../article';
import { loadTokenizer, modelHash, modelSpecSchema, type ModelSpec } from '../../embedding';
import { asPilcrowError, PilcrowError } from '../../errors';
import { SPLITTER_VERSION } from '../../passage';
import { ANALYZER_VERSION } from '../analyze';
import { currentId, generationDirectory, openGeneration, type Generation } from '../generation/generation';
import { indexLayout } from '../generation/layout';
import { readManifest, type Manifest } from '../generation/manifest';
import type { ChangeSummary } from './changes';
import type { Writer } from '../generation/writer-lock';
import type { Calibrate, Guard } from './generation-writer';
import { ProgressMeter } from './progress';
import { Reading } from './reading';
import { textMeasure } from './supply';
import type { BuildProgress, BuildReport } from '../types';
import { HNSW } from '../store/vectors';
import { throwIfInterrupted, writeGeneration } from './write-generation';

export interface BuildOptions {
  indexDir: string;
  /** Files and folders as the user named them; empty for the sources the index remembers. */
  named: readonly string[];
  /** What relative names are relative to. */
  cwd: string;
  /** Compare with nothing: the articles are those of this run alone, and the sources those named, if any are. */
  full?: boolean | undefined;
  /** Read and compare, but embed and write nothing. */
  dryRun?: boolean | undefined;
  /** Departures from the model the index has, or from the default one. */
  spec?: Partial<ModelSpec> | undefined;
  /** What the new generation is asked about itself: `calibrate` of lib/search, which this folder must not know. */
  calibrate?: Calibrate | undefined;
  /** What the new generation must not lose, or it is not published: from lib/search, too. */
  guard?: Guard | undefined;
  /** Embed everything anew, whatever the embedding cache holds. */
  noCache?: boolean | undefined;
  /** Generations to keep, the new one among them; by default as many as a reasonable size allows. */
  keep?: number | undefined;
  /** Wait for another writer to end instead of refusing. */
  wait?: boolean | undefined;
  onWait?: ((writer: Writer | null) => void) | undefined;
  /** What others are told is at work here. Default `pilcrow index`. */
  command?: string | undefined;
  workers?: number | undefined;
  /** Ends the run at the next passage; embeddings made so far are kept. */
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: BuildProgress) => void) | undefined;
}

/**
 * Brings an index up to date with its sources: reads every article, embeds the passages that no run
 * has embedded before, and publishes a new generation when anything changed. Articles that cannot be
 * read stay as they were last indexed, are reported, and stop nothing else.
 *
 * @throws PilcrowError `source-not-found`, `nothing-to-index`, `index-unwritable`, `index-changed`,
 *   `interrupted`, and those of a generation or model that cannot be used; the current generation
 *   stays as it is
 */
export async function buildIndex(options: BuildOptions): Promise<BuildReport> {
  const prior = await openPrior(options);
  try {
    return await new BuildRun(options, prior).run();
  } finally {
    prior.generation?.close();
  }
}

/** What there was before this run. */
interface Prior {
  id: string | null;
  manifest: Manifest | null;
  /** Null in a full run, which compares with nothing. */
  generation: Generation | null;
  /** What of it could not be used, in a full run. */
  warning: string | null;
}

async function openPrior({ indexDir, full }: BuildOptions): Promise<Prior> {
  if (full === true) return openPriorForFull(indexDir);
  const id = await currentId(indexDir);
  if (id === null) return { id, manifest: null, generation: null, warning: null };
  const generation = await openGeneration(generationDirectory(indexDir, id));
  return { id, manifest: generation.manifest, generation, warning: null };
}

/** Starting over must work whatever state the index is in; what can be read of sources and model still counts. */
async function openPriorForFull(indexDir: string): Promise<Prior> {
  let id: string | null = null;
  try {
    id = await currentId(indexDir);
    const manifest = id === null ? null : await readManifest(generationDirectory(indexDir, id));
    return { id, manifest, generation: null, warning: null };
  } catch (error) {
    const warning = `what the index knew of its sources and its model is lost (${asPilcrowError(error).message})`;
    return { id, manifest: null, generation: null, warning };
  }
}

class BuildRun {
  private readonly started = performance.now();
  private readonly sources: Source[];
  private readonly spec: ModelSpec;
  private readonly warnings: string[];

  constructor(
    private readonly options: BuildOptions,
    private readonly prior: Prior,
  ) {
    const startOver = options.full === true && options.named.length > 0;
    this.sources = addSources(startOver ? [] : (prior.manifest?.sources ?? []), options.named, options.cwd);
    if (this.sources.length === 0) {
      throw new PilcrowError('nothing-to-index', 'no source was named', `say what to index: pilcrow index ${options.full === true ? '--full ' : ''}SOURCE`);
    }
    this.spec = specFor(options.spec ?? {}, prior.manifest?.model.spec ?? null, options.cwd);
    this.warnings = prior.warning === null ? [] : [prior.warning];
  }

  async run(): Promise<BuildReport> {
    const tokenizer = await loadTokenizer(this.spec);
    // Before anything is written, and in a dry run too: a model that is not there is told at once.
    const hash = await modelHash(this.spec);
    const reading = new Reading(this.sources, this.prior.generation?.store ?? null, textMeasure(tokenizer));
    return this.options.dryRun === true ? this.compare(reading) : this.build(reading, hash);
  }

  private async compare(reading: Reading): Promise<BuildReport> {
    const meter = new ProgressMeter(await reading.totalBytes(), this.options.onProgress);
    for await (const _ of reading.read((bytes) => { meter.read(bytes); })) {
      throwIfInterrupted(this.options.signal);
      meter.update('reading', { articles: reading.articles, passages: reading.passages, embedded: 0 });
    }
    return this.report(reading, this.prior.id, false, { embedded: 0, fromCache: 0 });
  }

  private async build(reading: Reading, hash: string): Promise<BuildReport> {
    const { id: parent, manifest } = this.prior;
    const { indexDir, calibrate, workers, signal, onProgress } = this.options;
    const written = await writeGeneration(reading, {
      indexDir,
      calibrate,
      embeddings: indexLayout(indexDir).embeddings,
      spec: this.spec,
      hash,
      known: manifest?.model ?? null,
      parent,
      workers,
      signal,
      onProgress,
      describe: () => this.describe(reading, hash),
    });
    this.warnings.push(...written.warnings);
    return this.report(reading, written.id ?? parent, written.id !== null, written);
  }

  private describe(reading: Reading, hash: string) {
    if (reading.passages === 0) throw this.nothingRead(reading);
    if (this.nothingChanged(reading, hash)) return null;
    const { added, changed, moved, removed, unchanged } = reading.changes.summary();
    return { sources: this.sources, changes: { added: added.length, changed: changed.length, moved: moved.length, removed: removed.length, unchanged } };
  }

  /** The same articles, cut the same way, embedded by the same model, from the same sources. */
  private nothingChanged(reading: Reading, hash: string): boolean {
    const { manifest, generation } = this.prior;
    return (
      generation !== null &&
      manifest !== null &&
      none(reading.changes.summary()) &&
      manifest.model.hash === hash &&
      manifest.reading === READING_VERSION &&
      manifest.splitter === SPLITTER_VERSION &&
      manifest.analyzer === ANALYZER_VERSION &&
      (this.options.calibrate === undefined || manifest.calibration?.version === this.options.calibrate.version) &&
      JSON.stringify([manifest.hnsw, manifest.sources]) === JSON.stringify([HNSW, this.sources])
    );
  }

  private nothingRead({ failed }: Reading): PilcrowError {
    const places = this.sources.map(({ path }) => path).join(', ');
    const first = failed[0];
    if (first !== undefined) return new PilcrowError('nothing-to-index', `no article could be read from ${places}: ${first.error.line}`, null, { cause: first.error });
    return new PilcrowError('nothing-to-index', `there is no article in ${places}`, 'Pilcrow reads .txt and .md files');
  }

  private report(reading: Reading, generation: string | null, published: boolean, { embedded, fromCache }: { embedded: number; fromCache: number }): BuildReport {
    return {
      generation,
      published,
      dryRun: this.options.dryRun === true,
      articles: { total: reading.articles, ...reading.changes.summary() },
      passages: { total: reading.passages, embedded, fromCache },
      skipped: reading.skipped,
      failed: reading.failed,
      warnings: [...this.warnings, ...reading.warnings],
      pruned: [],
      tookMs: performance.now() - this.started,
    };
  }
}

function none({ added, changed, moved, removed }: ChangeSummary): boolean {
  return added.length + changed.length + moved.length + removed.length === 0;
}

/** What the user asked for over what the index has; another model starts from the defaults. */
function specFor(wanted: Partial<ModelSpec>, has: ModelSpec | null, cwd: string): ModelSpec {
  const asked = wanted.model === undefined ? {} : { model: absoluteIfFolder(wanted.model, cwd) };
  const base = has !== null && (asked.model === undefined || asked.model === has.model) ? has : {};
  return modelSpecSchema.parse({ ...base, ...wanted, ...asked });
}

/** A manifest outlives the folder the command was given in. */
function absoluteIfFolder(model: string, cwd: string): string {
  const path = resolve(cwd, model);
  return existsSync(path) ? path : model;
}
