import { analyze, type Generation } from '../index';
import { contentTerms } from './stop-words';

/** Saturation of term frequency in FTS5's bm25(). */
const K1 = 1.2;
/** What FTS5's bm25() gives a term that stands in more than half of the passages. */
const SMALLEST_IDF = 1e-6;

/** A question as lexical search sees it. */
export interface LexicalQuery {
  /** Terms with their inverse document frequency in this generation. */
  terms: { term: string; idf: number }[];
  /** FTS5 expression, or null when the question has no term at all. */
  expression: string | null;
  /** The BM25 that no passage can exceed: Σ idf · (k1 + 1). */
  ceiling: number;
}

export function lexicalQuery(question: string, generation: Generation): LexicalQuery {
  const passages = generation.manifest.counts.passages;
  const terms = contentTerms(question).map((term) => ({ term, idf: idf(passages, generation.store.documentFrequency(term)) }));
  return {
    terms,
    // Terms are letters, digits and marks only; the quotes keep AND, OR, NOT and NEAR plain words.
    expression: terms.length === 0 ? null : terms.map(({ term }) => `"${term}"`).join(' OR '),
    ceiling: terms.reduce((sum, { idf: weight }) => sum + weight, 0) * (K1 + 1),
  };
}

/** Robertson and Spärck Jones's idf, as FTS5's bm25() computes it. */
function idf(passages: number, containing: number): number {
  return Math.max(SMALLEST_IDF, Math.log((passages - containing + 0.5) / (containing + 0.5)));
}

/** Share of the question's weight of terms that `text` contains, 0 to 1. */
export function coverage(query: LexicalQuery, text: string): number {
  if (query.ceiling === 0) return 0;
  const present = new Set(analyze(text));
  const covered = query.terms.reduce((sum, { term, idf: weight }) => (present.has(term) ? sum + weight : sum), 0);
  return (covered * (K1 + 1)) / query.ceiling;
}
