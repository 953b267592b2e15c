import { hashTerm, type Generation, type SearchTerm } from '../index';
import type { Question } from './question';
import { contentTerms } from './stop-words';

/** A word of a question. */
export interface QueryTerm extends SearchTerm {
  /** Passages that have it. */
  containing: number;
  /** Inverse document frequency in this generation. */
  idf: number;
  /** Hashes of the terms that it stands for: its own, or those that begin with it. */
  hashes: number[];
}

/** A question as lexical search sees it. */
export interface LexicalQuery {
  terms: QueryTerm[];
  /** Those that candidates are looked for by, the rarest first: none when no passage has any. */
  sought: QueryTerm[];
  /** Σ idf of its terms. */
  weight: number;
}

/** Any of a question's words. What it requires or excludes is a condition on rows: see `allowedRows`. */
export function lexicalQuery(question: Pick<Question, 'text' | 'quoted'>, generation: Generation): LexicalQuery {
  const wanted = new Map<string, SearchTerm>();
  // Function words of a phrase count where it has no others: a passage with "to be" must not be missed.
  for (const text of [question.text, ...question.quoted]) for (const term of contentTerms(text)) wanted.set(term.term, term);
  return queryOf([...wanted.values()].map((term) => weighed(term, generation)));
}

/**
 * Words that candidates are looked for by: the rarest that there are. Of a long question the others hardly
 * change who the first hundred are, and each common one costs as much as all of these.
 */
const SOUGHT = 64;

function queryOf(terms: QueryTerm[]): LexicalQuery {
  return {
    terms,
    sought: terms.filter(({ containing }) => containing > 0).sort((a, b) => b.idf - a.idf).slice(0, SOUGHT),
    weight: terms.reduce((sum, { idf }) => sum + idf, 0),
  };
}

function weighed({ term, isPrefix }: SearchTerm, { store, manifest }: Generation): QueryTerm {
  const passages = manifest.counts.passages;
  const containing = store.documentFrequency(term, isPrefix);
  return {
    term,
    isPrefix,
    containing,
    // Robertson and Spärck Jones's idf, kept above 0 as Lucene does: a word of every passage still counts for something.
    idf: Math.log(1 + (passages - containing + 0.5) / (containing + 0.5)),
    hashes: (isPrefix ? store.termsStartingWith(term) : [term]).map(hashTerm),
  };
}
