import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ArticleReader, forgetFetched, FORMATS, isAddress, READING_VERSION, refreshSources, sourcesFor, SourceSet, type FetchProgress, type Source, type SourceChanges } from '../../article';
import { loadTokenizer, modelHash, modelSpecSchema, type ModelSpec } from '../../embedding';
import { asPilcrowError, PilcrowError } from '../../errors';
import { SPLITTER_VERSION } from '../../passage';
import { ANALYZER_VERSION } from '../analyze';
import { generationDirectory, type Generation } from '../generation/generation';
import { indexLayout } from '../generation/layout';
import { prune } from '../generation/keep';
import { removeLeftovers } from '../generation/publish';
import { withWriterLock, type Writer, type WriterLock } from '../generation/writer-lock';
import { compareFiles, type Comparison } from './compare';
import { Delta } from './delta';
import type { Calibrate, Guard } from './generation-writer';
import { openPrior, type Prior } from './prior';
import { ProgressMeter } from './progress';
import { Reading } from './reading';
import { textMeasure, type TextMeasure } from './supply';
import { tidy } from './tidy';
import type { BuildFailure, BuildProgress, BuildReport } from '../types';
import type { PassageStore } from '../store/passage-store';
import { MAP_VERSION } from '../map/make-map';
import { HNSW } from '../store/vectors';
import { throwIfInterrupted, updateGeneration, writeGeneration, type Written } from './write-generation';

export interface BuildOptions {
  indexDir: string;
  /** Files and folders as the user named them; empty for the sources the index remembers. */
  named: readonly string[];
  /** Remembered sources that are to be none any more: their articles go. */
  forget?: readonly string[] | undefined;
  /** How what is named is to be read, where it is not the usual way. */
  sourceOptions?: SourceChanges | undefined;
  /** What relative names are relative to. */
  cwd: string;
  /** Publish nothing when anything could not be read. */
  strict?: boolean | undefined;
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
  /** Told while pages are fetched, before anything is read. */
  onFetch?: ((progress: FetchProgress) => void) | undefined;
  /** Pages fetched less than this ago are not asked for again, ms. Default 0. */
  maxAgeMs?: number | undefined;
}

/** Removed passages stay in the graph up to this share of all; beyond, the next generation is built from nothing. */
const MOST_REMOVED = 0.15;

/** From both of these on, removals are remarked upon. */
const MANY_REMOVED = { articles: 10, share: 0.2 };

const NOTHING_WRITTEN: Written = { id: null, embedded: 0, fromCache: 0, warnings: [] };

/**
 * Brings an index up to date with its sources: reads what has changed, embeds the passages that no run has
 * embedded before, and publishes a new generation when any article changed. Articles that cannot be
 * read stay as they were last indexed, are reported, and stop nothing else. A generation that is not whole
 * is replaced: the run goes on from the newest that is.
 *
 * @throws PilcrowError `source-not-found`, `nothing-to-index`, `index-busy`, `index-unwritable`,
 *   `index-damaged`, `guard-refused`, `interrupted`, and those of a model that cannot be used; the current
 *   generation stays as it is
 */
export async function buildIndex(options: BuildOptions): Promise<BuildReport> {
  if (options.dryRun === true) return run(options, null);
  const { indexDir, command = 'pilcrow index', wait, onWait, signal } = options;
  return withWriterLock(indexDir, { command, wait, onWait, signal }, (lock) => run(options, lock));
}

async function run(options: BuildOptions, lock: WriterLock | null): Promise<BuildReport> {
  // What a run that died left behind. It only costs space; `prune` says so when it stays.
  if (lock !== null) await removeLeftovers(options.indexDir).catch(() => undefined);
  const prior = await openPrior(options.indexDir, options.full === true);
  try {
    // Those that are too many by number may go at once, which on a full disk makes the space that is needed. But
    // not while the current one is not known to be whole: they may be what is left.
    const isWhole = prior.generation !== null && prior.warning === null;
    const pruned = lock === null || options.keep === undefined || !isWhole ? [] : await prune(options.indexDir, { keep: options.keep }).catch(() => []);
    const report = await new BuildRun(options, prior, lock).run();
    return { ...report, pruned: [...pruned, ...report.pruned] };
  } finally {
    prior.generation?.close();
  }
}

/** The work that was done, whichever way, for the report. */
type Work = Pick<BuildReport, 'articles' | 'copies' | 'failed' | 'skipped' | 'warnings'> & { passages: number; written: Written };

