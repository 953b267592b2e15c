import { setImmediate as nextTurn } from 'node:timers/promises';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { PilcrowError } from '../errors';
import { interrupted } from './interrupted';
import { type LocatedModel, locateModel } from './locate';
import { normalise, pool, sumOfTokens } from './pooling';
import type { EmbeddedText, ModelSpec, PassageText } from './spec';
import { type Encoder, type Tokenizer, importTokenizers, openTokenizer } from './tokenizer';
import type { EmbeddedQuestion, Embedder, ModelIdentity } from './types';

export interface EmbedOptions {
  /** Stops the work between two texts; the promise is then rejected with `interrupted`. */
  signal?: AbortSignal;
}

/** A model in this process. While a text runs, nothing else does; between texts other work gets its turn. */
export interface LoadedModel extends Embedder {
  readonly tokenizer: Tokenizer;
  embed(texts: readonly string[], kind: EmbeddedText, options?: EmbedOptions): Promise<Float32Array[]>;
  embedPassages(passages: readonly PassageText[], options?: EmbedOptions): Promise<Float32Array[]>;
}

/** One thread per session: two workers of one thread each do twice the work of one; two threads in one session do less. */
const SESSION_OPTIONS: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  logSeverityLevel: 3, // errors: warnings would end up on stderr
};

/** Outputs by which published models are known. */
const TOKEN_OUTPUTS = ['last_hidden_state', 'token_embeddings'];
const POOLED_OUTPUT = 'sentence_embedding';

/** Characters of an offending text that an error quotes. */
const QUOTED_CHARACTERS = 60;

/**
 * Loads a model into this process, in some 0.3 s; preparing or downloading it first where needed.
 * @throws PilcrowError `model-not-found`, `model-damaged`, `model-cache-unwritable`, `config-invalid`
 */
export async function loadModel(spec: ModelSpec): Promise<LoadedModel> {
  // Importing is the slowest part of loading: the files are checked beside it.
  const [located] = await Promise.all([locateModel(spec), importTokenizers()]);
  return openModel(spec, located);
}

/** The same for a model whose files are known to be here and whole. */
export async function openModel(spec: ModelSpec, located: LocatedModel): Promise<LoadedModel> {
  const tokenizer = await openTokenizer(spec, located.folder);
  const encoding = encodingOf(await openGraph(located), spec, located.folder);
  // A model's config does not tell the size of its sentence embedding for certain; a run does.
  const dimensions = (await encoding.vector(tokenizer.encode('', 'query'))).length;
  return new LocalModel(
    { id: spec.model, dimensions, maxTokens: tokenizer.maxTokens, hash: located.hash },
    tokenizer,
    encoding,
  );
}

/** What a model makes of texts. */
interface Encoding {
  /** The vector of a text, shape [dimensions], L2-normalised. */
  vector(ids: readonly number[]): Promise<Float32Array>;
  /** The states of its tokens, shape [tokens, dimensions]; null for a model that is not pooled by their mean. */
  states: ((ids: readonly number[]) => Promise<Float32Array>) | null;
}

class LocalModel implements LoadedModel {
  constructor(
    readonly model: ModelIdentity,
    readonly tokenizer: Encoder,
    private readonly encoding: Encoding,
  ) {}

