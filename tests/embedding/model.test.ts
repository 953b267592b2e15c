import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LoadedModel, loadModel } from '../../lib/embedding';
import { cosine, sampleParagraphs, spec, useSharedCache } from './support';

useSharedCache();

const models = {} as Record<'int8' | 'fp32', LoadedModel>;
beforeAll(async () => {
  for (const dtype of ['int8', 'fp32'] as const) models[dtype] = await loadModel(spec({ dtype }));
});
afterAll(() => Promise.all(Object.values(models).map((model) => model.close())));

async function embedOne(model: LoadedModel, text: string): Promise<Float32Array> {
  const [vector] = await model.embed([text], 'passage');
  return vector!;
}

async function similarity(model: LoadedModel, a: string, b: string): Promise<number> {
  return cosine(await embedOne(model, a), await embedOne(model, b));
}

describe('in fp32', () => {
  it('gives the values of the model card', async () => {
    const vector = await embedOne(models.fp32, 'This is an example sentence');
    expect(vector).toHaveLength(384);
    for (const [i, value] of [0.0677, 0.0635, 0.0487, 0.0794].entries()) expect(vector[i]).toBeCloseTo(value, 3);
  });

  it('agrees with the similarities that sentence-transformers documents', async () => {
    // https://www.sbert.net/docs/quickstart.html
    const [weather, sunny, stadium] = ['The weather is lovely today.', "It's so sunny outside!", 'He drove to the stadium.'] as const;
    expect(await similarity(models.fp32, weather, sunny)).toBeCloseTo(0.666, 2);
    expect(await similarity(models.fp32, weather, stadium)).toBeCloseTo(0.1046, 2);
    expect(await similarity(models.fp32, sunny, stadium)).toBeCloseTo(0.1411, 2);
  });
});

describe.each(['int8', 'fp32'] as const)('in %s', (dtype) => {
  it('gives vectors of length 1', async () => {
    const texts = ['', 'a', 'Warum ist der Himmel blau?', '한국어 문장', 'long '.repeat(500)];
    for (const vector of await models[dtype].embed(texts, 'passage')) {
      expect(Math.sqrt(cosine(vector, vector))).toBeCloseTo(1, 5);
    }
  });

  it('puts a paraphrase nearer than another subject, without a word in common', async () => {
    const model = models[dtype];
    const near = await similarity(model, 'How do I fix a flat bicycle tyre?', 'Patch the punctured inner tube of your bike');
    const far = await similarity(model, 'How do I fix a flat bicycle tyre?', 'Interest rates rose in the third quarter');
    expect(near).toBeGreaterThan(0.4);
    expect(far).toBeLessThan(0.2);
  });

  it('gives bit for bit the same vector whatever is embedded beside it', async () => {
    const model = models[dtype];
    const text = 'The eel comes up the river in its third spring.';
    const alone = await embedOne(model, text);
    const [first, , last] = await model.embed([text, 'longer '.repeat(300), text], 'passage');
    const [[atOnce]] = await Promise.all([model.embed([text], 'query'), model.embed(['x', 'y', 'z'], 'passage')]);
    for (const vector of [first, last, atOnce]) expect(vector).toEqual(alone);
  });

  it('reads a text to its very end', async () => {
    const beginning = 'word '.repeat(500);
    const [mountain, fish] = await models[dtype].embed([`${beginning} volcano lava`, `${beginning} trout river`], 'passage');
    expect(cosine(mountain!, fish!)).toBeLessThan(0.9999);
  });

  it('takes as many tokens as it has positions and refuses one more, naming the text', async () => {
    await expect(models[dtype].embed(['word '.repeat(510)], 'passage')).resolves.toHaveLength(1);
    await expect(models[dtype].embed([`Once upon a time ${'word '.repeat(507)}`], 'passage')).rejects.toMatchObject({
      code: 'embedding-failed',
      message: expect.stringMatching(/passage of 513 tokens.*512.*"Once upon a time word/) as string,
    });
  });
});

describe('int8 beside fp32', () => {
  it('has a cosine of at least .97 on every paragraph of the sample articles', { timeout: 300_000 }, async () => {
    const paragraphs = sampleParagraphs();
    expect(paragraphs.length).toBeGreaterThan(20);
    const quantised = await models.int8.embed(paragraphs, 'passage');
    const exact = await models.fp32.embed(paragraphs, 'passage');
    const tooFar = paragraphs.filter((_, i) => cosine(quantised[i]!, exact[i]!) < 0.97);
    expect(tooFar).toEqual([]);
  });

  it('has it on short questions', async () => {
    const questions = ['Who mends the cables?', 'How deep is the lake?', 'why do eels migrate', 'What does four euros ten buy?', 'capital of Peru'];
    const [quantised, exact] = await Promise.all([models.int8.embed(questions, 'query'), models.fp32.embed(questions, 'query')]);
    const tooFar = questions.filter((_, i) => cosine(quantised[i]!, exact[i]!) < 0.97);
    expect(tooFar).toEqual([]);
  });
});

describe('identity', () => {
  it('names model, dimensions and limit', () => {
    expect(models.int8.model).toMatchObject({ id: 'all-MiniLM-L6-v2', dimensions: 384, maxTokens: 512 });
    expect(models.int8.model.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('has another hash for another dtype or prefix, the same for the same', async () => {
    const others = await Promise.all([
      loadModel(spec()),
      loadModel(spec({ queryPrefix: 'query: ' })),
      loadModel(spec({ passagePrefix: 'query: ' })),
    ]);
    const hashes = others.map(({ model }) => model.hash);
    expect(hashes[0]).toBe(models.int8.model.hash);
    expect(new Set([...hashes, models.fp32.model.hash]).size).toBe(4);
    await Promise.all(others.map((model) => model.close()));
  });
});

describe('prefixes', () => {
  it('are put in front of questions and passages, each kind with its own', async () => {
    const prefixed = await loadModel(spec({ queryPrefix: 'query: ', passagePrefix: 'passage: ' }));
    const [asQuery] = await prefixed.embed(['warm rain'], 'query');
    const [asPassage] = await prefixed.embed(['warm rain'], 'passage');
    const [query, passage] = await models.int8.embed(['query: warm rain', 'passage: warm rain'], 'passage');
    expect(asQuery).toEqual(query);
    expect(asPassage).toEqual(passage);
    expect(asQuery).not.toEqual(asPassage);
    await prefixed.close();
  });
});

describe('a signal', () => {
  it('stops between two texts', async () => {
    const controller = new AbortController();
    const running = models.int8.embed(Array<string>(10_000).fill('text'), 'passage', { signal: controller.signal });
    setImmediate(() => controller.abort());
    await expect(running).rejects.toMatchObject({ code: 'interrupted' });
  });
});

describe('a pooling that the built-in model does not have', () => {
  it('is refused', async () => {
    await expect(loadModel(spec({ pooling: 'cls' }))).rejects.toMatchObject({ code: 'config-invalid' });
  });
});