class BuildRun {
  private readonly started = performance.now();
  private readonly sources: Source[];
  private set: SourceSet;
  private readonly reader = new ArticleReader();
  private readonly spec: ModelSpec;
  private measure: Promise<TextMeasure> | null = null;

  constructor(
    private readonly options: BuildOptions,
    private readonly prior: Prior,
    private readonly lock: WriterLock | null,
  ) {
    this.sources = sourcesFor(prior.sources, { ...options, changes: options.sourceOptions }, options.cwd);
    this.set = new SourceSet(this.sources);
    if (this.sources.length === 0 && prior.sources.length > 0) throw new PilcrowError('nothing-to-index', 'no source would be left', `name another: pilcrow index --forget ${options.forget?.[0] ?? 'SOURCE'} SOURCE`);
    if (this.sources.length === 0) {
      throw new PilcrowError('nothing-to-index', prior.warning ?? 'no source was named', `say what to index: pilcrow index ${options.full === true ? '--full ' : ''}SOURCE`);
    }
    this.spec = specFor(options.spec ?? {}, prior.spec, options.cwd);
  }

  async run(): Promise<BuildReport> {
    try {
      return await this.bringUpToDate();
    } finally {
      this.reader.close();
    }
  }

  private async bringUpToDate(): Promise<BuildReport> {
    // Before anything is written, and in a dry run too: a model that is not there is told at once.
    const hash = await modelHash(this.spec);
    await this.fetch();
    const { generation } = this.prior;
    const work = (generation === null || !isUpToDate(generation, hash) ? null : await this.update(generation, hash)) ?? (await this.buildAnew(hash));
    return this.report(work);
  }

  /** What addresses lead to is fetched first: from then on it is read like files. */
  private async fetch(): Promise<void> {
    const { indexDir, signal, maxAgeMs, onFetch } = this.options;
    const web = await refreshSources(this.sources, {
      store: indexLayout(indexDir).fetched,
      signal,
      maxAgeMs,
      onProgress: (progress) => {
        this.lock?.tell({ phase: 'fetching', done: progress.total === 0 ? 0 : progress.done / progress.total, etaMs: progress.etaMs });
        onFetch?.(progress);
      },
    });
    if (this.lock !== null) await forgetFetched(indexLayout(indexDir).fetched, web);
    this.set = new SourceSet(this.sources, web);
  }

  /** @returns null where so much has changed that the index is better built anew */
  private async update(before: Omit<Generation, 'vectors'>, hash: string): Promise<Work | null> {
    const { manifest, store } = before;
    const comparison = await this.compare(before);
    if (await this.isBetterAnew(comparison, before)) return null;

    const delta = this.delta(comparison, store);
    const work = (written: Written): Work => ({
      articles: { total: delta.articles, ...delta.summary() },
      passages: delta.passages,
      copies: delta.copies,
      failed: [...comparison.failed, ...delta.failed],
      skipped: [...comparison.skipped, ...delta.skipped],
      warnings: delta.warnings,
      written,
    });
    if (this.lock === null) {
      for await (const _ of delta.read(() => undefined)) throwIfInterrupted(this.options.signal);
      return work(NOTHING_WRITTEN);
    }
    const base = { directory: generationDirectory(this.options.indexDir, before.id), manifest };
    const isAsked = this.options.calibrate === undefined || manifest.calibration?.version === this.options.calibrate.version;
    const always = !isAsked || manifest.map.version !== MAP_VERSION || this.prior.warning !== null || JSON.stringify(manifest.sources) !== JSON.stringify(this.remembered(comparison.failed));
    const written = await updateGeneration(delta, base, always, {
      ...this.writeOptions(hash),
      describe: () => {
        if (delta.passages === 0) throw this.nothingRead(comparison.failed);
        const failed = [...comparison.failed, ...delta.failed];
        this.refuseFailures(failed);
        return { sources: this.remembered(failed), changes: counted(delta.summary()) };
      },
    });
    return work(written);
  }

  private async compare({ store }: Omit<Generation, 'vectors'>) {
    const { signal } = this.options;
    const { articles, passages } = store.counts();
    const meter = new ProgressMeter(store.fileCount(), this.onProgress);
    return compareFiles(this.set, store, () => {
      throwIfInterrupted(signal);
      meter.read(1);
      meter.update('reading', { articles, passages, embedded: 0 });
    });
  }

