import { readFile, type Article, type FileRead, type SourceFile } from '../../article';
import { PilcrowError } from '../../errors';
import { articleHash } from '../store/article-hash';
import type { KnownArticle, KnownFile, PassageStore } from '../store/passage-store';
import type { ArticleName, BuildFailure, MovedArticle } from '../types';
import type { ChangeSummary } from './changes';
import type { Comparison } from './compare';
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
  private readonly added: ArticleName[] = [];
  private readonly changed: ArticleName[] = [];
  private readonly moved: MovedArticle[] = [];
  private readonly removed: ArticleName[] = [];

  constructor(
    private readonly comparison: Comparison,
    private readonly before: PassageStore,
    private readonly openMeasure: () => Promise<TextMeasure>,
  ) {
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
    for (const { file } of this.comparison.changed) {
      const outcome = await readFile(file);
      onBytes(file.bytes);
      if (outcome.kind === 'failed') {
        this.failed.push({ path: outcome.path, error: outcome.error });
        continue;
      }
      const from = this.before.file(file.source) === null ? gone.get(outcome.hash.toString('hex'))?.shift() : undefined;
      if (from !== undefined) yield { file: { source: from.source, hash: null }, changes: [] };
      yield await this.changesIn(outcome, this.before.knownOf(from?.source ?? file.source));
    }
    for (const { source } of [...gone.values()].flat()) {
      yield { file: { source, hash: null }, changes: this.before.knownOf(source).map((article) => this.remove(article)) };
    }
  }

  /** @param known the articles of the file as it was, wherever it lay */
  private async changesIn({ file, hash, articles }: FileRead, known: KnownArticle[]): Promise<FileChange> {
    const left = new Map(known.map((article) => [article.id, article]));
    const changes: ArticleChange[] = [];
    const measure = await this.openMeasure();
    let isWhole = true;
    for (const article of articles) {
      const old = left.get(article.id);
      const same = articleHash(article);
      const from = old === undefined ? [...left.values()].find((other) => other.source !== article.source && other.hash.equals(same)) : undefined;
      left.delete(from?.id ?? article.id);
      if (old?.hash.equals(same) === true) continue;
      const change = from === undefined ? this.change(article, old, measure, file) : this.move(article, from);
      if (change === null) isWhole = false;
      else changes.push(change);
    }
    changes.push(...[...left.values()].map((article) => this.remove(article)));
    return { file: { source: file.source, hash: isWhole ? hash : READ_AGAIN }, changes };
  }

  /** @returns null where the article cannot be cut to what the model takes: the version before stays */
  private change(article: Article, old: KnownArticle | undefined, measure: TextMeasure, file: SourceFile): ArticleChange | null {
    let prepared: PreparedArticle;
    try {
      prepared = prepareArticle(article, measure);
    } catch (error) {
      if (!(error instanceof PilcrowError) || error.kind !== 'input') throw error;
      this.failed.push({ path: file.path, error });
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
