import { listFiles, readSource, type Article, type FileRead, type Source } from '../../article';
import { PilcrowError } from '../../errors';
import { Changes } from './changes';
import type { PassageStore } from '../store/passage-store';
import type { BuildFailure, BuildReport } from '../types';
import { prepareArticle, READ_AGAIN, remarksOn, type PreparedArticle, type SuppliedFile, type Supply, type TextMeasure } from './supply';
import { emptied } from './compare';

/**
 * Everything there is in the sources, as read now or, where reading fails, as it was last indexed; and
 * what became of it all.
 */
export class Reading implements Supply {
  readonly changes: Changes;
  readonly skipped: BuildReport['skipped'] = [];
  readonly failed: BuildFailure[] = [];
  readonly warnings: string[] = [];
  /** Sources in which there is nothing. */
  readonly empty: Source[] = [];
  articles = 0;
  passages = 0;

  /** @param before the articles of the parent generation, or null for none */
  constructor(
    private readonly sources: readonly Source[],
    private readonly before: PassageStore | null,
    private readonly measure: TextMeasure,
  ) {
    this.changes = new Changes(before);
  }

  /** Bytes of all files that will be read. */
  async totalBytes(): Promise<number> {
    let bytes = 0;
    for (const [i, source] of this.sources.entries()) {
      for await (const listed of listFiles(source, this.sources.slice(0, i))) bytes += listed.kind === 'file' ? listed.file.bytes : 0;
    }
    return bytes;
  }

  /** @param onBytes called with the size of each file that has been read */
  async *read(onBytes: (bytes: number) => void): AsyncGenerator<SuppliedFile> {
    for (const [i, source] of this.sources.entries()) {
      let found = false;
      for await (const outcome of readSource(source, this.sources.slice(0, i))) {
        found = true;
        if (outcome.kind === 'skipped') {
          this.skipped.push({ path: outcome.path, reason: outcome.reason });
        } else if (outcome.kind === 'failed') {
          yield* this.keep(outcome.source, { path: outcome.path, error: outcome.error });
        } else {
          onBytes(outcome.file.bytes);
          yield this.take(outcome);
        }
      }
      if (!found) this.empty.push(source);
      const lost = found || this.before === null ? null : emptied(source, this.before);
      if (lost !== null) yield* this.keep(source.label, lost);
    }
  }

  /** A failure; what was indexed of its place stays. */
  private *keep(source: string, failure: BuildFailure): Generator<SuppliedFile> {
    this.failed.push(failure);
    for (const file of this.before?.filesUnder(source) ?? []) {
      const articles = this.before?.articlesOf(file.source) ?? [];
      // They were cut before; what by now cannot be is gone, and counted as removed.
      yield { file, articles: articles.flatMap((article) => this.cut(article) ?? []) };
    }
  }

  private take({ file: { source }, hash, articles }: FileRead): SuppliedFile {
    const taken: PreparedArticle[] = [];
    let isWhole = true;
    for (const article of articles) {
      const prepared = this.cut(article, (error) => this.failed.push({ path: source, error }));
      isWhole &&= prepared !== null;
      const known = prepared === null ? (this.before?.article(article.id) ?? null) : null;
      const kept = prepared ?? (known === null ? null : this.cut(known));
      if (kept === null) continue;
      if (prepared !== null) this.warnings.push(...remarksOn(prepared, this.measure));
      taken.push(kept);
    }
    return { file: { source, hash: isWhole ? hash : READ_AGAIN }, articles: taken };
  }

  /** @returns null where the article cannot be cut to what the model takes */
  private cut(article: Article, onError: (error: PilcrowError) => void = () => undefined): PreparedArticle | null {
    try {
      const prepared = prepareArticle(article, this.measure);
      this.changes.record(article);
      this.articles++;
      this.passages += prepared.passages.length;
      return prepared;
    } catch (error) {
      if (!(error instanceof PilcrowError) || error.kind !== 'input') throw error;
      onError(error);
      return null;
    }
  }
}
