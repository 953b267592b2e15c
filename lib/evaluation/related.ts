import type { Generation } from '../index';
import { rankRelated } from '../search/rank';
import { MAX_K, parseRelatedRequest } from '../search/request';
import { documentsOf } from './documents';

const EACH_ARTICLE = parseRelatedRequest({ k: MAX_K, perArticle: 1 });

/** Documents near a document: as `related` ranks them, and by the plain cosine of passages. */
export interface Relatives {
  related: string[];
  nearest: string[];
}

/**
 * The documents near a document, best first, itself left out; asked of its first passage.
 * @returns null for a document without a passage
 */
export function relativesOf(documentId: string, generation: Generation): Relatives | null {
  const [passage] = generation.store.passagesOf(documentId);
  if (passage === undefined) return null;
  const { repeats, ranked } = rankRelated(generation, passage, EACH_ARTICLE);
  const near = generation.vectors.search(generation.vectors.vector(passage.row), MAX_K + 1).flatMap(({ row }) => generation.store.passage(row) ?? []);
  const isOther = (id: string) => id !== documentId;
  return {
    related: [...new Set([...repeats.map(({ article }) => article.id), ...documentsOf(ranked)])].filter(isOther),
    nearest: documentsOf(near.map((found) => ({ passage: found, repeats: [] }))).filter(isOther),
  };
}
