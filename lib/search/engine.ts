import type { Embedder, ModelSpec } from '../embedding';
import { PilcrowError } from '../errors';
import {
  articleView, indexStatus, indexWriter, Latest, listGenerations, LiveIndex, readMap,
  type ArticleView, type Fallback, type Generation, type GenerationSummary, type IndexStatus, type IndexWriter, type PassageMap, type StoredPassage,
} from '../index';
import { answerFrom, articleRef, passageRef, relate } from './answer';
import { refuseOtherModel } from './askable';
import { exampleQuestions } from './example-questions';
import { articlePage, facetsOf } from './library';
import { MAP_POINTS, mapPassage, mapPlaces, mapRegion } from './map';
import { PerGeneration } from './per-generation';
import {
  parseArticlesRequest, parseFilters, parseRelatedRequest, parseSearchRequest, type ArticlesInput, type FiltersInput, type RelatedInput, type SearchInput,
} from './request';
import { takeTurn } from './turns';
import type { ArticlePage, ArticleRef, Facets, FoundPassage, MapPassage, MapPlace, MapRegionPassages, RelatedResponse, SearchResponse } from './types';

/** Whoever opens an article from a page of results asks the same again for the next one. */
const ANSWERS_KEPT = { most: 64, forMs: 120_000 };
const FACETS_KEPT = { most: 64, forMs: Infinity };
const EXAMPLES_KEPT = { most: 4, forMs: Infinity };

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
  /** @throws PilcrowError `passage-not-found` and as `search` */
  passage(passageId: string): Promise<FoundPassage>;
  /** @throws PilcrowError `article-not-found` and as `search` */
  article(articleId: string): Promise<ArticleView>;
  /** The articles published last. */
  recentArticles(limit: number): Promise<ArticleRef[]>;
  /**
   * What articles can be filtered by, with counts.
   * @throws PilcrowError as `search`
   */
  facets(filters?: FiltersInput): Promise<Facets>;
  /**
   * A page of the library.
   * @throws PilcrowError as `search`
   */
  articles(input?: ArticlesInput): Promise<ArticlePage>;
  /**
   * Questions that stand in the articles, or are made from their headings, for someone who does not know what to ask.
   * The same for as long as the generation is.
   */
  exampleQuestions(limit: number): Promise<string[]>;
  /** All passages as a landscape; of more than 50,000 a sample. */
  map(): Promise<PassageMap>;
  /** @throws PilcrowError `passage-not-found` */
  mapPassage(row: number): Promise<MapPassage>;
  /** @throws PilcrowError `region-not-found` */
  mapRegion(id: number): Promise<MapRegionPassages>;
  /** Where passages lie on the map; those that there are not are left out. */
  mapPlaces(passageIds: readonly string[]): Promise<MapPlace[]>;
  status(): Promise<IndexStatus>;
  /**
   * Every generation, newest first.
   * @throws PilcrowError `index-missing`
   */
  generations(): Promise<GenerationSummary[]>;
  /** Who changes the index now and how far they are, even before there is one; null when nobody does. */
  writer(): IndexWriter | null;
  close(): Promise<void>;
}

export function createEngine(options: EngineOptions): Engine {
  return new LocalEngine(options);
}

class LocalEngine implements Engine {
  private readonly index: LiveIndex;
  private readonly openEmbedder: EngineOptions['openEmbedder'];
  private readonly answers = new PerGeneration<SearchResponse>(ANSWERS_KEPT);
  private readonly facetsKept = new PerGeneration<Facets>(FACETS_KEPT);
  private readonly examples = new PerGeneration<string[]>(EXAMPLES_KEPT);
  private readonly maps = new PerGeneration<PassageMap>({ most: 1, forMs: Infinity });
  private readonly embedders = new Latest<Embedder>((embedder) => embedder.close());

  constructor({ indexDir, openEmbedder, onFallback }: EngineOptions) {
    this.index = new LiveIndex(indexDir, { onFallback });
    this.openEmbedder = openEmbedder;
  }

  async search(input: SearchInput): Promise<SearchResponse> {
    const request = parseSearchRequest(input);
    const started = performance.now();
    return this.index.use(async (generation) => {
      const key = JSON.stringify(request);
      const known = this.answers.get(generation, key);
      if (known !== undefined) return { ...known, took: { totalMs: performance.now() - started, embedMs: 0, retrieveMs: 0 } };
      const answer = (embedder: Embedder | null) => answerFrom(generation, request, embedder, started);
      const response = await (request.mode === 'lexical' ? answer(null) : this.withEmbedder(generation, answer));
      this.answers.set(generation, key, response);
      return response;
    });
  }

  async related(passageId: string, input: RelatedInput = {}): Promise<RelatedResponse> {
    const request = parseRelatedRequest(input);
    const started = performance.now();
    return this.index.use(async (generation) => {
      await takeTurn();
      return relate(generation, passageIn(generation, passageId), request, started);
    });
  }

  async passage(passageId: string): Promise<FoundPassage> {
    return this.index.use(async (generation) => {
      const passage = passageIn(generation, passageId);
      return { passage: passageRef(passage), article: articleRef(passage.article) };
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

  async facets(input: FiltersInput = {}): Promise<Facets> {
    const filters = parseFilters(input);
    return this.index.use((generation) => this.facetsKept.of(generation, JSON.stringify(filters), () => facetsOf(generation, filters)));
  }

  async articles(input: ArticlesInput = {}): Promise<ArticlePage> {
    const request = parseArticlesRequest(input);
    return this.index.use((generation) => articlePage(generation, request));
  }

  async exampleQuestions(limit: number): Promise<string[]> {
    return this.index.use((generation) => this.examples.of(generation, String(limit), () => exampleQuestions(generation, limit)));
  }

  async map(): Promise<PassageMap> {
    return this.index.use((generation) => this.maps.of(generation, '', () => readMap(generation, MAP_POINTS)));
  }

  async mapPassage(row: number): Promise<MapPassage> {
    return this.index.use((generation) => mapPassage(generation, row));
  }

  async mapRegion(id: number): Promise<MapRegionPassages> {
    return this.index.use((generation) => mapRegion(generation, id));
  }

  async mapPlaces(passageIds: readonly string[]): Promise<MapPlace[]> {
    return this.index.use((generation) => mapPlaces(generation, passageIds));
  }

  async generations(): Promise<GenerationSummary[]> {
    return listGenerations(this.index.indexDir);
  }

  writer(): IndexWriter | null {
    return indexWriter(this.index.indexDir);
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

/** @throws PilcrowError `passage-not-found` */
function passageIn(generation: Generation, passageId: string): StoredPassage {
  const passage = generation.store.passageById(passageId);
  if (passage !== null) return passage;
  throw new PilcrowError('passage-not-found', `there is no passage ${JSON.stringify(passageId.slice(0, 100))}`, 'ids look like ARTICLE.p7 and stand beside every result');
}
