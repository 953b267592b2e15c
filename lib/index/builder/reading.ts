import { keysOf, readSource, SeenArticles, type Article, type ArticleKeys, type ArticleReader, type FileRead, type Skipped, type Source, type SourceSet } from '../../article';
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
  readonly copies: BuildReport['copies'] = [];
  readonly failed: BuildFailure[] = [];
  readonly warnings: string[] = [];
  /** Sources in which there is nothing. */
  readonly empty: Source[] = [];
  articles = 0;
  passages = 0;
  private readonly seen = new SeenArticles<string>();

  /** @param before the articles of the parent generation, or null for none */
  constructor(
    private readonly set: SourceSet,
    private readonly before: PassageStore | null,
    private readonly measure: TextMeasure,
    private readonly reader: ArticleReader,
  ) {
    this.changes = new Changes(before);
  }

  /** Bytes of all files that will be read. */
  async totalBytes(): Promise<number> {
    let bytes = 0;
    for (const source of this.set.sources) {
      for await (const listed of this.set.list(source)) bytes += listed.kind === 'file' ? listed.file.bytes : 0;
    }
    return bytes;
  }

  /** @param onBytes called with the size of each file that has been read */
  async *read(onBytes: (bytes: number) => void): AsyncGenerator<SuppliedFile> {
    for (const source of this.set.sources) {
      let found = false;
      for await (const outcome of readSource(this.set, source, this.reader)) {
        found = true;
        if (outcome.kind === 'skipped') {
          yield* this.passOver(outcome);
        } else if (outcome.kind === 'failed') {
          yield* this.keep(outcome.source, { path: outcome.path, error: outcome.error }, outcome.isListed);
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

  /** What held articles before and holds none now, such as an export that was written over with an error, is a failure. */
  private *passOver({ path, source, reason, error }: Skipped): Generator<SuppliedFile> {
    if (error === undefined || (this.before?.file(source) ?? null) === null) this.skipped.push({ path, reason });
    else yield* this.keep(source, { path, error });
  }

  /** A failure; what was indexed of its place stays. */
  private *keep(source: string, failure: BuildFailure, isListed = false): Generator<SuppliedFile> {
    this.failed.push(failure);
    if (isListed) return;
    for (const file of this.before?.filesUnder(source) ?? []) {
      const articles = this.before?.articlesOf(file.source) ?? [];
      // They were cut before; what by now cannot be is gone, and counted as removed.
      yield { file, ...this.once(articles, (article) => this.cut(article)) };
    }
  }

  private take({ file: { source }, hash, articles, notes, isCut }: FileRead): SuppliedFile {
    this.warnings.push(...notes.warnings);
    this.skipped.push(...notes.skipped.map((part) => ({ path: part.source, reason: part.reason })));
    this.failed.push(...notes.failed.map((part) => ({ path: part.source, error: part.error })));
    let isWhole = !isCut && notes.failed.length === 0;
    const ids = new Set(articles.map(({ id }) => id));
    // What was indexed of the parts that cannot be read stays.
    const kept = notes.failed.flatMap((part) => this.before?.articlesOf(part.source) ?? []).filter(({ id }) => !ids.has(id));
    const supplied = this.once([...articles, ...kept], (article) => {
      const prepared = this.cut(article, (error) => this.failed.push({ path: article.source, error }));
      if (prepared !== null) {
        this.warnings.push(...remarksOn(prepared, this.measure));
        return prepared;
      }
      isWhole = false;
      const known = this.before?.article(article.id) ?? null;
      return known === null ? null : this.cut(known);
    });
    return { file: { source, hash: isWhole ? hash : READ_AGAIN }, ...supplied };
  }

  /** Leaves out articles that were read already, from another place. */
  private once(articles: readonly Article[], cut: (article: Article) => PreparedArticle | null): Pick<SuppliedFile, 'articles' | 'copies'> {
    const taken: PreparedArticle[] = [];
    const copies: ArticleKeys[] = [];
    for (const article of articles) {
      const keys = keysOf(article);
      const of = this.seen.find(keys);
      if (of !== null) {
        this.copies.push({ source: article.source, of });
        copies.push(keys);
        continue;
      }
      const prepared = cut(article);
      if (prepared === null) continue;
      this.seen.add(prepared.article.source, keys);
      taken.push(prepared);
    }
    return { articles: taken, copies };
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
