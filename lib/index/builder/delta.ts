import { keysOf, placeOf, readFiles, type Article, type ArticleKeys, type ArticleReader, type FileRead, type Outcome, type SourceFile } from '../../article';
import { PilcrowError } from '../../errors';
import { articleHash } from '../store/article-hash';
import type { KnownArticle, KnownFile, PassageStore } from '../store/passage-store';
import type { ArticleName, BuildFailure, BuildReport, MovedArticle } from '../types';
import { movedAmong, type ChangeSummary, type HashedName } from './changes';
import type { Comparison } from './compare';
import { FailedParts, withLostParts } from './failed-parts';
import { Originals } from './originals';
import { prepareArticle, READ_AGAIN, remarksOn, type PreparedArticle, type TextMeasure } from './supply';

/** What is to be done to a generation; `row` is the article's in it, `file` the source of the file that it is in now. */
export type ArticleChange =
  | { kind: 'added'; prepared: PreparedArticle }
  | { kind: 'changed'; row: number; prepared: PreparedArticle }
  | { kind: 'moved'; row: number; article: Article; file: string }
  | { kind: 'removed'; row: number };

/** What is to be done about one file. */
export interface FileChange {
  /** The hash is null for a file that is gone. */
  file: { source: string; hash: Buffer | null };
  changes: ArticleChange[];
  /** Keys of articles in it that are indexed from another file. */
  copies: ArticleKeys[];
}

/**
 * What has changed since a generation, article by article: files that have changed are read, the others are
 * not, but for those that hold the only copies left of an article that is gone. Can be read once; the counts are of
 * what has been handed out so far, those of the generation included.
 */
export class Delta {
  articles: number;
  passages: number;
  /** Rows of the generation that lose their passage. */
  freedRows = 0;
  readonly failed: BuildFailure[] = [];
  readonly warnings: string[] = [];
  /** Passed over while files were read. */
  readonly skipped: BuildReport['skipped'] = [];
  readonly copies: BuildReport['copies'] = [];
  private readonly originals: Originals;
  /** Rows of the generation of which it is known what becomes of them. */
  private readonly decided = new Set<number>();
  /** Sources of files that were read, or are gone. */
  private readonly settled = new Set<string>();
  private readonly added: HashedName[] = [];
  private readonly changed: ArticleName[] = [];
  private readonly moved: MovedArticle[] = [];
  private readonly removed: HashedName[] = [];

  constructor(
    private readonly comparison: Comparison,
    private readonly before: PassageStore,
    private readonly openMeasure: () => Promise<TextMeasure>,
    private readonly reader: ArticleReader,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.originals = new Originals(before);
    ({ articles: this.articles, passages: this.passages } = before.counts());
  }

  /** Bytes of the files that will be read. */
  get totalBytes(): number {
    return this.comparison.changed.reduce((sum, { file }) => sum + file.bytes, 0);
  }

  /** Meaningful once everything has been handed out. */
  summary(): ChangeSummary {
    const { changed } = this;
    const { added, removed, moved } = movedAmong(this.added, this.removed);
    moved.unshift(...this.moved);
    return { added, changed, moved, removed, unchanged: this.articles - added.length - changed.length - moved.length };
  }

  /** @param onBytes called with the size of each file that has been read */
  async *read(onBytes: (bytes: number) => void): AsyncGenerator<FileChange> {
    const { changed, gone } = this.comparison;
    // Before any is read: what one says may have been in another that says something else by now.
    for (const source of [...gone.map((file) => file.source), ...changed.map(({ file }) => file.source)]) {
      for (const { row } of this.before.knownOf(source)) this.originals.reopen(row);
    }
    const left = new ByHash(gone);
    for await (const outcome of readFiles(changed.map(({ file }) => file), this.reader, this.signal)) yield* this.outcome(outcome, left, onBytes);
    for (const { source } of left.rest()) yield this.withoutFile(source);
    yield* this.readAgain();
  }

