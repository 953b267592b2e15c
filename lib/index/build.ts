import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { addSources, listFiles, readSources, type Article, type Source } from '../article';
import { createEmbedderPool, loadTokenizer, modelHash, modelSpecSchema, type Embedder, type ModelIdentity, type ModelSpec, type Tokenizer } from '../embedding';
import { PilcrowError } from '../errors';
import { splitArticle, SPLITTER_VERSION, titleContext, withContext, type Passage, type TokenLimits } from '../passage';
import { ANALYZER_VERSION } from './analyze';
import { Changes } from './changes';
import { EmbeddingCache } from './embedding-cache';
import { EmbeddingStage } from './embedding-stage';
import { currentId, generationDirectory, openGeneration, type Generation } from './generation';
import { generationLayout, indexLayout } from './layout';
import { FORMAT, FORMAT_VERSION, readManifest, type Manifest } from './manifest';
import { PassageWriter } from './passage-writer';
import { ProgressMeter } from './progress';
import { createStaging, describeFiles, newGenerationId, prune, publish, remove } from './publish';
import type { BuildFailure, BuildPhase, BuildProgress, BuildReport } from './types';
import { HNSW } from './vectors';

/**
 * Most tokens of an embedded text: MiniLM was trained on texts of 128 to 256 tokens and, though it
 * takes 512, tells long ones apart less well.
 */
const PASSAGE_TOKENS = 256;

export interface BuildOptions {
  indexDir: string;
  /** Files and folders as the user named them; empty for the sources the index remembers. */
  named: readonly string[];
  /** What relative names are relative to. */
  cwd: string;
  /** Forget the generations before: sources, model and articles are those of this run alone. */
  full?: boolean | undefined;
  /** Read and compare, but embed and write nothing. */
  dryRun?: boolean | undefined;
  /** Departures from the model the index has, or from the default one. */
  spec?: Partial<ModelSpec> | undefined;
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
 * @throws PilcrowError `source-not-found`, `nothing-to-index`, `index-unwritable`, `interrupted`, and
 *   those of a generation or model that cannot be used; the current generation stays as it is
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
}

async function openPrior({ indexDir, full }: BuildOptions): Promise<Prior> {
  const id = await currentId(indexDir);
  if (id === null) return { id, manifest: null, generation: null };
  const directory = generationDirectory(indexDir, id);
  if (full === true) return { id, manifest: await readManifest(directory).catch(() => null), generation: null };
  const generation = await openGeneration(directory);
  return { id, manifest: generation.manifest, generation };
}

class BuildRun {
  private readonly started = performance.now();
  private readonly sources: Source[];
  private readonly spec: ModelSpec;
  private readonly changes: Changes;
  private readonly skipped: BuildReport['skipped'] = [];
  private readonly failed: BuildFailure[] = [];
  private readonly warnings: string[] = [];
  private articles = 0;
  private passages = 0;

  constructor(
    private readonly options: BuildOptions,
    private readonly prior: Prior,
  ) {
    const remembered = prior.manifest?.sources ?? [];
    this.sources = addSources(options.full === true && options.named.length > 0 ? [] : remembered, options.named, options.cwd);
    if (this.sources.length === 0) throw new PilcrowError('nothing-to-index', 'no source was named', 'say what to index: pilcrow index FOLDER');
    this.spec = specFor(options.spec ?? {}, prior.manifest?.model.spec ?? null, options.cwd);
    this.changes = new Changes(prior.generation?.store.articleHashes() ?? new Map<string, never>());
  }

  async run(): Promise<BuildReport> {
    const tokenizer = await loadTokenizer(this.spec);
    return this.options.dryRun === true ? this.compare(tokenizer) : this.build(tokenizer);
  }

  private async compare(tokenizer: Tokenizer): Promise<BuildReport> {
    const meter = await this.meter();
    for await (const { passages } of this.split(meter, tokenLimits(tokenizer))) {
      this.articles++;
      this.passages += passages.length;
      meter.update('reading', { articles: this.articles, passages: this.passages, embedded: 0 });
    }
    return this.report(this.prior.id, false, { embedded: 0, fromCache: 0 });
  }

  private async build(tokenizer: Tokenizer): Promise<BuildReport> {
    const { indexDir } = this.options;
    const id = newGenerationId(new Date());
    const staging = await createStaging(indexDir, id);
    const files = generationLayout(staging);
    const writer = new PassageWriter(files.passages);
    const model = new LazyModel(this.spec, this.options.workers);
    const hash = await modelHash(this.spec);
    let cache: EmbeddingCache | null = null;
    let stage: EmbeddingStage | null = null;
    try {
      cache = new EmbeddingCache(indexLayout(indexDir).embeddings, hash);
      stage = new EmbeddingStage(cache, () => model.open());
      await this.fill(writer, stage, tokenLimits(tokenizer));
      if (stage.vectors === null) throw this.nothingRead();
      if (this.nothingChanged(hash)) {
        writer.abandon();
        await remove(staging);
        return this.report(this.prior.id, false, stage);
      }
      writer.finish();
      stage.vectors.save(files.vectors);
      await publish(indexDir, staging, await this.manifest(id, staging, await this.identity(hash, model)));
      await prune(indexDir);
      return this.report(id, true, stage);
    } catch (error) {
      await stage?.settle();
      writer.abandon();
      await remove(staging);
      throw error;
    } finally {
      cache?.close();
      await model.close();
    }
  }

