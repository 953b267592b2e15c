import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { Article } from '../article';
import { loadModel, loadTokenizer, modelSpecSchema } from '../embedding';
import { PilcrowError } from '../errors';
import { buildFromArticles, currentId, openCurrent } from '../index';
import { indexMissing } from '../index/generation/generation';
import { calibrate } from '../search';
import { openCorpus, partOf, type BenchCorpus } from './corpus';
import { questionsFrom, questionsOf } from './questions';
import type { BenchContext } from './types';

export interface ContextOptions {
  /** A BEIR folder, or a file in the form of its corpus.jsonl; default: the sample articles. */
  corpus?: string | undefined;
  /** File in the form of queries.jsonl; default: that of the folder. */
  questions?: string | undefined;
  /** An index to ask, in place of one that is built. */
  indexDir?: string | undefined;
  /** Passages at most. */
  passages?: number | undefined;
  workers?: number | undefined;
  seed: number;
  quick: boolean;
  signal?: AbortSignal | undefined;
  onStep: BenchContext['onStep'];
  /** A remark on what the benches work on. */
  onWarning: (message: string) => void;
}

/** Passages of an index that questions are made from, at most. */
const SAMPLED_ROWS = 2_000;

/** What benches share: articles, questions, one index, and a folder that is gone in the end. */
export class LocalContext implements BenchContext {
  private built: Promise<string> | null = null;
  private scratches = 0;
  /** Ctrl-C twice ends the process at once. */
  private readonly removeNow = (): void => { rmSync(this.folder, { recursive: true, force: true }); };

  private constructor(
    private readonly options: ContextOptions,
    private readonly given: BenchCorpus,
    private readonly folder: string,
  ) {
    process.once('exit', this.removeNow);
  }

  /** @throws PilcrowError for a corpus or an index that is not there or cannot be read */
  static async open(options: ContextOptions): Promise<LocalContext> {
    const { indexDir, passages, seed } = options;
    if (indexDir !== undefined && (await currentId(indexDir)) === null) throw indexMissing(indexDir);
    const whole = await openCorpus(options.corpus);
    const corpus = passages === undefined ? whole : await partOf(whole, passages, seed, modelSpecSchema.parse({}));
    return new LocalContext(options, corpus, await mkdtemp(join(tmpdir(), 'pilcrow-bench-')));
  }

  get seed(): number {
    return this.options.seed;
  }

  get quick(): boolean {
    return this.options.quick;
  }

  get passages(): number | undefined {
    return this.options.passages;
  }

  get workers(): number | undefined {
    return this.options.workers;
  }

  get signal(): AbortSignal | undefined {
    return this.options.signal;
  }

  get corpus(): string {
    const { indexDir } = this.options;
    return indexDir === undefined ? this.given.label : `the index ${indexDir}, and ${this.given.label}`;
  }

  articles(): AsyncIterable<Article> {
    return this.given.articles();
  }

  async questions(count: number): Promise<string[]> {
    const file = this.options.questions ?? this.given.questions;
    if (file !== null) return questionsOf(file, count, await loadTokenizer(modelSpecSchema.parse({})), this.seed);
    return questionsFrom(this.isIndexOfCorpus() ? texts(this.articles()) : await this.textsOfIndex(), count, this.seed);
  }

  async scratch(name: string): Promise<string> {
    const folder = join(this.folder, `${String(++this.scratches)}-${name}`);
    await mkdir(folder, { recursive: true });
    return folder;
  }

  index(): Promise<string> {
    return (this.built ??= this.options.indexDir === undefined ? this.build() : Promise.resolve(this.options.indexDir));
  }

  /** @throws PilcrowError `interrupted`: every bench tells of its steps, and ends at one */
  onStep(label: string, done: number, total: number): void {
    if (this.signal?.aborted === true) throw new PilcrowError('interrupted', 'interrupted', 'only what --save has of benches that had ended is kept');
    this.options.onStep(label, done, total);
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
    process.removeListener('exit', this.removeNow);
  }

  private async build(): Promise<string> {
    const indexDir = await this.scratch('index');
    const spec = modelSpecSchema.parse({});
    const model = await loadModel(spec);
    await model.close();
    const { failed } = await buildFromArticles({
      indexDir,
      embeddings: join(indexDir, 'embeddings.sqlite'),
      articles: this.articles(),
      totalBytes: this.given.bytes,
      spec,
      model: model.model,
      parent: null,
      calibrate,
      workers: this.workers,
      signal: this.signal,
      onProgress: ({ done }) => { this.options.onStep('building an index', Math.round(done * 1000), 1000); },
    });
    for (const { error } of failed) this.options.onWarning(error.message);
    return indexDir;
  }

  /** Somebody's own index is asked about what is in it, unless a corpus was named beside it. */
  private isIndexOfCorpus(): boolean {
    return this.options.indexDir === undefined || this.options.corpus !== undefined;
  }

  private async textsOfIndex(): Promise<string[]> {
    const generation = await openCurrent(await this.index());
    try {
      return generation.store.sampleRows(SAMPLED_ROWS).map((row) => generation.store.passage(row)?.text ?? '');
    } finally {
      generation.close();
    }
  }
}

async function* texts(articles: AsyncIterable<Article>): AsyncGenerator<string> {
  for await (const { paragraphs } of articles) for (const { text } of paragraphs) yield text;
}
