import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../lib/index';
import { decodeDetails, encodeDetails, measure, quantise, type SentenceText, type SentenceVectors } from '../../../lib/index/store/sentences';
import { hashTerm } from '../../../lib/index/store/term-hash';

const arbitraryText = fc.oneof(
  fc.array(fc.constantFrom('river', 'The', 'U.S.', '3,500', 'l’eau', '飲水', '—', 'Köln', '서울에서'), { maxLength: 8 }).map((words) => words.join(' ')),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);

const arbitraryFloat = fc.float({ noNaN: true, noDefaultInfinity: true, min: -100, max: 100 });

/** Sentences of a passage one after the other, and a vector for each. */
const arbitraryPassage = fc
  .record({ title: arbitraryText, texts: fc.array(arbitraryText, { maxLength: 6 }), dimensions: fc.integer({ min: 1, max: 9 }) })
  .chain(({ title, texts, dimensions }) =>
    fc.record({
      title: fc.constant(title),
      dimensions: fc.constant(dimensions),
      sentences: fc.constant(texts.map((text, i): SentenceText => ({ start: 100 * i, end: 100 * i + text.length, text }))),
      rows: fc.array(arbitraryFloat, { minLength: texts.length * dimensions, maxLength: texts.length * dimensions }).map((values) => Float32Array.from(values)),
    }),
  );

const hashes = (text: string) => analyze(text).map(hashTerm);

describe('what is kept of a passage', () => {
  test('comes back whole, wherever its bytes lie', () => {
    fc.assert(
      fc.property(arbitraryPassage, fc.nat(7), (passage, shift) => {
        const { title, sentences, rows, dimensions } = passage;
        const vectors = quantise(rows, dimensions);
        const blob = encodeDetails(title, sentences, vectors);
        // As SQLite may hand it over: at an address that four does not divide, with other bytes around.
        const around = Buffer.alloc(blob.length + 16, 0xab);
        blob.copy(around, shift);

        const found = decodeDetails(42, around.subarray(shift, shift + blob.length));
        expect(found.article).toBe(42);
        expect([...found.title]).toEqual(hashes(title));
        expect([...found.ranges]).toEqual(sentences.flatMap(({ start, end }) => [start, end]));
        expect(found.termEnds).toHaveLength(sentences.length);
        for (const [i, { text }] of sentences.entries()) {
          expect([...found.terms.subarray(i === 0 ? 0 : found.termEnds[i - 1], found.termEnds[i])]).toEqual(hashes(text));
        }
        expect(found.terms).toHaveLength(found.termEnds.at(-1) ?? 0);
        expect(found.vectors).toEqual(measure(vectors));
      }),
    );
  });

  test('may be views into something larger', () => {
    const scales = new Float32Array([9, 0.5, 0.25, 9]).subarray(1, 3);
    const values = new Int8Array([1, 2, 3, 4, 5, 6, 7]).subarray(1, 5);
    const sentences = [{ start: 0, end: 5, text: 'Water' }, { start: 6, end: 9, text: 'ice' }];
    const { vectors } = decodeDetails(0, encodeDetails('', sentences, { values, scales }));
    expect([...vectors.scales]).toEqual([0.5, 0.25]);
    expect([...vectors.values]).toEqual([2, 3, 4, 5]);
  });

  test('of no sentence is empty', () => {
    const found = decodeDetails(3, encodeDetails('A title', [], { values: new Int8Array(), scales: new Float32Array() }));
    expect([...found.title]).toEqual(hashes('A title'));
    expect([found.terms, found.termEnds, found.ranges, found.vectors.values, found.vectors.scales].map(({ length }) => length)).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('what comparing needs again and again', () => {
  test('is each vector’s product with itself and with the one before', () => {
    fc.assert(
      fc.property(arbitraryPassage, ({ rows, dimensions }) => {
        const { values, scales, squares, crosses } = measure(quantise(rows, dimensions));
        const row = (i: number) => [...values.subarray(i * dimensions, (i + 1) * dimensions)].map((value) => value * (scales[i] ?? NaN));
        const product = (a: number, b: number) => row(a).reduce((sum, value, i) => sum + value * (row(b)[i] ?? NaN), 0);
        const near = (found: number | undefined, exact: number, scale: number) => {
          expect(Math.abs((found ?? NaN) - exact)).toBeLessThanOrEqual(1e-6 * scale + 1e-42);
        };
        expect([squares.length, crosses.length]).toEqual([scales.length, scales.length]);
        for (const i of scales.keys()) {
          near(squares[i], product(i, i), product(i, i));
          if (i === 0) expect(crosses[i]).toBe(0);
          else near(crosses[i], product(i - 1, i), Math.sqrt(product(i, i) * product(i - 1, i - 1)));
        }
      }),
    );
  });
});

describe('eight bits', () => {
  const restored = ({ values, scales }: SentenceVectors, dimensions: number) => [...values].map((value, i) => value * (scales[Math.floor(i / dimensions)] ?? NaN));

  test('are off by half a step at most, a step being 1/127 of the row’s greatest value', () => {
    fc.assert(
      fc.property(arbitraryPassage, ({ rows, dimensions }) => {
        const back = restored(quantise(rows, dimensions), dimensions);
        expect(back).toHaveLength(rows.length);
        for (const [i, value] of back.entries()) {
          const start = i - (i % dimensions);
          const greatest = Math.max(...rows.subarray(start, start + dimensions).map(Math.abs));
          // What is too small for a float32 scale is lost.
          expect(Math.abs(value - (rows[i] ?? NaN))).toBeLessThanOrEqual(Math.max((0.5 / 127) * greatest * 1.0001, 1e-42));
        }
      }),
    );
  });

  test('keep the direction of a vector as long as a model’s', () => {
    const dimensions = 384;
    const row = Float32Array.from({ length: dimensions }, (_, i) => Math.sin(i * 78.233) * 12);
    const back = restored(quantise(row, dimensions), dimensions);
    const product = back.reduce((sum, value, i) => sum + value * (row[i] ?? NaN), 0);
    expect(product / Math.hypot(...back) / Math.hypot(...row)).toBeGreaterThan(0.9999);
  });

  test('leave a row of zeroes as it is, without touching its neighbours', () => {
    const { values, scales } = quantise(Float32Array.of(1, -2, 0, 0, 0, 0, 254, 127), 2);
    expect([...values]).toEqual([64, -127, 0, 0, 0, 0, 127, 64]);
    expect([...scales]).toEqual([Math.fround(2 / 127), 0, 0, 2]);
  });
});