  /** Articles through the splitter into SQLite, their passages through the model into the HNSW. */
  private async fill(writer: PassageWriter, stage: EmbeddingStage, limits: TokenLimits): Promise<void> {
    const meter = await this.meter();
    const tell = (phase: BuildPhase, force = false) =>
      meter.update(phase, { articles: this.articles, passages: this.passages, embedded: stage.embedded }, force);
    for await (const { article, passages } of this.split(meter, limits)) {
      const rows = writer.add(article, passages);
      const context = this.context(article, limits);
      this.articles++;
      this.passages += passages.length;
      for (const [i, passage] of passages.entries()) {
        this.throwIfInterrupted();
        await stage.add(rows[i] ?? -1, withContext(context, passage.text));
        tell(stage.embedded > 0 ? 'embedding' : 'reading');
      }
    }
    await stage.drain(() => {
      this.throwIfInterrupted();
      tell('embedding');
    });
    meter.complete();
    tell('writing', true);
  }

  /** Articles with their passages. One that cannot be split is a failure like one that cannot be read. */
  private async *split(meter: ProgressMeter, limits: TokenLimits): AsyncGenerator<{ article: Article; passages: Passage[] }> {
    for await (const article of this.read(meter)) {
      let passages: Passage[];
      try {
        passages = splitArticle(article, limits);
      } catch (error) {
        if (!(error instanceof PilcrowError) || error.kind !== 'input') throw error;
        this.failed.push({ path: article.source, error });
        continue;
      }
      this.changes.record(article);
      yield { article, passages };
    }
  }

  private throwIfInterrupted(): void {
    if (this.options.signal?.aborted !== true) return;
    throw new PilcrowError('interrupted', 'interrupted', 'what was embedded so far is kept, the next run goes on from there');
  }

  private context(article: Article, limits: TokenLimits): string {
    const context = titleContext(article.title, limits);
    if (context !== article.title) this.warnings.push(`${article.source}: the title is long, only its beginning is embedded with the paragraphs`);
    return context;
  }

  /** Every article there is: as read now or, where reading fails, as it was last indexed. */
  private async *read(meter: ProgressMeter): AsyncGenerator<Article> {
    let file: string | null = null;
    for await (const outcome of readSources(this.sources)) {
      this.throwIfInterrupted();
      if (outcome.kind === 'article') {
        if (outcome.file.path !== file) meter.read(outcome.file.bytes);
        file = outcome.file.path;
        yield outcome.article;
      } else if (outcome.kind === 'skipped') {
        this.skipped.push({ path: outcome.path, reason: outcome.reason });
      } else {
        this.failed.push({ path: outcome.path, error: outcome.error });
        yield* this.prior.generation?.store.articlesUnder(outcome.source) ?? [];
      }
    }
  }

  private async meter(): Promise<ProgressMeter> {
    return new ProgressMeter(await totalBytes(this.sources), this.options.onProgress);
  }

  /** The same articles, cut the same way, embedded by the same model, from the same sources. */
  private nothingChanged(hash: string): boolean {
    const { manifest, generation } = this.prior;
    return (
      generation !== null &&
      manifest !== null &&
      this.changes.none &&
      manifest.model.hash === hash &&
      manifest.splitter === SPLITTER_VERSION &&
      manifest.analyzer === ANALYZER_VERSION &&
      JSON.stringify(manifest.sources) === JSON.stringify(this.sources)
    );
  }

  /** Who made the embeddings; the model is asked only if nobody knows. */
  private async identity(hash: string, model: LazyModel): Promise<ModelIdentity> {
    const known = this.prior.manifest?.model;
    if (known === undefined || known.hash !== hash) return (await model.open()).model;
    const { id, dimensions, maxTokens } = known;
    return { id, dimensions, maxTokens, hash };
  }

  private nothingRead(): PilcrowError {
    const places = this.sources.map(({ path }) => path).join(', ');
    const first = this.failed[0];
    if (first !== undefined) return new PilcrowError('nothing-to-index', `no article could be read from ${places}: ${first.error.line}`, null, { cause: first.error });
    return new PilcrowError('nothing-to-index', `there is no article in ${places}`, 'Pilcrow reads .txt and .md files');
  }

  private async manifest(id: string, staging: string, model: ModelIdentity): Promise<Manifest> {
    const { added, changed, removed, unchanged } = this.changes;
    return {
      format: FORMAT,
      version: FORMAT_VERSION,
      id,
      parent: this.prior.id,
      createdAt: new Date().toISOString(),
      model: { spec: this.spec, ...model },
      splitter: SPLITTER_VERSION,
      analyzer: ANALYZER_VERSION,
      hnsw: { ...HNSW },
      counts: { articles: this.articles, passages: this.passages },
      sources: this.sources,
      changes: { added: added.length, changed: changed.length, removed: removed.length, unchanged },
      files: await describeFiles(staging),
    };
  }

  private report(generation: string | null, published: boolean, { embedded, fromCache }: { embedded: number; fromCache: number }): BuildReport {
    const { added, changed, removed, unchanged } = this.changes;
    return {
      generation,
      published,
      dryRun: this.options.dryRun === true,
      articles: { total: this.articles, added, changed, removed, unchanged },
      passages: { total: this.passages, embedded, fromCache },
      skipped: this.skipped,
      failed: this.failed,
      warnings: this.warnings,
      tookMs: performance.now() - this.started,
    };
  }
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

function tokenLimits(tokenizer: Tokenizer): TokenLimits {
  return { countTokens: (text) => tokenizer.countTokens(text), maxTokens: Math.min(PASSAGE_TOKENS, tokenizer.maxTokens) };
}

async function totalBytes(sources: readonly Source[]): Promise<number> {
  let bytes = 0;
  for (const [i, source] of sources.entries()) {
    for await (const listed of listFiles(source, sources.slice(0, i))) bytes += listed.kind === 'file' ? listed.file.bytes : 0;
  }
  return bytes;
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
