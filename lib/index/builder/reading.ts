import { listFiles, readSource, type Article, type Source } from '../../article';
import { PilcrowError } from '../../errors';
import { Changes } from './changes';
import type { PassageStore } from '../store/passage-store';
import type { BuildFailure, BuildReport } from '../types';
import { countUnreadable, prepareArticle, type PreparedArticle, type Supply, type TextMeasure } from './supply';

/**
 * Everything there is in the sources, as read now or, where reading fails, as it was last indexed; and
 * what became of it all.
 */
export class Reading implements Supply {
  readonly changes: Changes;
  readonly skipped: BuildReport['skipped'] = [];
  readonly failed: BuildFailure[] = [];
  readonly warnings: string[] = [];
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
  async *read(onBytes: (bytes: number) => void): AsyncGenerator<PreparedArticle> {
    for (const [i, source] of this.sources.entries()) {
      let found = false;
      let file: string | null = null;
      for await (const outcome of readSource(source, this.sources.slice(0, i))) {
        found = true;
        if (outcome.kind === 'skipped') {
          this.skipped.push({ path: outcome.path, reason: outcome.reason });
        } else if (outcome.kind === 'failed') {
          yield* this.keep(outcome.source, outcome.path, outcome.error);
        } else {
          if (outcome.file.path !== file) onBytes(outcome.file.bytes);
          file = outcome.file.path;
          yield* this.prepare(outcome.article);
        }
      }
      if (!found) yield* this.keepIfEmptied(source);
    }
  }

  /** A failure; what was indexed of its place stays. */
  private *keep(source: string, path: string, error: PilcrowError): Generator<PreparedArticle> {
    this.failed.push({ path, error });
    for (const article of this.before?.articlesUnder(source) ?? []) {
      const prepared = this.cut(article);
      // It was cut before; if by now it cannot be, it is gone, and counted as removed.
      if (!(prepared instanceof PilcrowError)) yield this.count(prepared);
    }
  }

  /** A folder that had articles and now holds nothing at all is a drive that is not there, more often than not. */
  private *keepIfEmptied(source: Source): Generator<PreparedArticle> {
    if (this.before?.articlesUnder(source.label).next().done !== false) return;
    const error = new PilcrowError('source-not-found', `${source.path} is empty, and had articles before`, 'they are kept; if they are to go, name the other sources with: pilcrow index --full SOURCE');
    yield* this.keep(source.label, source.path, error);
  }

  private *prepare(article: Article): Generator<PreparedArticle> {
    const prepared = this.cut(article);
    if (prepared instanceof PilcrowError) yield* this.keep(article.source, article.source, prepared);
    else yield this.count(prepared);
  }

  private cut(article: Article): PreparedArticle | PilcrowError {
    try {
      return prepareArticle(article, this.measure);
    } catch (error) {
      if (error instanceof PilcrowError && error.kind === 'input') return error;
      throw error;
    }
  }

  private count(read: PreparedArticle): PreparedArticle {
    const { article, passages, context } = read;
    this.changes.record(article);
    this.articles++;
    this.passages += passages.length;
    if (context !== article.title) this.warnings.push(`${article.source}: the title is long, only its beginning is embedded with the paragraphs`);
    const unreadable = countUnreadable(passages, this.measure);
    if (unreadable > 0) this.warnings.push(`${article.source}: ${unreadable} of ${passages.length} passages have words too long for the model; these are found as words only, not by meaning`);
    return read;
  }
}
