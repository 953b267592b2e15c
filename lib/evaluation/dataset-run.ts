import type { LoadedModel } from '../embedding';
import { HNSW, hnswRecall, type Generation } from '../index';
import { MODES, type Mode } from '../search/request';
import type { Verdict } from '../search/answerable';
import { answerableReport } from './answerability';
import { ask, documentRanking, type Asked } from './ask';
import { told, type Dataset, type JudgedQuestion, type Question } from './beir';
import { documentsOf, isQuestionItself } from './documents';
import { meanScores, median, percentile, scoresOf, type Judgements, type Scores } from './metrics';
import { relativesOf } from './related';
import type { DatasetReport } from './types';

/** Questions that the HNSW is compared with exact search on: the mean is then good to about .002. */
const COMPARED = 500;

export interface RunOptions {
  generation: Generation;
  model: LoadedModel;
  dataset: Dataset;
  /** Questions that the documents do not answer; null where none were given. */
  unanswerable: readonly Question[] | null;
  limit: number | undefined;
  /** Called before each question; what it throws ends the run. */
  onStep: (step: 'asking' | 'comparing', done: number, total: number) => void;
}

/** What was measured, beside what is known of the index. */
export type Measured = Pick<DatasetReport, 'queries' | 'modes' | 'related' | 'hnsw' | 'timing' | 'warnings' | 'answerable'>;

/** Asks the questions of a data set one at a time, in every mode, and compares with the judgements. */
export async function runDataset(options: RunOptions): Promise<Measured> {
  return new DatasetRun(options).run();
}

class DatasetRun {
  private readonly scores: Record<Mode, Scores[]> = { hybrid: [], dense: [], lexical: [] };
  private readonly relatives: { related: Scores[]; nearest: Scores[] } = { related: [], nearest: [] };
  private readonly verdicts: Verdict[] = [];
  private readonly foreign: Verdict[] = [];
  private readonly vectors: Float32Array[] = [];
  private readonly times: number[] = [];
  private shortened = 0;

  constructor(private readonly options: RunOptions) {}

  async run(): Promise<Measured> {
    const { dataset, limit, unanswerable } = this.options;
    const questions = spread(dataset.questions, limit);
    const foreign = unanswerable === null ? [] : spread(unanswerable, limit);
    const total = questions.length + foreign.length;
    for (const [i, question] of questions.entries()) {
      this.options.onStep('asking', i, total);
      await this.judge(question);
    }
    for (const [i, question] of foreign.entries()) {
      this.options.onStep('asking', questions.length + i, total);
      this.foreign.push((await this.ask(question)).ranking);
    }
    const hnsw = await this.compare();
    const { hybrid, dense, lexical } = this.scores;
    return {
      queries: hybrid.length,
      modes: { dense: meanScores(dense), lexical: meanScores(lexical), hybrid: meanScores(hybrid) },
      ...(this.relatives.related.length === 0 ? {} : { related: { related: meanScores(this.relatives.related), nearest: meanScores(this.relatives.nearest) } }),
      hnsw,
      timing: { medianMs: median(this.times), p95Ms: percentile(this.times, 0.95) },
      warnings: told(this.shortened, (count) => `${count} of the questions are longer than can be asked at once; of these the beginning was asked, as much as fits`),
      ...(unanswerable === null ? {} : { answerable: answerableReport(this.verdicts, this.foreign) }),
    };
  }

  private async judge(question: JudgedQuestion): Promise<void> {
    const { generation } = this.options;
    const asked = await this.ask(question);
    this.times.push(asked.ms);
    this.vectors.push(asked.question.vector);
    this.verdicts.push(asked.ranking);
    const own = this.ownDocument(question);
    const judged: Judgements = own === null ? question.judged : new Map([...question.judged].filter(([id]) => id !== own));
    for (const mode of MODES) {
      const ranking = documentsOf(documentRanking(mode, generation, asked)).filter((id) => id !== own);
      const scores = scoresOf(ranking, judged);
      if (scores !== null) this.scores[mode].push(scores);
    }
    if (own !== null) this.judgeRelatives(own, judged);
  }

  private judgeRelatives(own: string, judged: Judgements): void {
    const relatives = relativesOf(own, this.options.generation);
    const related = relatives && scoresOf(relatives.related, judged);
    const nearest = relatives && scoresOf(relatives.nearest, judged);
    if (related !== null) this.relatives.related.push(related);
    if (nearest !== null) this.relatives.nearest.push(nearest);
  }

  private async ask(question: Question): Promise<Asked> {
    const asked = await ask(this.options.generation, this.options.model, question);
    if (asked.shortened) this.shortened++;
    return asked;
  }

  /** The id of the document that the question is itself, which is passed over; null where it is none. */
  private ownDocument(question: Question): string | null {
    if (!this.options.dataset.corpus.ids.has(question.id)) return null;
    const article = this.options.generation.store.article(question.id);
    return article !== null && isQuestionItself(question, article) ? article.id : null;
  }

  private async compare(): Promise<DatasetReport['hnsw']> {
    const sample = spread(this.vectors, COMPARED);
    let done = 0;
    const { store, vectors } = this.options.generation;
    const recall = await hnswRecall(vectors, store.allRows().toRows(), sample, () => { this.options.onStep('comparing', done++, sample.length); });
    return { 'recall@10': recall, efSearch: HNSW.efSearch, sampled: sample.length };
  }
}

/** At most `limit` of the items, spread evenly over them, in their order. */
export function spread<T>(items: readonly T[], limit: number | undefined): readonly T[] {
  if (limit === undefined || limit >= items.length) return items;
  return items.filter((_, i) => (i * limit) % items.length < limit);
}