  private delta(comparison: Comparison, before: PassageStore): Delta {
    return new Delta(comparison, before, () => this.openMeasure(), this.reader, this.options.signal);
  }

  /** Whether so much would be added to the graph, or only marked as deleted in it, that a new one is the better one. */
  private async isBetterAnew(comparison: Comparison, { manifest, store }: Omit<Generation, 'vectors'>): Promise<boolean> {
    const { changed, gone } = comparison;
    const fresh = changed.filter(({ isKnown }) => !isKnown);
    if (fresh.length > store.fileCount()) return true;
    // Most runs change little: then there is no need to find out how much.
    const places = [...gone.map(({ source }) => source), ...changed.map(({ file }) => file.source)];
    const spare = MOST_REMOVED * manifest.counts.passages - (manifest.rows - manifest.counts.passages);
    if (passagesUpTo(spare, places, store) <= spare) return false;
    const lost = new Set(gone.map(({ hash }) => hash.toString('hex')));
    // What is only new frees no row; what may have moved must be seen with the rest, or it would count as removed.
    const weighed = this.delta({ ...comparison, changed: changed.filter(({ isKnown, hash }) => isKnown || lost.has(hash.toString('hex'))) }, store);
    for await (const _ of weighed.read(() => undefined)) throwIfInterrupted(this.options.signal);
    const removed = manifest.rows - manifest.counts.passages + weighed.freedRows;
    return weighed.freedRows > 0 && removed > MOST_REMOVED * manifest.counts.passages;
  }

  private async buildAnew(hash: string): Promise<Work> {
    const reading = new Reading(this.set, this.prior.generation, await this.openMeasure(), this.reader, this.options.signal);
    const written = this.lock === null ? await this.readAll(reading) : await writeGeneration(reading, { ...this.writeOptions(hash), describe: () => this.describe(reading) });
    const { articles, passages, changes, copies, failed, skipped, warnings } = reading;
    return { articles: { total: articles, ...changes.summary() }, passages, copies, failed, skipped, warnings, written };
  }

  private async readAll(reading: Reading): Promise<Written> {
    const meter = new ProgressMeter(await reading.totalBytes(), this.onProgress);
    for await (const _ of reading.read((bytes) => { meter.read(bytes); })) {
      throwIfInterrupted(this.options.signal);
      meter.update('reading', { articles: reading.articles, passages: reading.passages, embedded: 0 });
    }
    return NOTHING_WRITTEN;
  }

  private describe(reading: Reading) {
    if (reading.passages === 0) throw this.nothingRead(reading.failed);
    this.refuseFailures(reading.failed);
    const { damage } = this.prior;
    const unreadable = reading.failed.filter(({ error }) => error.code === 'source-not-found' || error.code === 'source-unreadable');
    const [lost] = [...unreadable, ...reading.empty];
    if (damage !== null && lost !== undefined) {
      throw new PilcrowError('index-damaged', `${damage.message}; and ${lost.path} is empty or cannot be read now, so that articles of it would be lost`, 'make it readable, or start anew without it: pilcrow index --full SOURCE', { cause: damage });
    }
    return { sources: this.remembered(reading.failed), changes: counted(reading.changes.summary()) };
  }

  /** An address named just now that nothing came from may be a typing error: like a path that does not exist, it is not kept. */
  private remembered(failed: readonly BuildFailure[]): Source[] {
    return this.sources.filter(({ path }) => !this.isStillborn(path, failed));
  }

  private isStillborn(path: string, failed: readonly BuildFailure[]): boolean {
    return isAddress(path) && !this.prior.sources.some((source) => source.path === path) && failed.some((failure) => failure.path === path);
  }

  private nothingRead(failed: readonly BuildFailure[]): PilcrowError {
    const places = this.sources.map(({ path }) => path).join(', ');
    const first = failed[0];
    if (first !== undefined) return new PilcrowError('nothing-to-index', `no article could be read from ${places}: ${first.error.line}`, null, { cause: first.error });
    const matches = this.sources.flatMap(({ options }) => options?.match ?? []);
    const hint = matches.length === 0 ? `Pilcrow reads ${Object.keys(FORMATS).join(', ')}` : `see whether ${matches.join(', ')} matches what you mean: ** stands for any folders, * for any part of one name`;
    return new PilcrowError('nothing-to-index', `there is no article in ${places}`, hint);
  }