  async embed(texts: readonly string[], kind: EmbeddedText, options: EmbedOptions = {}): Promise<Float32Array[]> {
    return takingTurns(texts, options, (text) => this.#vector(text, kind));
  }

  async embedQuestion(text: string): Promise<EmbeddedQuestion> {
    // In 32 bits, as it comes back from a pool: the server must not rank differently from the CLI.
    return { vector: await this.#vector(text, 'query'), familiarity: Math.fround(this.tokenizer.familiarity(text)) };
  }

  async embedPassages(passages: readonly PassageText[], options: EmbedOptions = {}): Promise<Float32Array[]> {
    const { states } = this.encoding;
    return takingTurns(passages, options, (passage) => (states === null ? this.#oneByOne(passage) : this.#atOnce(passage, states)));
  }

  /** ONNX Runtime 1.14 has no way to close a session: it goes with this object. */
  async close(): Promise<void> {}

  async #vector(text: string, kind: EmbeddedText): Promise<Float32Array> {
    return this.#run(this.tokenizer.encode(text, kind), kind, text, (ids) => this.encoding.vector(ids));
  }

  async #atOnce(passage: PassageText, statesOf: NonNullable<Encoding['states']>): Promise<Float32Array> {
    const { dimensions } = this.model;
    const { ids, ranges } = this.tokenizer.encodePassage(passage);
    // Some tokenizers make more of sentences than of the text they form, which is what was measured.
    if (ids.length > this.model.maxTokens) return this.#oneByOne(passage);
    const states = await this.#run(ids, 'passage', passage.sentences.join(' '), statesOf);
    const sums = ranges.map(({ start, end }) => sumOfTokens(states, dimensions, start, end));
    // Without a token of its own (a passage of characters that the tokenizer drops) it is what surrounds it.
    const isEmpty = ranges.every(({ start, end }) => start === end);
    return matrixOf(isEmpty ? pool(states, dimensions, 'mean') : normalise(sumOfRows(sums, dimensions)), sums);
  }

  async #oneByOne({ context, sentences }: PassageText): Promise<Float32Array> {
    const within = (text: string) => (context === '' ? text : `${context}\n${text}`);
    const whole = await this.#vector(within(sentences.join(' ')), 'passage');
    const parts: Float32Array[] = [];
    for (const sentence of sentences) parts.push(sentences.length === 1 ? whole : await this.#vector(within(sentence), 'passage'));
    return matrixOf(whole, parts);
  }

  async #run<T>(ids: readonly number[], kind: EmbeddedText, text: string, run: (ids: readonly number[]) => Promise<T>): Promise<T> {
    const tokens = ids.length;
    if (tokens > this.model.maxTokens) {
      throw new PilcrowError(
        kind === 'query' ? 'query-too-long' : 'embedding-failed',
        `a ${kind} of ${tokens} tokens is more than the ${this.model.maxTokens} that ${this.model.id} takes: ${quote(text)}`,
        'make it shorter',
      );
    }
    try {
      return await run(ids);
    } catch (cause) {
      throw new PilcrowError('embedding-failed', `${this.model.id} failed on the ${kind} ${quote(text)}`, null, { cause });
    }
  }
}

/** Embeds one after the other, other work getting its turn in between. */
async function takingTurns<T>(items: readonly T[], { signal }: EmbedOptions, embedOne: (item: T) => Promise<Float32Array>): Promise<Float32Array[]> {
  const vectors: Float32Array[] = [];
  for (const item of items) {
    if (signal?.aborted) throw interrupted(signal);
    vectors.push(await embedOne(item));
    await nextTurn();
  }
  return vectors;
}

/** Rows one after the other: the passage's, then its sentences'. */
function matrixOf(first: Float32Array, others: readonly Float32Array[]): Float32Array {
  const matrix = new Float32Array(first.length * (1 + others.length));
  matrix.set(first);
  others.forEach((row, i) => { matrix.set(row, first.length * (1 + i)); });
  return matrix;
}

function sumOfRows(rows: readonly Float32Array[], dimensions: number): Float32Array {
  const sum = new Float32Array(dimensions);
  for (const row of rows) row.forEach((value, i) => { sum[i] = (sum[i] as number) + value; });
  return sum;
}

async function openGraph({ graph }: LocatedModel): Promise<Graph> {
  const { InferenceSession, Tensor } = (await import('onnxruntime-node')).default;
  try {
    // transformers.js would make a session of its own, with a thread per core and no say in it.
    return new Graph(await InferenceSession.create(graph, SESSION_OPTIONS), Tensor);
  } catch (cause) {
    throw new PilcrowError('model-damaged', `the model ${graph} cannot be opened`, 'remove the file or fetch the model again', { cause });
  }
}

/** An encoder, BERT or not: it is fed those inputs that it asks for. */
class Graph {
  constructor(
    private readonly session: InferenceSession,
    private readonly tensor: typeof Tensor,
  ) {}

  get outputs(): readonly string[] {
    return this.session.outputNames;
  }

  /** One text, without padding. @param output the name of one of the outputs */
  async run(ids: readonly number[], output: string): Promise<{ data: Float32Array; dims: readonly number[] }> {
    const values: Record<string, () => BigInt64Array> = {
      input_ids: () => BigInt64Array.from(ids, BigInt),
      attention_mask: () => new BigInt64Array(ids.length).fill(1n),
      token_type_ids: () => new BigInt64Array(ids.length),
    };
    const feeds: Record<string, Tensor> = {};
    for (const name of this.session.inputNames) {
      const data = values[name]?.();
      if (data === undefined) throw new Error(`the graph asks for ${name}`);
      feeds[name] = new this.tensor('int64', data, [1, ids.length]);
    }
    const { data, dims } = (await this.session.run(feeds, [output]))[output] as Tensor;
    return { data: data as Float32Array, dims };
  }
}

/** @returns what turns texts into vectors, according to what the graph gives out */
function encodingOf(graph: Graph, spec: ModelSpec, folder: string): Encoding {
  const tokenOutput = TOKEN_OUTPUTS.find((name) => graph.outputs.includes(name));
  if (tokenOutput !== undefined) {
    const vector = async (ids: readonly number[]) => {
      const { data, dims } = await graph.run(ids, tokenOutput);
      return pool(data, dims.at(-1) as number, spec.pooling);
    };
    return { vector, states: spec.pooling === 'mean' ? async (ids) => (await graph.run(ids, tokenOutput)).data : null };
  }
  if (!graph.outputs.includes(POOLED_OUTPUT)) {
    throw new PilcrowError('model-damaged', `the model in ${folder} gives out ${graph.outputs.join(', ')}`, `an embedding model gives ${TOKEN_OUTPUTS[0]} or ${POOLED_OUTPUT}`);
  }
  return { vector: async (ids) => normalise((await graph.run(ids, POOLED_OUTPUT)).data), states: null };
}

function quote(text: string): string {
  const beginning = text.slice(0, QUOTED_CHARACTERS).replace(/\s+/g, ' ');
  return `"${beginning}${text.length > QUOTED_CHARACTERS ? '…' : ''}"`;
}
