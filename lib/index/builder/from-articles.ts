import type { Article } from '../../article';
import { loadTokenizer, type ModelIdentity, type ModelSpec } from '../../embedding';
import { PilcrowError } from '../../errors';
import { prune } from '../generation/keep';
import { removeLeftovers } from '../generation/publish';
import { withWriterLock } from '../generation/writer-lock';
import type { BuildFailure, BuildProgress } from '../types';
import { countUnreadable, prepareArticle, textMeasure, type PreparedArticle, type SuppliedFile, type Supply, type TextMeasure } from './supply';
import type { Calibrate } from './generation-writer';
import { writeGeneration, type Written } from './write-generation';

export interface ArticleBuildOptions {
  indexDir: string;
  /** File of the embedding cache, which several indexes may share. */
  embeddings: string;
  /** In the order in which they get their rows; ids must differ. */
  articles: AsyncIterable<Article>;
  /** Bytes of text in all of them, about. */
  totalBytes: number;
  spec: ModelSpec;
  model: ModelIdentity;
  /** The generation that is current as this run begins, or null. */
  parent: string | null;
  calibrate?: Calibrate | undefined;
  workers?: number | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: BuildProgress) => void) | undefined;
}

export interface ArticleBuildReport extends Written {
  articles: number;
  passages: number;
  /** Articles that cannot be cut to what the model takes; they are not in the index. */
  failed: BuildFailure[];
  /** Articles of whose title only the beginning is embedded. */
  shortenedTitles: number;
  /** Passages with words that the model cannot read. */
  unreadablePassages: number;
}

/**
 * Builds an index from articles that somebody has in hand, where `buildIndex` reads them from sources:
 * cut, embedded and written the same way.
 *
 * @throws PilcrowError `nothing-to-index` and as `writeGeneration`
 */
export async function buildFromArticles(options: ArticleBuildOptions): Promise<ArticleBuildReport> {
  const supply = new ArticleSupply(options.articles, options.totalBytes, textMeasure(await loadTokenizer(options.spec)));
  const { model, indexDir, signal, ...rest } = options;
  const written = await withWriterLock(indexDir, { command: 'pilcrow eval', wait: true, signal }, async () => {
    await removeLeftovers(indexDir).catch(() => undefined);
    const published = await writeGeneration(supply, { ...rest, indexDir, signal, hash: model.hash, known: model, describe: () => supply.describe() });
    await prune(indexDir, { keep: 1 });
    return published;
  });
  const { articles, passages, failed, shortenedTitles, unreadablePassages } = supply;
  return { ...written, articles, passages, failed, shortenedTitles, unreadablePassages };
}

class ArticleSupply implements Supply {
  articles = 0;
  passages = 0;
  shortenedTitles = 0;
  unreadablePassages = 0;
  readonly failed: BuildFailure[] = [];

  constructor(
    private readonly given: AsyncIterable<Article>,
    private readonly bytes: number,
    private readonly measure: TextMeasure,
  ) {}

  async totalBytes(): Promise<number> {
    return this.bytes;
  }

  async *read(onBytes: (bytes: number) => void): AsyncGenerator<SuppliedFile> {
    for await (const article of this.given) {
      onBytes(article.paragraphs.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0));
      const prepared = this.prepare(article);
      if (prepared !== null) yield { file: null, articles: [prepared], copies: [] };
    }
  }

  /** Everything is new: there is nothing to compare with. */
  describe() {
    if (this.passages > 0) return { sources: [], changes: { added: this.articles, changed: 0, moved: 0, removed: 0, unchanged: 0 } };
    throw new PilcrowError('nothing-to-index', 'there is no text in any of the documents');
  }

  private prepare(article: Article): PreparedArticle | null {
    try {
      const prepared = prepareArticle(article, article.source, this.measure);
      this.articles++;
      this.passages += prepared.passages.length;
      this.shortenedTitles += prepared.context === article.title ? 0 : 1;
      this.unreadablePassages += countUnreadable(prepared.passages, this.measure);
      return prepared;
    } catch (error) {
      if (!(error instanceof PilcrowError) || error.kind !== 'input') throw error;
      this.failed.push({ path: article.source, error });
      return null;
    }
  }
}