  /** @throws PilcrowError `strict-refused` */
  private refuseFailures(failed: readonly BuildFailure[]): void {
    const [first] = failed;
    if (this.options.strict !== true || first === undefined) return;
    const more = failed.length === 1 ? '' : `, and ${failed.length - 1} more`;
    throw new PilcrowError('strict-refused', `nothing was published, since not everything could be read: ${first.error.line}${more}`, 'mend it, or leave out --strict', { cause: first.error });
  }

  private writeOptions(hash: string) {
    const { indexDir, noCache, calibrate, guard, workers, signal } = this.options;
    return {
      indexDir,
      noCache,
      calibrate,
      guard,
      workers,
      signal,
      hash,
      embeddings: indexLayout(indexDir).embeddings,
      spec: this.spec,
      known: this.prior.generation?.manifest.model ?? null,
      parent: this.prior.parent,
      onProgress: this.onProgress,
    };
  }

  private readonly onProgress = (progress: BuildProgress): void => {
    this.lock?.tell({ phase: progress.phase, done: progress.done, etaMs: progress.etaMs });
    this.options.onProgress?.(progress);
  };

  /** Cutting articles needs the model's tokenizer, which takes a moment to load: most runs find nothing to cut. */
  private openMeasure(): Promise<TextMeasure> {
    return (this.measure ??= loadTokenizer(this.spec).then(textMeasure));
  }

  private async report({ articles, passages, copies, failed, skipped, warnings, written }: Work): Promise<BuildReport> {
    const { indexDir, keep } = this.options;
    const { pruned, warnings: untidy } = written.id === null && keep === undefined ? { pruned: [], warnings: [] } : await this.tidy(indexDir, keep);
    return {
      generation: written.id ?? this.prior.parent,
      published: written.id !== null,
      dryRun: this.lock === null,
      articles,
      passages: { total: passages, embedded: written.embedded, fromCache: written.fromCache },
      skipped,
      copies,
      failed: failed.map((failure) => (this.isStillborn(failure.path, failed) ? { ...failure, error: notRemembered(failure.error) } : failure)),
      warnings: [...(this.prior.warning === null ? [] : [this.prior.warning]), ...written.warnings, ...warnings, ...massRemoval(articles), ...untidy],
      pruned,
      tookMs: performance.now() - this.started,
    };
  }

  /** What cannot be removed costs space; the new generation is in use all the same. */
  private async tidy(indexDir: string, keep: number | undefined): Promise<{ pruned: string[]; warnings: string[] }> {
    if (this.lock === null) return { pruned: [], warnings: [] };
    // Read by nobody any more: it may be removed.
    this.prior.generation?.close();
    try {
      return { pruned: await tidy(indexDir, keep), warnings: [] };
    } catch (error) {
      return { pruned: [], warnings: [`what is not needed any more could not be removed: ${asPilcrowError(error).message}`] };
    }
  }
}

function notRemembered(error: PilcrowError): PilcrowError {
  return new PilcrowError(error.code, error.message, `${error.hint === null ? '' : `${error.hint}; `}it is not remembered: name it again`, { cause: error });
}

/** How many passages the files at these places have; once it is more than `limit`, it is not counted further. */
function passagesUpTo(limit: number, places: readonly string[], store: PassageStore): number {
  let passages = 0;
  for (const place of places) {
    for (const { row } of store.knownOf(place)) {
      passages += store.passagesIn(row);
      if (passages > limit) return passages;
    }
  }
  return passages;
}

/** Made the same way as it would be now: only articles can differ. */
function isUpToDate({ manifest }: Omit<Generation, 'vectors'>, hash: string): boolean {
  return (
    manifest.model.hash === hash &&
    manifest.reading === READING_VERSION &&
    manifest.splitter === SPLITTER_VERSION &&
    manifest.analyzer === ANALYZER_VERSION &&
    JSON.stringify(manifest.hnsw) === JSON.stringify(HNSW)
  );
}

/** A folder that was emptied by mistake, or a drive within a source that is not mounted, looks like work well done. */
function massRemoval({ total, removed }: BuildReport['articles']): string[] {
  if (removed.length < MANY_REMOVED.articles || removed.length < MANY_REMOVED.share * (total + removed.length)) return [];
  return [`${removed.length} of ${total + removed.length} articles are not there any more; if that is a mistake, mend it and run this again, or go back with: pilcrow rollback`];
}

function counted({ added, changed, moved, removed, unchanged }: Omit<BuildReport['articles'], 'total'>) {
  return { added: added.length, changed: changed.length, moved: moved.length, removed: removed.length, unchanged };
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
