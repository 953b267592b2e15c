import type { Embedder, ModelSpec } from '../embedding';
import { PilcrowError } from '../errors';
import { articleView, indexStatus, Latest, LiveIndex, type ArticleView, type Fallback, type Generation, type IndexStatus } from '../index';
import { answerFrom, articleRef, relate } from './answer';
import { refuseOtherModel } from './askable';
import { parseRelatedRequest, parseSearchRequest, type RelatedInput, type SearchInput } from './request';
import type { ArticleRef, RelatedResponse, SearchResponse } from './types';

export interface EngineOptions {
  indexDir: string;
  /** Called once per model; the engine closes what it opens. */
  openEmbedder: (spec: ModelSpec) => Promise<Embedder>;
  /** Called when another generation begins to answer than the current one, which cannot, and with null when that is over. */
  onFallback?: ((fallback: Fallback | null) => void) | undefined;
}

/**
 * Everything that can be asked of an index. Follows newly published generations by itself; while the current one
 * cannot be used, the newest that can answers.
 */
export interface Engine {
  /**
   * @throws PilcrowError of kind `usage`, or what is wrong with the current generation when no other can answer:
   *   `index-missing`, `index-damaged`, `index-format`, `index-model`
   */
  search(input: SearchInput): Promise<SearchResponse>;
  /** @throws PilcrowError `passage-not-found` and as `search` */
  related(passageId: string, input?: RelatedInput): Promise<RelatedResponse>;
  /** @throws PilcrowError `article-not-found` and as `search` */
  article(articleId: string): Promise<ArticleView>;
  /** The articles published last. */
  recentArticles(limit: number): Promise<ArticleRef[]>;
  status(): Promise<IndexStatus>;
  close(): Promise<void>;
}

export function createEngine(options: EngineOptions): Engine {
  return new LocalEngine(options);
}

class LocalEngine implements Engine {
  private readonly index: LiveIndex;
  private readonly openEmbedder: EngineOptions['openEmbedder'];
  private readonly embedders = new Latest<Embedder>((embedder) => embedder.close());

  constructor({ indexDir, openEmbedder, onFallback }: EngineOptions) {
    this.index = new LiveIndex(indexDir, { onFallback });
    this.openEmbedder = openEmbedder;
  }

  async search(input: SearchInput): Promise<SearchResponse> {
    const request = parseSearchRequest(input);
    const started = performance.now();
    return this.index.use((generation) => {
      const answer = (embedder: Embedder | null) => answerFrom(generation, request, embedder, started);
      return request.mode === 'lexical' ? answer(null) : this.withEmbedder(generation, answer);
    });
  }

  async related(passageId: string, input: RelatedInput = {}): Promise<RelatedResponse> {
    const request = parseRelatedRequest(input);
    const started = performance.now();
    return this.index.use(async (generation) => {
      const passage = generation.store.passageById(passageId);
      if (passage === null) {
        throw new PilcrowError('passage-not-found', `there is no passage ${JSON.stringify(passageId.slice(0, 100))}`, 'ids look like ARTICLE.p7 and stand beside every result');
      }
      return relate(generation, passage, request, started);
    });
  }

  async article(articleId: string): Promise<ArticleView> {
    return this.index.use((generation) => {
      const view = articleView(generation, articleId);
      if (view === null) {
        throw new PilcrowError('article-not-found', `there is no article ${JSON.stringify(articleId.slice(0, 100))}`, 'it may have been moved or removed since');
      }
      return view;
    });
  }

  async recentArticles(limit: number): Promise<ArticleRef[]> {
    return this.index.use((generation) => generation.store.recentArticles(limit).map(articleRef));
  }

  async status(): Promise<IndexStatus> {
    return this.index.use((generation, fallback) => indexStatus(this.index.indexDir, generation, fallback));
  }

  async close(): Promise<void> {
    await this.index.close();
    await this.embedders.close();
  }

  /**
   * Lends the embedder of the generation's model, which generations of one model share.
   * @throws PilcrowError `index-model` when this machine has another: the index then gives up the generation
   */
  private withEmbedder<T>(generation: Generation, work: (embedder: Embedder) => Promise<T>): Promise<T> {
    const { spec, hash } = generation.manifest.model;
    const open = async () => {
      const embedder = await this.openEmbedder(spec);
      try {
        refuseOtherModel(generation.manifest, embedder);
        return embedder;
      } catch (error) {
        await embedder.close();
        throw error;
      }
    };
    return this.embedders.use(hash, open, work);
  }
}
