import type { Embedder, ModelSpec } from '../embedding';
import { PilcrowError } from '../errors';
import { articleView, indexStatus, Latest, LiveIndex, type ArticleView, type Generation, type IndexStatus, type StoredPassage } from '../index';
import { isAnswerable } from './answerable';
import { EvidenceFinder, type EvidenceTarget } from './evidence';
import { fold, sameWording, wordingOf, type Folded } from './fold';
import type { Candidate } from './fuse';
import { FOLD_MARGIN, rank } from './rank';
import { parseRelatedRequest, parseSearchRequest, type RelatedInput, type SearchInput, type SearchRequest } from './request';
import { dense } from './retrieve';
import type { ArticleRef, RelatedResponse, SearchResponse, SearchResult } from './types';

export interface EngineOptions {
  indexDir: string;
  /** Called once per model; the engine closes what it opens. */
  openEmbedder: (spec: ModelSpec) => Promise<Embedder>;
}

/** Everything that can be asked of an index. Follows newly published generations by itself. */
export interface Engine {
  /** @throws PilcrowError of kind `usage`, or `index-missing`, `index-damaged`, `index-format`, `index-model` */
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
  private readonly finders = new WeakMap<Generation, EvidenceFinder>();

  constructor({ indexDir, openEmbedder }: EngineOptions) {
    this.index = new LiveIndex(indexDir);
    this.openEmbedder = openEmbedder;
  }

  async search(input: SearchInput): Promise<SearchResponse> {
    const request = parseSearchRequest(input);
    const started = performance.now();
    return this.index.use((generation) => {
      const answer = (embedder: Embedder | null) => this.answer(generation, request, embedder, started);
      return request.mode === 'lexical' ? answer(null) : this.withEmbedder(generation, answer);
    });
  }

  async related(passageId: string, input: RelatedInput = {}): Promise<RelatedResponse> {
    const { k } = parseRelatedRequest(input);
    const started = performance.now();
    return this.index.use((generation) => {
      const passage = generation.store.passageById(passageId);
      if (passage === null) {
        throw new PilcrowError('passage-not-found', `there is no passage ${JSON.stringify(passageId.slice(0, 100))}`, 'ids look like ARTICLE.p7 and stand beside every result');
      }
      return this.withEmbedder(generation, (embedder) => this.relate(generation, passage, k, embedder, started));
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
    return this.index.use((generation) => indexStatus(this.index.indexDir, generation));
  }

  async close(): Promise<void> {
    await this.index.close();
    await this.embedders.close();
  }

  private async answer(generation: Generation, request: SearchRequest, embedder: Embedder | null, started: number): Promise<SearchResponse> {
    const embedStarted = performance.now();
    const vector = embedder === null ? null : await embedQuestion(embedder, request.q);
    const embedMs = performance.now() - embedStarted;

    const retrieveStarted = performance.now();
    const { ranked, words } = rank(generation, request, vector);
    const retrieveMs = performance.now() - retrieveStarted;

    return {
      query: request.q,
      mode: request.mode,
      generation: generation.id,
      answerable: isAnswerable(ranked[0] ?? null, words),
      results: await this.present(generation, ranked, { vector, words }, embedder),
      took: timing(started, embedMs, retrieveMs),
    };
  }

  private async relate(generation: Generation, passage: StoredPassage, k: number, embedder: Embedder, started: number): Promise<RelatedResponse> {
    const retrieveStarted = performance.now();
    const vector = generation.vectors.vector(passage.row);
    const wording = wordingOf(passage);
    const alsoIn: StoredPassage[] = [];
    const ranked: { item: Candidate; passage: StoredPassage }[] = [];
    // Passages of its own article are passed over, so look as much deeper.
    const depth = k + FOLD_MARGIN + generation.store.passagesOf(passage.article.id).length;
    for (const { row, similarity } of dense(generation, vector, depth, null)) {
      const other = generation.store.passage(row);
      if (other === null || other.article.row === passage.article.row) continue;
      if (sameWording(wording, wordingOf(other))) alsoIn.push(other);
      else ranked.push({ item: { row, score: similarity, cosine: similarity, matched: ['dense'] }, passage: other });
    }
    const folded = fold(ranked, k, FOLD_MARGIN);
    const retrieveMs = performance.now() - retrieveStarted;
    return {
      passage: { id: passage.id, ordinal: passage.ordinal, text: passage.text },
      article: articleRef(passage.article),
      alsoIn: alsoIn.map(duplicate),
      generation: generation.id,
      results: await this.present(generation, folded, { vector, words: null }, embedder),
      took: timing(started, 0, retrieveMs),
    };
  }

  private async present(generation: Generation, folded: readonly Folded<Candidate>[], target: EvidenceTarget, embedder: Embedder | null): Promise<SearchResult[]> {
    const finder = this.evidenceFinder(generation);
    const evidence = await finder.find(folded.map(({ passage }) => passage), target, embedder);
    return folded.map(({ kept, passage, repeats }, i) => ({
      rank: i + 1,
      score: kept.score,
      passage: { id: passage.id, ordinal: passage.ordinal, text: passage.text },
      article: articleRef(passage.article),
      evidence: evidence[i] ?? { text: passage.text, start: 0, end: passage.text.length },
      matched: kept.matched,
      alsoIn: repeats.map(duplicate),
    }));
  }

  /** Lends the embedder of the generation's model, which generations of one model share. */
  private withEmbedder<T>(generation: Generation, work: (embedder: Embedder) => Promise<T>): Promise<T> {
    const { spec, hash, id } = generation.manifest.model;
    const open = async () => {
      const embedder = await this.openEmbedder(spec);
      if (embedder.model.hash === hash) return embedder;
      await embedder.close();
      throw new PilcrowError(
        'index-model',
        `generation ${generation.id} was made with another version of the model ${id} than the one found now`,
        'rebuild it with: pilcrow index --full SOURCE',
      );
    };
    return this.embedders.use(hash, open, work);
  }

  private evidenceFinder(generation: Generation): EvidenceFinder {
    const finder = this.finders.get(generation) ?? new EvidenceFinder();
    this.finders.set(generation, finder);
    return finder;
  }
}

async function embedQuestion(embedder: Embedder, question: string): Promise<Float32Array | null> {
  const [vector] = await embedder.embed([question], 'query');
  return vector ?? null;
}

function articleRef({ id, title, url, author, published, source }: ArticleRef): ArticleRef {
  return { id, title, url, author, published, source };
}

function duplicate(passage: StoredPassage) {
  return { passage: { id: passage.id, ordinal: passage.ordinal }, article: articleRef(passage.article) };
}

function timing(started: number, embedMs: number, retrieveMs: number) {
  return { totalMs: performance.now() - started, embedMs, retrieveMs };
}
