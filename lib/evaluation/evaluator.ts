import type { Article } from '../article';
import { loadModel, modelSpecSchema, type LoadedModel, type ModelSpec } from '../embedding';
import { PilcrowError } from '../errors';
import { ANALYZER_VERSION, buildFromArticles, FORMAT_VERSION, HNSW, type ArticleBuildReport } from '../index';
import { SPLITTER_VERSION } from '../passage';
import { calibrate } from '../search/calibrate';
import { corpusWarnings, readDataset, readDistractors, readQuestions, told, type Dataset, type Question } from './beir';
import { articlesOf, distractorPrefix, DOCUMENT_VERSION, type Corpus } from './corpus';
import { runDataset } from './dataset-run';
import { StepMeter } from './step-meter';
import { defaultShelf, Shelf, type Notes, type Place } from './shelf';
import type { DatasetReport, EvaluationProgress } from './types';

export interface EvaluatorOptions {
  /** Folder of the indexes that evaluations build; default `evaluation` in the user's cache folder. */
  indexDir?: string | undefined;
  /** File of distractors, in the form of corpus.jsonl, put into every index. */
  pad?: string | undefined;
  /** File of questions, in the form of queries.jsonl, that no data set answers. */
  unanswerable?: string | undefined;
  /** Questions asked at most, of each file. */
  limit?: number | undefined;
  workers?: number | undefined;
  /** Ends the run at the next passage or question; embeddings made so far are kept. */
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: EvaluationProgress) => void) | undefined;
}

export interface Evaluator {
  /**
   * Measures retrieval on a BEIR folder, over an index of its own that is built by the first run and opened
   * by later ones.
   *
   * @throws PilcrowError `dataset-not-found`, `dataset-invalid`, `nothing-to-index`, `interrupted`, and
   *   those of an index that cannot be written
   */
  evaluate(directory: string): Promise<DatasetReport>;
  close(): Promise<void>;
}

/**
 * Loads the model and reads what all data sets share.
 * @throws PilcrowError `usage` for a folder with somebody's own index, `dataset-not-found` and
 *   `dataset-invalid` for the files named, and those of a model that cannot be used
 */
export async function createEvaluator(options: EvaluatorOptions = {}): Promise<Evaluator> {
  const shelf = new Shelf(options.indexDir ?? defaultShelf());
  const unanswerable = options.unanswerable === undefined ? null : (await readQuestions(options.unanswerable)).questions;
  const pad = options.pad === undefined ? null : await readDistractors(options.pad);
  const spec = modelSpecSchema.parse({});
  return new LocalEvaluator(options, shelf, pad, unanswerable, spec, await loadModel(spec));
}

class LocalEvaluator implements Evaluator {
  constructor(
    private readonly options: EvaluatorOptions,
    private readonly shelf: Shelf,
    private readonly pad: Corpus | null,
    private readonly unanswerable: readonly Question[] | null,
    private readonly spec: ModelSpec,
    private readonly model: LoadedModel,
  ) {}

  async evaluate(directory: string): Promise<DatasetReport> {
    const dataset = await readDataset(directory);
    const { generation, notes } = await this.shelf.open(this.fingerprint(dataset), (place) => this.build(dataset, place));
    const meter = new StepMeter(dataset.name, this.options.onProgress);
    try {
      const { warnings, ...measured } = await runDataset({
        generation,
        model: this.model,
        dataset,
        unanswerable: this.unanswerable,
        limit: this.options.limit,
        onStep: (step, done, total) => {
          this.throwIfInterrupted();
          meter.update(step, done, total);
        },
      });
      return {
        dataset: dataset.name,
        documents: notes.documents,
        passages: generation.manifest.counts.passages,
        ...measured,
        padded: notes.padded,
        warnings: [...dataset.warnings, ...(this.pad === null ? [] : corpusWarnings(this.pad, 'distractor')), ...notes.warnings, ...warnings],
      };
    } finally {
      generation.close();
    }
  }

  async close(): Promise<void> {
    await this.model.close();
  }

  /** All that decides what is in an index. */
  private fingerprint({ corpus }: Dataset): unknown[] {
    return [DOCUMENT_VERSION, SPLITTER_VERSION, ANALYZER_VERSION, FORMAT_VERSION, calibrate.version, HNSW, this.model.model.hash, corpus.digest, this.pad?.digest ?? null];
  }

  private async build({ name, corpus }: Dataset, place: Place): Promise<Notes> {
    const { workers, signal, onProgress } = this.options;
    const prefix = distractorPrefix(corpus.ids);
    const report = await buildFromArticles({
      ...place,
      articles: this.articles(corpus, prefix),
      totalBytes: corpus.bytes + (this.pad?.bytes ?? 0),
      spec: this.spec,
      model: this.model.model,
      calibrate,
      workers,
      signal,
      onProgress: onProgress && ((build) => { onProgress({ step: 'building', dataset: name, build }); }),
    });
    const failedDistractors = report.failed.filter(({ path }) => path.startsWith(prefix)).length;
    return {
      dataset: name,
      documents: corpus.ids.size - (report.failed.length - failedDistractors),
      padded: (this.pad?.ids.size ?? 0) - failedDistractors,
      warnings: buildWarnings(report),
    };
  }

  private async *articles(corpus: Corpus, prefix: string): AsyncGenerator<Article> {
    yield* articlesOf(corpus, '');
    if (this.pad !== null) yield* articlesOf(this.pad, prefix);
  }

  private throwIfInterrupted(): void {
    if (this.options.signal?.aborted === true) throw new PilcrowError('interrupted', 'interrupted', 'the index is kept, the next run asks from the start');
  }
}

function buildWarnings({ failed, shortenedTitles, unreadablePassages, warnings }: ArticleBuildReport): string[] {
  return [
    ...warnings,
    ...told(failed.length, (count) => `${count} of the documents could not be cut into passages and were left out, the first because ${failed[0]?.error.message ?? ''}`),
    ...told(shortenedTitles, (count) => `${count} of the titles are long; of these only the beginning is embedded with the paragraphs`),
    ...told(unreadablePassages, (count) => `${count} of the passages have words too long for the model; these are found as words only, not by meaning`),
  ];
}
