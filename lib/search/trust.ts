import type { Generation } from '../index';

/** Passages that stand for the index, spread evenly over it. */
const SAMPLE = 512;
/**
 * What the built-in model gives English questions and passages that have nothing to do with each other; it
 * counts as much as this many passages, so that an index of ten does not speak for itself.
 */
const PRIOR = { mean: 0.05, deviation: 0.09, weight: 50 };

/** The weight of words where meaning stands out by {@link USUAL_PEAK} deviations and words by a usual margin. */
const USUAL_WEIGHT = 0.4;
const USUAL_PEAK = 6;
/** The tenth best match of words has this share of the best. */
const USUAL_FLATNESS = 0.5;
/** Meaning counts ever less the less it stands out. */
const PEAK_POWER = 2;
const LEAST_WEIGHT = 0.1;
const MOST_WEIGHT = 20;

export interface Evidence {
  /** Cosine of the best candidate. */
  bestMeaning: number;
  /** Scores of the candidates' words, in any order. */
  words: readonly number[];
  /** Share of the question's tokens that the model cannot read. */
  unknownShare: number;
}

/**
 * How much a question's words count against its meaning: `score = cosine + weight · words`.
 *
 * A cosine is worth what it stands out by: the best one's distance from the cosines of passages at large,
 * in their standard deviations. It is 8.9 for search queries against sentences of Wikipedia, 6 for questions
 * about its paragraphs, and 3 to 4 where the model does not know the language or the whole index is about one
 * subject. Words are worth what the best has over the tenth. Neither needs a judgement of anybody.
 */
export function weightOfWords(generation: Generation, vector: Float32Array, { bestMeaning, words, unknownShare }: Evidence): number {
  const { mean, deviation } = background(generation, vector);
  const peak = Math.max(1, (bestMeaning - mean) / deviation);
  const ordered = [...words].sort((a, b) => b - a);
  const flatness = Math.max(0.05, (ordered[9] ?? 0) / Math.max(1e-6, ordered[0] ?? 0));
  const weight = (USUAL_WEIGHT * (USUAL_PEAK / peak) ** PEAK_POWER * (USUAL_FLATNESS / flatness)) / Math.max(0.05, 1 - unknownShare) ** 2;
  return Math.min(MOST_WEIGHT, Math.max(LEAST_WEIGHT, weight));
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

function sampleOf({ vectors }: Generation): Float32Array {
  const size = Math.min(SAMPLE, vectors.count);
  const sample = new Float32Array(size * vectors.dimensions);
  for (let i = 0; i < size; i++) sample.set(vectors.vector(Math.floor(((i + 0.5) * vectors.count) / size)), i * vectors.dimensions);
  return sample;
}

/** Every row's product with `vector`. In plain loops: with closures it took a quarter of the time of a question. */
function innerProducts(vector: Float32Array, rows: Float32Array): Float64Array {
  const products = new Float64Array(rows.length / vector.length);
  for (let row = 0; row < products.length; row++) {
    const at = row * vector.length;
    let sum = 0;
    for (let i = 0; i < vector.length; i++) sum += (vector[i] as number) * (rows[at + i] as number);
    products[row] = sum;
  }
  return products;
}
