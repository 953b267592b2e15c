import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LoadedModel, type PassageText, createEmbedderPool, loadModel } from '../../lib/embedding';
import { locateModel } from '../../lib/embedding/locate';
import { type Encoder, openTokenizer } from '../../lib/embedding/tokenizer';
import { cosine, spec, useSharedCache } from './support';

useSharedCache();

const DIMENSIONS = 384;
const RIVER: PassageText = {
  context: 'The eel river.',
  sentences: ['Eels come up the river in their third spring.', 'They hide under stones by day.', 'It takes them ten years to grow.'],
};

let model: LoadedModel;
let encoder: Encoder;
beforeAll(async () => {
  model = await loadModel(spec());
  encoder = await openTokenizer(spec(), (await locateModel(spec())).folder);
});
afterAll(() => model.close());

/** The rows of a passage's matrix: its own vector, then those of its sentences. */
async function embed(passage: PassageText, by: Pick<LoadedModel, 'embedPassages'> = model): Promise<Float32Array[]> {
  const [matrix] = await by.embedPassages([passage]);
  return Array.from({ length: matrix!.length / DIMENSIONS }, (_, row) => matrix!.slice(row * DIMENSIONS, (row + 1) * DIMENSIONS));
}

const lengthOf = (vector: Float32Array) => Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
const angle = (a: Float32Array, b: Float32Array) => cosine(a, b) / lengthOf(a) / lengthOf(b);
const sumOf = (rows: readonly Float32Array[]) => Float32Array.from({ length: DIMENSIONS }, (_, i) => rows.reduce((sum, row) => sum + row[i]!, 0));
const unit = (vector: Float32Array) => vector.map((value) => value / lengthOf(vector));