  private async *outcome(outcome: Outcome, gone: ByHash<KnownFile>, onBytes: (bytes: number) => void): AsyncGenerator<FileChange> {
    // What held articles before and holds none now is a failure: an export that was written over with an error, or a field
    // that is called otherwise.
    if (outcome.kind === 'failed' || (outcome.kind === 'skipped' && outcome.error !== undefined && this.before.file(outcome.source) !== null)) {
      if (outcome.error !== undefined) this.failed.push({ path: outcome.path, error: outcome.error });
      const changes = this.left(outcome.source).flatMap((article) => this.keep(article));
      // It lost an article to another file, which it may be needed for again.
      if (changes.length > 0) yield { file: { source: outcome.source, hash: READ_AGAIN }, changes, copies: [] };
    } else if (outcome.kind === 'skipped') {
      this.skipped.push({ path: outcome.path, reason: outcome.reason });
      yield this.withoutFile(outcome.source);
    } else {
      onBytes(outcome.file.bytes);
      const { source } = outcome.file;
      const from = this.before.file(source) === null && !outcome.isCut ? gone.take(outcome.hash) : undefined;
      if (from !== undefined) {
        this.settled.add(from.source);
        yield { file: { source: from.source, hash: null }, changes: [], copies: [] };
      }
      yield await this.changesIn(outcome, this.left(from?.source ?? source));
    }
  }

  /** @param known the articles of the file as it was, wherever it lay */
  private async changesIn({ file, hash, articles, isCut, ...read }: FileRead, known: KnownArticle[]): Promise<FileChange> {
    const { source } = file;
    const notes = withLostParts(read.notes, () => known);
    this.settled.add(source);
    this.warnings.push(...notes.warnings);
    this.skipped.push(...notes.skipped.map((part) => ({ path: part.source, reason: part.reason })));
    this.failed.push(...notes.failed.map((part) => ({ path: part.source, error: part.error })));
    const left = new Map(known.map((article) => [article.id, article]));
    const ids = new Set(articles.map(({ id }) => id));
    const moving = new ByHash(known.filter(({ id }) => !ids.has(id)));
    const changes: ArticleChange[] = [];
    const copies: ArticleKeys[] = [];
    const measure = await this.openMeasure();
    let isWhole = !isCut && notes.failed.length === 0;
    for (const article of articles) {
      const own = left.get(article.id);
      const old = own ?? this.elsewhere(article.id);
      left.delete(article.id);
      const keys = keysOf(article);
      const original = this.originals.of(keys);
      if (original !== null) {
        this.copies.push({ source: article.source, of: original.source });
        copies.push(keys);
        if (old !== undefined) changes.push(this.remove(old));
        continue;
      }
      const same = articleHash(article);
      const from = old ?? moving.take(same);
      if (from?.hash.equals(same) === true) {
        left.delete(from.id);
        this.decided.add(from.row);
        this.originals.take(article, keys);
        if (from !== own) changes.push(this.move(article, from, source));
        continue;
      }
      const prepared = this.prepare(article, measure, file);
      if (prepared !== null) {
        this.originals.take(article, keys);
        changes.push(this.put(prepared, old, same));
      } else {
        isWhole = false;
        if (own !== undefined) changes.push(...this.keep(own));
      }
    }
    const parts = new FailedParts(notes.failed);
    for (const article of left.values()) changes.push(...(parts.mayHold(article.source) ? this.keep(article) : [this.remove(article)]));
    return { file: { source, hash: isWhole ? hash : READ_AGAIN }, changes, copies };
  }

  /** What unchanged files have of articles that are gone: one of the copies is taken in. */
  private async *readAgain(): AsyncGenerator<FileChange> {
    const needed: SourceFile[] = [];
    for (const source of this.originals.filesInNeed()) {
      if (this.settled.has(source)) continue;
      const file = this.comparison.holdingCopies.get(source);
      if (file !== undefined) needed.push(file);
      else yield { file: { source, hash: READ_AGAIN }, changes: [], copies: [] };
    }
    for await (const outcome of readFiles(needed, this.reader, this.signal)) {
      if (outcome.kind === 'read') {
        yield await this.copiesIn(outcome);
        continue;
      }
      if (outcome.kind === 'failed') this.failed.push({ path: outcome.path, error: outcome.error });
      yield { file: { source: outcome.source, hash: READ_AGAIN }, changes: [], copies: [] };
    }
  }

  private async copiesIn({ file, hash, articles, notes, isCut }: FileRead): Promise<FileChange> {
    const { source } = file;
    this.failed.push(...notes.failed.map((part) => ({ path: part.source, error: part.error })));
    const changes: ArticleChange[] = [];
    const copies: ArticleKeys[] = [];
    const measure = await this.openMeasure();
    let isWhole = !isCut && notes.failed.length === 0 && this.before.file(source)?.hash.equals(hash) === true;
    for (const article of articles) {
      if (this.before.known(article.id) !== null) continue;
      const keys = keysOf(article);
      const original = this.originals.of(keys);
      if (original !== null) {
        copies.push(keys);
        continue;
      }
      const prepared = this.prepare(article, measure, file);
      if (prepared === null) {
        isWhole = false;
        continue;
      }
      this.originals.take(article, keys);
      changes.push(this.put(prepared, undefined, articleHash(article)));
    }
    return { file: { source, hash: isWhole ? hash : READ_AGAIN }, changes, copies };
  }

