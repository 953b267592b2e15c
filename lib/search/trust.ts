import { innerProduct, type Generation } from '../index';

/** Passages that stand for the index. */
const SAMPLE = 512;
/**
 * What the built-in model gives English questions and passages that have nothing to do with each other; it
 * counts as much as this many passages, so that an index of ten does not speak for itself.
 */
const PRIOR = { mean: 0.05, deviation: 0.09, weight: 50 };

/**
 * One of a question's three words in a passage is chance, all three are not: a share of words counts by this
 * power, so that a third counts .19 and two thirds .54.
 */
const WORDS_POWER = 1.5;

/** The weight of words where meaning stands out by {@link USUAL_PEAK} deviations and words by a usual margin. */
const USUAL_WEIGHT = 0.6;
const USUAL_PEAK = 6;
/** Beyond, meaning stands out from the mass of a large index, not from its rivals. */
const MOST_PEAK = 7.5;
/** Meaning counts ever less the less it stands out. */
const PEAK_POWER = 2;
/** What the tenth best match of words is worth beside the best: usually, and at least. */
const USUAL_FLATNESS = 0.35;
const LEAST_FLATNESS = 0.2;
/** Words that the best match has, by weight: as many as chance gives, and enough to go by. */
const CHANCE = 1;
const CERTAIN = 2.5;
const LEAST_CERTAINTY = 0.1;
const LEAST_FAMILIARITY = 0.1;
const LEAST_WEIGHT = 0.05;
const MOST_WEIGHT = 30;

export interface Evidence {
  /** Cosine of the best candidate. */
  bestMeaning: number;
  /** Scores of the candidates' words, 0 to 1, in any order. */
  words: readonly number[];
  /** Words in the question, function words aside. */
  wordCount: number;
  /** How well the model knows the question's words, 0 to 1. */
  familiarity: number;
}

/** What a match of words is worth. A match may be a little below 0 once its article's is mixed in. */
export function worthOfWords(words: number): number {
  return Math.max(0, words) ** WORDS_POWER;
}

/**
 * How much a question's words count against its meaning: `score = cosine + weight · worth of words`.
 *
 * A cosine is worth what it stands out by: the best one's distance from the cosines of passages at large,
 * in their standard deviations. It is 8.9 for search queries against sentences of Wikipedia, 6 for questions
 * about its paragraphs, and 3 to 4 where the model does not know the language or the whole index is about one
 * subject. Words are worth what the best match has over the tenth, and the more the less the model knows the
 * question's words. None of it needs a judgement of anybody.
 */
export function weightOfWords(generation: Generation, vector: Float32Array, { bestMeaning, words, wordCount, familiarity }: Evidence): number {
  const { mean, deviation } = background(generation, vector);
  const peak = Math.min(MOST_PEAK, Math.max(1, (bestMeaning - mean) / deviation));
  const weight = (USUAL_WEIGHT * (USUAL_PEAK / peak) ** PEAK_POWER * (USUAL_FLATNESS / flatness(words)) * beyondChance(Math.max(0, ...words) * wordCount)) / Math.max(LEAST_FAMILIARITY, familiarity) ** 2;
  return Math.min(MOST_WEIGHT, Math.max(LEAST_WEIGHT, weight));
}

/** A single word in common is chance, two and a half are not: what share of the weight so many are worth. */
function beyondChance(matched: number): number {
  return Math.min(1, Math.max(LEAST_CERTAINTY, (matched - CHANCE) / (CERTAIN - CHANCE)));
}

/** The worth of the tenth best match beside that of the best; the usual where fewer than ten match at all. */
function flatness(words: readonly number[]): number {
  const ordered = [...words].sort((a, b) => b - a);
  const [best = 0] = ordered;
  const tenth = ordered[9] ?? 0;
  return tenth <= 0 ? USUAL_FLATNESS : Math.max(LEAST_FLATNESS, worthOfWords(tenth / best));
}

/** Shape [passages, dimensions], row by row. */
const samples = new WeakMap<Generation, Float32Array>();

/** Mean and standard deviation of a vector's cosine to passages at large. */
function background(generation: Generation, vector: Float32Array): { mean: number; deviation: number } {
  let sample = samples.get(generation);
  if (sample === undefined) {
    sample = sampleOf(generation);
    samples.set(generation, sample);
  }
  const cosines = innerProducts(vector, sample);
  const count = cosines.length + PRIOR.weight;
  const mean = (cosines.reduce((sum, cosine) => sum + cosine, 0) + PRIOR.weight * PRIOR.mean) / count;
  const squares = cosines.reduce((sum, cosine) => sum + (cosine - mean) ** 2, 0) + PRIOR.weight * (PRIOR.deviation ** 2 + (PRIOR.mean - mean) ** 2);
  return { mean, deviation: Math.sqrt(squares / count) };
}

function sampleOf({ store, vectors }: Generation): Float32Array {
  const rows = store.sampleRows(SAMPLE);
  const sample = new Float32Array(rows.length * vectors.dimensions);
  for (const [i, row] of rows.entries()) sample.set(vectors.vector(row), i * vectors.dimensions);
  return sample;
}

/** Every row's product with `vector`. */
function innerProducts(vector: Float32Array, rows: Float32Array): Float64Array {
  const products = new Float64Array(rows.length / vector.length);
  for (let row = 0; row < products.length; row++) products[row] = innerProduct(vector, rows, row * vector.length);
  return products;
}
