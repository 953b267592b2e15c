import type { Embedder } from '../embedding';
import type { StoredPassage } from '../index';
import { splitSentences } from '../passage';
import { coverage, type LexicalQuery } from './lexical-query';
import type { Evidence } from './types';

/** What sentences are compared with: a question's vector and words, either of which may be missing. */
export interface EvidenceTarget {
  vector: Float32Array | null;
  words: LexicalQuery | null;
}

/**
 * Weight of the share of the question’s words in a sentence, against its cosine to the question. Lower
 * than in ranking: sentences are short, and one accidental word of three is a third.
 */
const WORDS_WEIGHT = 0.25;
/** Passages whose sentence vectors are remembered: some 5 sentences of 1.5 kB each. */
const REMEMBERED_PASSAGES = 2_000;

/** Finds in each passage the sentence that answers best, remembering sentence vectors of one generation. */
export class EvidenceFinder {
  private readonly remembered = new Map<string, Float32Array[]>();

  /** @returns one per passage, in the same order; offsets are UTF-16 units into its text */
  async find(passages: readonly StoredPassage[], target: EvidenceTarget, embedder: Embedder | null): Promise<Evidence[]> {
    const split = passages.map((passage) => splitSentences(passage.text, passage.article.language ?? undefined));
    const vectors = embedder === null || target.vector === null ? null : await this.sentenceVectors(passages, split, embedder);
    return passages.map((passage, i) => {
      const sentences = split[i] ?? [];
      const best = indexOfBest(sentences.map(({ start, end }, j) => {
        const cosine = target.vector === null ? 0 : dot(target.vector, vectors?.[i]?.[j]);
        const words = target.words === null ? 0 : coverage(target.words, passage.text.slice(start, end));
        return cosine + WORDS_WEIGHT * words;
      }));
      const { start, end } = sentences[best] ?? { start: 0, end: passage.text.length };
      return { text: passage.text.slice(start, end), start, end };
    });
  }

  /** A single sentence needs no vector: nothing competes with it. */
  private async sentenceVectors(passages: readonly StoredPassage[], split: readonly { start: number; end: number }[][], embedder: Embedder): Promise<(Float32Array[] | undefined)[]> {
    // Taken before anything is awaited: what is remembered now may be forgotten by then.
    const known = passages.map(({ id }) => this.remembered.get(id));
    const wanted = passages.map((_, i) => ((split[i]?.length ?? 0) > 1 && known[i] === undefined ? (split[i] ?? []) : []));
    const texts = wanted.flatMap((sentences, i) => sentences.map(({ start, end }) => passages[i]?.text.slice(start, end) ?? ''));
    const embedded = texts.length === 0 ? [] : await embedder.embed(texts, 'passage');
    let next = 0;
    return passages.map(({ id }, i) => {
      const count = wanted[i]?.length ?? 0;
      if (count === 0) return known[i];
      const vectors = embedded.slice(next, (next += count));
      this.remember(id, vectors);
      return vectors;
    });
  }

  private remember(id: string, vectors: Float32Array[]): void {
    this.remembered.set(id, vectors);
    if (this.remembered.size <= REMEMBERED_PASSAGES) return;
    const oldest = this.remembered.keys().next();
    if (!oldest.done) this.remembered.delete(oldest.value);
  }
}

function dot(a: Float32Array, b: Float32Array | undefined): number {
  if (b === undefined) return 0;
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** The first of the greatest. */
function indexOfBest(scores: readonly number[]): number {
  return scores.reduce((best, score, i) => (score > (scores[best] ?? -Infinity) ? i : best), 0);
}
