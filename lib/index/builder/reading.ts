import { keysOf, READING_VERSION, readSource, SeenArticles, type Article, type ArticleKeys, type ArticleReader, type FileRead, type ReadNotes, type Source, type SourceSet } from '../../article';
import { PilcrowError } from '../../errors';
import type { Generation } from '../generation/generation';
import type { BuildFailure, BuildReport } from '../types';
import { Changes } from './changes';
import { emptied } from './compare';
import { FailedParts, withLostParts } from './failed-parts';
import { prepareArticle, READ_AGAIN, remarksOn, type PreparedArticle, type SuppliedFile, type Supply, type TextMeasure } from './supply';

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
  /** Sources of files that are read or kept. */
  private readonly supplied = new Set<string>();
  private readonly withCopies: ReadonlySet<string>;

  /** @param prior the parent generation, or null for none */
  constructor(
    private readonly set: SourceSet,
    private readonly prior: Pick<Generation, 'store' | 'manifest'> | null,
    private readonly measure: TextMeasure,
    private readonly reader: ArticleReader,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.changes = new Changes(prior?.store ?? null);
    this.withCopies = new Set(prior?.store.filesWithCopies());
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
      const failed: string[] = [];
      let found = false;
      for await (const outcome of readSource(this.set, source, this.reader, this.signal)) {
        found = true;
        if (outcome.kind === 'skipped') {
          const { path, source: place, reason, error } = outcome;
          // What held articles before and holds none now, such as an export that was written over with an error, is a failure.
          if (error === undefined || (this.prior?.store.file(place) ?? null) === null) {
            this.skipped.push({ path, reason });
          } else {
            this.failed.push({ path, error });
            failed.push(place);
          }
        } else if (outcome.kind === 'failed') {
          this.failed.push({ path: outcome.path, error: outcome.error });
          if (outcome.isListed !== true) failed.push(outcome.source);
        } else {
          onBytes(outcome.file.bytes);
          yield this.take(outcome);
        }
      }
      if (!found) this.empty.push(source);
      const lost = found || this.prior === null ? null : emptied(source, this.prior.store);
      if (lost !== null) {
        this.failed.push(lost);
        failed.push(source.label);
      }
      for (const place of failed) yield* this.keep(place);
    }
  }

  /** What was indexed of a place that cannot be read stays; what can be read below it comes first. */
  private *keep(place: string): Generator<SuppliedFile> {
    if (this.prior === null) return;
    const { store, manifest } = this.prior;
    for (const { source, hash } of store.filesUnder(place)) {
      if (this.supplied.has(source)) continue;
      this.supplied.add(source);
      // They were cut before; what by now cannot be is gone, and counted as removed.
      const supplied = this.once(store.articlesOf(source), (article) => this.cut(article, source));
      // Which articles it had that were indexed from elsewhere, and how it is read now, is known when it is read again.
      const isKnown = manifest.reading === READING_VERSION && !this.withCopies.has(source);
      yield { file: { source, hash: isKnown ? hash : READ_AGAIN }, ...supplied };
    }
  }

  private take({ file: { source }, hash, articles, isCut, ...read }: FileRead): SuppliedFile {
    const notes = withLostParts(read.notes, () => this.prior?.store.knownOf(source) ?? []);
    this.supplied.add(source);
    this.warnings.push(...notes.warnings);
    this.skipped.push(...notes.skipped.map((part) => ({ path: part.source, reason: part.reason })));
    this.failed.push(...notes.failed.map((part) => ({ path: part.source, error: part.error })));
    let isWhole = !isCut && notes.failed.length === 0;
    const supplied = this.once([...articles, ...this.kept(source, articles, notes)], (article) => {
      const prepared = this.cut(article, source, (error) => this.failed.push({ path: article.source, error }));
      if (prepared !== null) {
        this.warnings.push(...remarksOn(prepared, this.measure));
        return prepared;
      }
      isWhole = false;
      const known = this.prior?.store.article(article.id) ?? null;
      return known === null ? null : this.cut(known, source);
    });
    return { file: { source, hash: isWhole ? hash : READ_AGAIN }, ...supplied };
  }

  /** What was indexed of the parts of a file that cannot be read stays. */
  private kept(source: string, articles: readonly Article[], { failed }: ReadNotes): Article[] {
    if (failed.length === 0 || this.prior === null) return [];
    const { store } = this.prior;
    const parts = new FailedParts(failed);
    const ids = new Set(articles.map(({ id }) => id));
    const kept = store.knownOf(source).filter((known) => !ids.has(known.id) && parts.mayHold(known.source));
    return kept.map(({ id }) => store.article(id)).filter((article) => article !== null);
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
      this.seen.add(prepared.article.source, prepared.article === article ? keys : keysOf(prepared.article));
      taken.push(prepared);
    }
    return { articles: taken, copies };
  }

  /** @returns null where the article cannot be cut to what the model takes */
  private cut(article: Article, file: string, onError: (error: PilcrowError) => void = () => undefined): PreparedArticle | null {
    try {
      const prepared = prepareArticle(article, file, this.measure);
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
