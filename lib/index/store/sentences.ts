import { analyze } from '../analyze';
import { hashTerms } from './term-hash';

/** A passage's sentences as text: what is known before the model has read them. */
export interface SentenceText {
  /** UTF-16 offsets into the passage's text. */
  start: number;
  end: number;
  text: string;
}

/** Vectors of a passage's sentences, 8 bits a number. Their lengths matter: neighbours are added up. */
export interface SentenceVectors {
  /** Shape [sentences, dimensions], row by row. */
  values: Int8Array;
  /** Shape [sentences]: what a row is to be multiplied by. */
  scales: Float32Array;
}

/** All that ranking looks at of a passage. */
export interface PassageDetails {
  /** Row of its article; null where the article has no other passage. */
  article: number | null;
  /** Hashed terms of the article's title. */
  title: Uint32Array;
  /** Hashed terms of the text in order. */
  terms: Uint32Array;
  /** Per sentence the end of its terms in `terms`. */
  termEnds: Uint32Array;
  /** Per sentence its start and end, UTF-16 offsets into the passage's text. */
  ranges: Uint32Array;
  vectors: MeasuredVectors;
}

/** Sentence vectors with what comparing them needs again and again. */
export interface MeasuredVectors extends SentenceVectors {
  /** Shape [sentences]: each one's product with itself. */
  squares: Float32Array;
  /** Shape [sentences]: each one's product with the one before; 0 for the first. */
  crosses: Float32Array;
}

/**
 * Brings vectors to 8 bits, each with a scale of its own. The cosine between what was and what is left
 * is above .9999.
 *
 * @param rows shape [sentences, dimensions], row by row
 */
export function quantise(rows: Float32Array, dimensions: number): SentenceVectors {
  const values = new Int8Array(rows.length);
  const scales = new Float32Array(rows.length / dimensions);
  for (let sentence = 0; sentence < scales.length; sentence++) {
    const row = rows.subarray(sentence * dimensions, (sentence + 1) * dimensions);
    const scale = row.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 127;
    scales[sentence] = scale;
    if (scale === 0) continue;
    for (let i = 0; i < dimensions; i++) values[sentence * dimensions + i] = Math.round((row[i] as number) / scale);
  }
  return { values, scales };
}

export function measure({ values, scales }: SentenceVectors): MeasuredVectors {
  const dimensions = scales.length === 0 ? 0 : values.length / scales.length;
  const product = (a: number, b: number) => {
    let sum = 0;
    for (let i = 0; i < dimensions; i++) sum += (values[a * dimensions + i] as number) * (values[b * dimensions + i] as number);
    return sum * (scales[a] as number) * (scales[b] as number);
  };
  return {
    values,
    scales,
    squares: scales.map((_, i) => product(i, i)),
    crosses: scales.map((_, i) => (i === 0 ? 0 : product(i - 1, i))),
  };
}

/** 32-bit numbers of each sentence in a blob: scale, square, cross, start, end, end of terms. */
const NUMBERS_EACH = 6;

/** What the store keeps of a passage: one blob, little-endian, 32-bit numbers before bytes so that views are aligned. */
export function encodeDetails(title: string, sentences: readonly SentenceText[], vectors: SentenceVectors): Buffer {
  const { values, scales, squares, crosses } = measure(vectors);
  const titleTerms = hashTerms(analyze(title));
  const terms = sentences.map(({ text }) => hashTerms(analyze(text)));
  const count = sentences.length;
  const termCount = terms.reduce((sum, { length }) => sum + length, 0);
  const numbers = new Uint32Array(3 + NUMBERS_EACH * count + titleTerms.length + termCount);
  numbers.set([count, titleTerms.length, termCount]);
  new Float32Array(numbers.buffer, 12, 3 * count).set([...scales, ...squares, ...crosses]);
  let at = 3 + 3 * count;
  let termEnd = 0;
  for (const [i, { start, end }] of sentences.entries()) {
    termEnd += terms[i]?.length ?? 0;
    numbers.set([start, end], at + 2 * i);
    numbers[at + 2 * count + i] = termEnd;
  }
  at += 3 * count;
  for (const part of [titleTerms, ...terms]) {
    numbers.set(part, at);
    at += part.length;
  }
  return Buffer.concat([Buffer.from(numbers.buffer), Buffer.from(values.buffer, values.byteOffset, values.byteLength)]);
}

export function decodeDetails(article: number | null, blob: Buffer): PassageDetails {
  // Views need an address that four divides: SQLite's blobs have one, others are copied.
  const { buffer, byteOffset, byteLength } = blob.byteOffset % 4 === 0 ? blob : new Uint8Array(blob);
  const [count = 0, titleCount = 0, termCount = 0] = new Uint32Array(buffer, byteOffset, 3);
  const floats = (part: number) => new Float32Array(buffer, byteOffset + 12 + 4 * part * count, count);
  const integers = (offset: number, length: number) => new Uint32Array(buffer, byteOffset + 12 + 4 * offset, length);
  const afterPlaces = NUMBERS_EACH * count;
  const valuesAt = 12 + 4 * (afterPlaces + titleCount + termCount);
  return {
    article,
    ranges: integers(3 * count, 2 * count),
    termEnds: integers(5 * count, count),
    title: integers(afterPlaces, titleCount),
    terms: integers(afterPlaces + titleCount, termCount),
    vectors: {
      scales: floats(0),
      squares: floats(1),
      crosses: floats(2),
      values: new Int8Array(buffer, byteOffset + valuesAt, byteLength - valuesAt),
    },
  };
}
