import { keysOf, placeOf, readFiles, type Article, type ArticleKeys, type ArticleReader, type FileRead, type Outcome, type SourceFile } from '../../article';
import { PilcrowError } from '../../errors';
import { articleHash } from '../store/article-hash';
import type { KnownArticle, KnownFile, PassageStore } from '../store/passage-store';
import type { ArticleName, BuildFailure, BuildReport, MovedArticle } from '../types';
import type { ChangeSummary } from './changes';
import type { Comparison } from './compare';
import { Originals } from './originals';
import { prepareArticle, READ_AGAIN, remarksOn, type PreparedArticle, type TextMeasure } from './supply';

/** What is to be done to a generation; `row` is the article's in it. */
export type ArticleChange =
  | { kind: 'added'; prepared: PreparedArticle }
  | { kind: 'changed'; row: number; prepared: PreparedArticle }
  | { kind: 'moved'; row: number; article: Article }
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
 * not. Can be read once; the counts are of what has been handed out so far, those of the generation included.
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
  private readonly added: ArticleName[] = [];
  private readonly changed: ArticleName[] = [];
  private readonly moved: MovedArticle[] = [];
  private readonly removed: ArticleName[] = [];

  constructor(
    private readonly comparison: Comparison,
    private readonly before: PassageStore,
    private readonly openMeasure: () => Promise<TextMeasure>,
    private readonly reader: ArticleReader,
  ) {
    this.originals = new Originals(before);
    ({ articles: this.articles, passages: this.passages } = before.counts());
  }

  /** Bytes of the files that will be read. */
  get totalBytes(): number {
    return this.comparison.changed.reduce((sum, { file }) => sum + file.bytes, 0);
  }

  summary(): ChangeSummary {
    const { added, changed, moved, removed } = this;
    return { added, changed, moved, removed, unchanged: this.articles - added.length - changed.length - moved.length };
  }

  /** @param onBytes called with the size of each file that has been read */
  async *read(onBytes: (bytes: number) => void): AsyncGenerator<FileChange> {
    const gone = new Map<string, KnownFile[]>();
    for (const file of this.comparison.gone) {
      const key = file.hash.toString('hex');
      const same = gone.get(key);
      if (same === undefined) gone.set(key, [file]);
      else same.push(file);
    }
    for (const file of this.comparison.gone) this.before.knownOf(file.source).forEach((article) => { this.originals.reopen(article); });
    const changed = this.comparison.changed.map(({ file }) => file);
    for await (const outcome of readFiles(changed, this.reader)) yield* this.outcome(outcome, gone, onBytes);
    for (const { source } of [...gone.values()].flat()) {
      yield { file: { source, hash: null }, changes: this.before.knownOf(source).map((article) => this.remove(article)), copies: [] };
    }
    const { holdingCopies } = this.comparison;
    const again = [...this.originals.filesToReadAgain()].flatMap((source) => holdingCopies.get(source) ?? []);
    for await (const outcome of readFiles(again, this.reader)) yield* this.outcome(outcome, gone, () => undefined);
  }

  private async *outcome(outcome: Outcome, gone: Map<string, KnownFile[]>, onBytes: (bytes: number) => void): AsyncGenerator<FileChange> {
    if (outcome.kind === 'failed') {
      this.failed.push({ path: outcome.path, error: outcome.error });
    } else if (outcome.kind === 'skipped' && outcome.error !== undefined && this.before.file(outcome.source) !== null) {
      // It held articles before: an export that was written over with an error, or a field that is called otherwise now.
      this.failed.push({ path: outcome.path, error: outcome.error });
    } else if (outcome.kind === 'skipped') {
      this.skipped.push({ path: outcome.path, reason: outcome.reason });
      const { source } = outcome;
      yield { file: { source, hash: null }, changes: this.before.knownOf(source).map((article) => this.remove(article)), copies: [] };
    } else {
      onBytes(outcome.file.bytes);
      const { source } = outcome.file;
      const from = this.before.file(source) === null ? gone.get(outcome.hash.toString('hex'))?.shift() : undefined;
      if (from !== undefined) yield { file: { source: from.source, hash: null }, changes: [], copies: [] };
      yield await this.changesIn(outcome, this.before.knownOf(from?.source ?? source));
    }
  }

  /** @param known the articles of the file as it was, wherever it lay */
  private async changesIn({ file, hash, articles, notes, isCut }: FileRead, known: KnownArticle[]): Promise<FileChange> {
    this.warnings.push(...notes.warnings);
    this.skipped.push(...notes.skipped.map((part) => ({ path: part.source, reason: part.reason })));
    this.failed.push(...notes.failed.map((part) => ({ path: part.source, error: part.error })));
    for (const article of known) this.originals.reopen(article);
    const left = new Map(known.map((article) => [article.id, article]));
    const moving = new Places(known);
    const changes: ArticleChange[] = [];
    const copies: ArticleKeys[] = [];
    const measure = await this.openMeasure();
    let isWhole = !isCut && notes.failed.length === 0;
    for (const article of articles) {
      const keys = keysOf(article);
      const original = this.originals.of(article, keys);
      if (original !== null) {
        this.copies.push({ source: article.source, of: original.source });
        copies.push(keys);
        continue;
      }
      this.originals.take(article, keys);
      const old = left.get(article.id);
      const same = articleHash(article);
      const from = old === undefined ? moving.find(article.source, same, left) : undefined;
      left.delete(from?.id ?? article.id);
      if (old?.hash.equals(same) === true) continue;
      const change = from === undefined ? this.change(article, old, measure, file) : this.move(article, from);
      if (change === null) isWhole = false;
      else changes.push(change);
    }
    // What was indexed of the parts that cannot be read stays.
    const isKept = ({ source }: KnownArticle): boolean => notes.failed.some((part) => source === part.source || source.startsWith(`${part.source}/`));
    changes.push(...[...left.values()].filter((article) => !isKept(article)).map((article) => this.remove(article)));
    return { file: { source: file.source, hash: isWhole ? hash : READ_AGAIN }, changes, copies };
  }

  /** @returns null where the article cannot be cut to what the model takes: the version before stays */
  private change(article: Article, old: KnownArticle | undefined, measure: TextMeasure, file: SourceFile): ArticleChange | null {
    let prepared: PreparedArticle;
    try {
      prepared = prepareArticle(article, measure);
    } catch (error) {
      if (!(error instanceof PilcrowError) || error.kind !== 'input') throw error;
      this.failed.push({ path: placeOf(file), error });
      return null;
    }
    this.warnings.push(...remarksOn(prepared, measure));
    const name = { id: article.id, source: article.source };
    this.passages += prepared.passages.length;
    if (old === undefined) {
      this.articles++;
      this.added.push(name);
      return { kind: 'added', prepared };
    }
    this.changed.push(name);
    this.passages -= this.before.passagesIn(old.row);
    this.freedRows += this.freedBy(old.id, prepared);
    return { kind: 'changed', row: old.row, prepared };
  }

  private move(article: Article, from: KnownArticle): ArticleChange {
    this.moved.push({ id: article.id, source: article.source, from: { id: from.id, source: from.source } });
    return { kind: 'moved', row: from.row, article };
  }

  private remove({ row, id, source }: KnownArticle): ArticleChange {
    this.articles--;
    this.removed.push({ id, source });
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

/** Articles of a file as it was, by what is in them. */
class Places {
  private readonly byHash = new Map<string, KnownArticle[]>();

  constructor(known: readonly KnownArticle[]) {
    for (const article of known) {
      const key = article.hash.toString('hex');
      const same = this.byHash.get(key);
      if (same === undefined) this.byHash.set(key, [article]);
      else same.push(article);
    }
  }

  /** One that was the same at another place, of those that are left. */
  find(source: string, hash: Buffer, left: ReadonlyMap<string, KnownArticle>): KnownArticle | undefined {
    return this.byHash.get(hash.toString('hex'))?.find((article) => article.source !== source && left.has(article.id));
  }
}