function expectNear(actual: Float32Array, expected: Float32Array): void {
  expect(actual).toHaveLength(expected.length);
  expect(Math.max(...actual.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThan(1e-4);
}

describe('a passage as tokens', () => {
  it('is what its whole text is as tokens, and its sentences part it', () => {
    const { ids, ranges } = encoder.encodePassage(RIVER);
    expect(ids).toEqual(encoder.encode(`${RIVER.context}\n${RIVER.sentences.join(' ')}`, 'passage'));
    const count = ids.length;
    expect(ranges.map(({ start }) => start)).toEqual([1 + encoder.countTokens(RIVER.context) - 2, ranges[0]!.end, ranges[1]!.end]);
    expect(ranges[2]!.end).toBe(count - 1);
    for (const [i, { start, end }] of ranges.entries()) expect(end - start).toBe(encoder.countTokens(RIVER.sentences[i]!) - 2);
  });

  it('has the prefix of passages in front of all, once', async () => {
    const prefixed = await openTokenizer(spec({ passagePrefix: 'passage: ' }), (await locateModel(spec())).folder);
    for (const context of [RIVER.context, '']) {
      const { ids, ranges } = prefixed.encodePassage({ ...RIVER, context });
      expect(ids).toEqual(encoder.encode(`passage: ${context} ${RIVER.sentences.join(' ')}`, 'passage'));
      expect(ranges[0]!.start).toBe(encoder.countTokens(`passage: ${context}`) - 1);
    }
  });
});

describe('embedPassages', () => {
  it('gives the sums of each sentence’s token states, of one run over all of it', async () => {
    const session = await InferenceSession.create((await locateModel(spec())).graph);
    const { ids, ranges } = encoder.encodePassage(RIVER);
    const feeds = Object.fromEntries(
      session.inputNames.map((name) => {
        const data = name === 'input_ids' ? BigInt64Array.from(ids, BigInt) : new BigInt64Array(ids.length).fill(name === 'attention_mask' ? 1n : 0n);
        return [name, new Tensor('int64', data, [1, ids.length])];
      }),
    );
    const output = await session.run(feeds);
    const states = output[session.outputNames[0]!]!.data as Float32Array;
    const byHand = ranges.map(({ start, end }) =>
      Float32Array.from({ length: DIMENSIONS }, (_, i) => {
        let sum = 0;
        for (let token = start; token < end; token++) sum += states[token * DIMENSIONS + i]!;
        return sum;
      }),
    );
    const [whole, ...sentences] = await embed(RIVER);
    expect(sentences).toHaveLength(3);
    sentences.forEach((sentence, i) => expectNear(sentence, byHand[i]!));
    // The context is read and left out.
    expectNear(whole!, unit(sumOf(byHand)));
  });

  it('gives a passage the normalised sum of its sentences', async () => {
    for (const passage of [RIVER, { ...RIVER, context: '' }, { context: 'A title.', sentences: ['One sentence only.'] }]) {
      const [whole, ...sentences] = await embed(passage);
      expect(lengthOf(whole!)).toBeCloseTo(1, 5);
      expectNear(whole!, unit(sumOf(sentences)));
    }
  });

  it('reads the context, and sentences in each other’s light', async () => {
    const within = await embed(RIVER);
    const bare = await embed({ ...RIVER, context: '' });
    const alone = await embed({ context: '', sentences: [RIVER.sentences[2]!] });
    within.forEach((row, i) => {
      expect(angle(row, bare[i]!)).toBeLessThan(0.999);
      expect(angle(row, bare[i]!)).toBeGreaterThan(0.5);
    });
    const [question] = await model.embed(['How long do eels take to grow?'], 'query');
    expect(angle(question!, within[3]!)).toBeGreaterThan(angle(question!, alone[1]!) + 0.1);
  });

  it('gives a passage bit for bit the same whatever is embedded beside it', async () => {
    const other = { context: '', sentences: ['longer '.repeat(200)] };
    const [first, , last] = await model.embedPassages([RIVER, other, RIVER]);
    expect(first).toEqual((await model.embedPassages([RIVER]))[0]);
    expect(last).toEqual(first);
  });

  it('gives zeroes for a sentence without tokens, and what is around for a passage without', async () => {
    const invisible = '\u200b\u200c';
    const [whole, first, second] = await embed({ context: 'Salt.', sentences: [invisible, 'Salt was carried by camels.'] });
    expect(lengthOf(first!)).toBe(0);
    expectNear(whole!, unit(second!));
    for (const passage of [{ context: 'Salt.', sentences: [invisible] }, { context: '', sentences: [invisible, invisible] }, { context: '', sentences: [] }]) {
      const [vector, ...rows] = await embed(passage);
      expect(lengthOf(vector!)).toBeCloseTo(1, 5);
      expect(rows).toHaveLength(passage.sentences.length);
      for (const row of rows) expect(lengthOf(row)).toBe(0);
    }
  });

  it('refuses a passage that is too long, naming it, and takes one that just fits', async () => {
    const sentences = (words: number) => [`Once upon a time ${'word '.repeat(words - 4)}`, 'word '.repeat(100)];
    await expect(model.embedPassages([{ context: 'word', sentences: sentences(409) }])).resolves.toHaveLength(1);
    await expect(model.embedPassages([{ context: 'word', sentences: sentences(410) }])).rejects.toMatchObject({
      code: 'embedding-failed',
      message: expect.stringMatching(/passage of 513 tokens.*512.*"word Once upon a time/) as string,
    });
  });

  it('stops between two passages when it is told to', async () => {
    const controller = new AbortController();
    const running = model.embedPassages(Array<PassageText>(10_000).fill(RIVER), { signal: controller.signal });
    setImmediate(() => controller.abort());
    await expect(running).rejects.toMatchObject({ code: 'interrupted' });
  });
});

describe('embedQuestion', () => {
  it('gives the vector of the same text as a question', async () => {
    const prefixed = await loadModel(spec({ queryPrefix: 'query: ' }));
    for (const by of [model, prefixed]) {
      const { vector } = await by.embedQuestion('Why do eels migrate?');
      expect([vector]).toEqual(await by.embed(['Why do eels migrate?'], 'query'));
    }
    await prefixed.close();
  });

  it.each([
    ['Why do eels migrate to the Sargasso Sea?', 0.85, 1],
    ['', 1, 1],
    ['Warum wandern Aale über den Ozean, und welche Strömungen tragen ihre Larven?', 0.4, 0.8],
    ['鳗鱼为什么洄游到马尾藻海？', 0, 0.5],
    ['คนไทยชอบกินอะไร '.repeat(3), 0, 1],
  ])('tells how well the model knows the words of %j', async (question, least, most) => {
    const { familiarity } = await model.embedQuestion(question);
    expect(familiarity).toBeGreaterThanOrEqual(least);
    expect(familiarity).toBeLessThanOrEqual(most);
  });

  it('refuses a question that is too long', async () => {
    await expect(model.embedQuestion('word '.repeat(511))).rejects.toMatchObject({ code: 'query-too-long' });
  });
});

describe('two workers', () => {
  it('give bit for bit the same passages and questions, in order, also for calls at once', async () => {
    const passages = Array.from({ length: 40 }, (_, i): PassageText => ({
      context: i % 3 === 0 ? '' : `Report ${i}.`,
      sentences: Array.from({ length: (i * 5) % 11 }, (__, j) => `The river rose ${i} times ${'again '.repeat(j)}in year ${j}.`),
    }));
    const expected = await model.embedPassages(passages);
    const pool = await createEmbedderPool(spec(), { workers: 2 });
    const [all, question, half] = await Promise.all([pool.embedPassages(passages), pool.embedQuestion('Which river rose? 鳗鱼'), pool.embedPassages(passages.slice(20))]);
    expect(all).toEqual(expected);
    expect(half).toEqual(expected.slice(20));
    expect(question).toEqual(await model.embedQuestion('Which river rose? 鳗鱼'));
    expect(question.familiarity).toBeLessThan(1);
    expect(await pool.embedPassages([])).toEqual([]);
    await expect(pool.embedPassages([RIVER, { context: '', sentences: ['word '.repeat(600)] }])).rejects.toMatchObject({ code: 'embedding-failed' });
    await expect(pool.embedQuestion('word '.repeat(600))).rejects.toMatchObject({ code: 'query-too-long' });
    await expect(pool.embedPassages(passages, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'interrupted' });
    await pool.close();
  });
});
