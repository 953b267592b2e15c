import type { Embedder, ModelSpec } from '../embedding';
import { PilcrowError } from '../errors';
import { articleView, indexStatus, LiveIndex, type ArticleView, type Generation, type IndexStatus, type StoredPassage } from '../index';
import { isAnswerable } from './answerable';
import { EvidenceFinder, type EvidenceTarget } from './evidence';
import { fold, sameWording, wordingOf, type Folded } from './fold';
import { fuse, type Candidate } from './fuse';
import { lexicalQuery, type LexicalQuery } from './lexical-query';
import { parseRelatedRequest, parseSearchRequest, type RelatedInput, type SearchInput, type SearchRequest } from './request';
import { dense, lexical } from './retrieve';
import type { ArticleRef, RelatedResponse, SearchResponse, SearchResult } from './types';

/** Candidates of each search before fusion. Deeper changes no first page of ten. */
const CANDIDATES = 100;
/** Ranks looked at beyond those shown, to gather repeats that rank a little lower. */
const FOLD_MARGIN = 20;

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

interface Model {
  hash: string;
  embedder: Promise<Embedder>;
}

class LocalEngine implements Engine {
  private readonly index: LiveIndex;
  private readonly openEmbedder: EngineOptions['openEmbedder'];
  private model: Model | null = null;
  private evidence: { generation: string; finder: EvidenceFinder } | null = null;

  constructor({ indexDir, openEmbedder }: EngineOptions) {
    this.index = new LiveIndex(indexDir);
    this.openEmbedder = openEmbedder;
  }

  async search(input: SearchInput): Promise<SearchResponse> {
    const request = parseSearchRequest(input);
    const started = performance.now();
    return this.index.use(async (generation) => {
      const embedder = request.mode === 'lexical' ? null : await this.embedderFor(generation);
      const embedStarted = performance.now();
      const vector = embedder === null ? null : await embedQuestion(embedder, request.q);
      const embedMs = performance.now() - embedStarted;

      const retrieveStarted = performance.now();
      const words = lexicalQuery(request.q, generation);
      const ranked = this.rank(generation, request, vector, words);
      const folded = fold(hydrate(generation, ranked.slice(0, request.k + CANDIDATES)), request.k);
      const retrieveMs = performance.now() - retrieveStarted;

      const results = await this.present(generation, folded, { vector, words }, embedder);
      return {
        query: request.q,
        mode: request.mode,
        generation: generation.id,
        answerable: isAnswerable(folded[0] ?? null, words),
        took: timing(started, embedMs, retrieveMs),
        results,
      };
    });
  }

  async related(passageId: string, input: RelatedInput = {}): Promise<RelatedResponse> {
    const { k } = parseRelatedRequest(input);
    const started = performance.now();
    return this.index.use(async (generation) => {
      const passage = generation.store.passageById(passageId);
      if (passage === null) {
        throw new PilcrowError('passage-not-found', `there is no passage ${JSON.stringify(passageId.slice(0, 100))}`, 'ids look like ARTICLE.p7 and stand beside every result');
      }
      const embedder = await this.embedderFor(generation);
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
      const folded = fold(ranked, k);
      const retrieveMs = performance.now() - retrieveStarted;
      return {
        passage: { id: passage.id, ordinal: passage.ordinal, text: passage.text },
        article: articleRef(passage.article),
        alsoIn: alsoIn.map(duplicate),
        generation: generation.id,
        results: await this.present(generation, folded, { vector, words: null }, embedder),
        took: timing(started, 0, retrieveMs),
      };
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
    this.index.close();
    const embedder = await this.model?.embedder.catch(() => null);
    this.model = null;
    await embedder?.close();
  }

  private rank(generation: Generation, request: SearchRequest, vector: Float32Array | null, words: LexicalQuery): Candidate[] {
    const among = generation.store.rowsMatching(request);
    const count = Math.max(CANDIDATES, request.k + FOLD_MARGIN);
    const wordy = request.mode === 'dense' ? [] : lexical(generation, words, count, among);
    if (vector === null) return wordy.map(({ row, score }) => ({ row, score, cosine: null, matched: ['lexical'] }));
    return fuse(generation, vector, dense(generation, vector, count, among), wordy);
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

  /** The embedder of the generation's model; an older model's is closed. */
  private async embedderFor(generation: Generation): Promise<Embedder> {
    const { spec, hash, id } = generation.manifest.model;
    if (this.model?.hash !== hash) {
      const previous = this.model;
      this.model = { hash, embedder: this.openEmbedder(spec) };
      void previous?.embedder.then((embedder) => embedder.close(), () => undefined);
    }
    const model = this.model;
    const embedder = await model.embedder.catch((error: unknown) => {
      // The next question tries again: the model may be there by then.
      if (this.model === model) this.model = null;
      throw error;
    });
    if (embedder.model.hash !== hash) {
      throw new PilcrowError(
        'index-model',
        `generation ${generation.id} was made with another version of the model ${id} than the one found now`,
        'rebuild it with: pilcrow index --full SOURCE',
      );
    }
    return embedder;
  }

  private evidenceFinder(generation: Generation): EvidenceFinder {
    if (this.evidence?.generation !== generation.id) this.evidence = { generation: generation.id, finder: new EvidenceFinder() };
    return this.evidence.finder;
  }
}

async function embedQuestion(embedder: Embedder, question: string): Promise<Float32Array | null> {
  const [vector] = await embedder.embed([question], 'query');
  return vector ?? null;
}

function* hydrate(generation: Generation, candidates: readonly Candidate[]): Generator<{ item: Candidate; passage: StoredPassage }> {
  for (const item of candidates) {
    const passage = generation.store.passage(item.row);
    if (passage !== null) yield { item, passage };
  }
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