  /** The articles of a file as it was, but for those that another one has taken. */
  private left(source: string): KnownArticle[] {
    return this.before.knownOf(source).filter(({ row }) => !this.decided.has(row));
  }

  /** The article that had this id in a file that is gone: an archive was unpacked to a folder of its name, or packed. */
  private elsewhere(id: string): KnownArticle | undefined {
    const known = this.before.known(id);
    return known === null || this.decided.has(known.row) ? undefined : known;
  }

  private withoutFile(source: string): FileChange {
    this.settled.add(source);
    return { file: { source, hash: null }, changes: this.left(source).map((article) => this.remove(article)), copies: [] };
  }

  /** Of an article that cannot be read now the version before stays, unless it was found elsewhere. */
  private keep(article: KnownArticle): ArticleChange[] {
    const stored = this.before.article(article.id);
    const keys = stored === null ? null : keysOf(stored);
    const original = keys === null ? null : this.originals.of(keys);
    if (stored === null || keys === null) return [];
    if (original !== null) {
      this.copies.push({ source: article.source, of: original.source });
      return [this.remove(article)];
    }
    this.decided.add(article.row);
    this.originals.take(stored, keys);
    return [];
  }

  /** @returns null where the article cannot be cut to what the model takes */
  private prepare(article: Article, measure: TextMeasure, file: SourceFile): PreparedArticle | null {
    try {
      const prepared = prepareArticle(article, file.source, measure);
      this.warnings.push(...remarksOn(prepared, measure));
      return prepared;
    } catch (error) {
      if (!(error instanceof PilcrowError) || error.kind !== 'input') throw error;
      this.failed.push({ path: placeOf(file), error });
      return null;
    }
  }

  private put(prepared: PreparedArticle, old: KnownArticle | undefined, hash: Buffer): ArticleChange {
    const { id, source } = prepared.article;
    this.passages += prepared.passages.length;
    if (old === undefined) {
      this.articles++;
      this.added.push({ id, source, hash: hash.toString('hex') });
      return { kind: 'added', prepared };
    }
    this.decided.add(old.row);
    this.originals.lose(old.row);
    this.changed.push({ id, source });
    this.passages -= this.before.passagesIn(old.row);
    this.freedRows += this.freedBy(old.id, prepared);
    return { kind: 'changed', row: old.row, prepared };
  }

  private move(article: Article, from: KnownArticle, file: string): ArticleChange {
    // Otherwise only what its file is has changed.
    if (from.id !== article.id) this.moved.push({ id: article.id, source: article.source, from: { id: from.id, source: from.source } });
    return { kind: 'moved', row: from.row, article, file };
  }

  private remove({ row, id, source, hash }: KnownArticle): ArticleChange {
    this.decided.add(row);
    this.originals.lose(row);
    this.articles--;
    this.removed.push({ id, source, hash: hash.toString('hex') });
    const passages = this.before.passagesIn(row);
    this.passages -= passages;
    this.freedRows += passages;
    return { kind: 'removed', row };
  }

  /** Passages of an article as it was whose text is not in it any more. */
  private freedBy(articleId: string, { article, passages }: PreparedArticle): number {
    const old = this.before.passagesOf(articleId);
    const isSameContext = old[0]?.article.title === article.title && old[0].article.language === article.language;
    if (!isSameContext) return old.length;
    const texts = new Set(passages.map(({ text }) => text));
    return old.filter(({ text }) => !texts.has(text)).length;
  }
}

/** What was there before, by what is in it, until it is found in another place. */
class ByHash<T extends { hash: Buffer }> {
  /** Of equals, the first comes last. */
  private readonly stacks = new Map<string, T[]>();

  constructor(before: readonly T[]) {
    for (const each of before.toReversed()) {
      const key = each.hash.toString('hex');
      const same = this.stacks.get(key);
      if (same === undefined) this.stacks.set(key, [each]);
      else same.push(each);
    }
  }

  take(hash: Buffer): T | undefined {
    return this.stacks.get(hash.toString('hex'))?.pop();
  }

  rest(): T[] {
    return [...this.stacks.values()].flat();
  }
}
