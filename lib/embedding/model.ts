import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BertModel } from '@xenova/transformers';
import type { InferenceSession } from 'onnxruntime-node';
import { PilcrowError } from '../errors';
import { interrupted } from './interrupted';
import { type LocatedModel, locateModel } from './locate';
import { normalise, pool } from './pooling';
import type { EmbeddedText, ModelSpec } from './spec';
import { type EncodedText, type Encoder, type Tokenizer, openTokenizer } from './tokenizer';
import type { Embedder, ModelIdentity } from './types';

export interface EmbedOptions {
  /** Stops the work between two texts; the promise is then rejected with `interrupted`. */
  signal?: AbortSignal;
}

/** A model in this process. While a text runs, nothing else does; between texts other work gets its turn. */
export interface LoadedModel extends Embedder {
  readonly tokenizer: Tokenizer;
  embed(texts: readonly string[], kind: EmbeddedText, options?: EmbedOptions): Promise<Float32Array[]>;
}

/** One thread per session: two workers of one thread each do twice the work of one; two threads in one session do less. */
const SESSION_OPTIONS: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  logSeverityLevel: 3, // errors: warnings would end up on stderr
};

/** Outputs by which published models are known, the pooled one first. */
const POOLED_OUTPUT = 'sentence_embedding';
const TOKEN_OUTPUTS = ['last_hidden_state', 'token_embeddings'];

/** Characters of an offending text that an error quotes. */
const QUOTED_CHARACTERS = 60;

/**
 * Loads a model into this process, in some 0.3 s; preparing or downloading it first where needed.
 * @throws PilcrowError `model-not-found`, `model-damaged`, `model-cache-unwritable`, `config-invalid`
 */
export async function loadModel(spec: ModelSpec): Promise<LoadedModel> {
  // Importing is the slowest part of loading: the files are checked beside it.
  const [located] = await Promise.all([locateModel(spec), import('@xenova/transformers')]);
  return openModel(spec, located);
}

/** The same for a model whose files are known to be here and whole. */
export async function openModel(spec: ModelSpec, located: LocatedModel): Promise<LoadedModel> {
  const tokenizer = await openTokenizer(spec, located.folder);
  const { model, session } = await openGraph(located);
  const run = runner(model, session, spec, located.folder);
  // A model's config does not tell the size of its sentence embedding for certain; a run does.
  const dimensions = (await run(tokenizer.encode('', 'query'))).length;
  return new LocalModel(
    { id: spec.model, dimensions, maxTokens: tokenizer.maxTokens, hash: located.hash },
    tokenizer,
    run,
    () => model.dispose(),
  );
}

type Run = (encoded: EncodedText) => Promise<Float32Array>;

class LocalModel implements LoadedModel {
  constructor(
    readonly model: ModelIdentity,
    readonly tokenizer: Encoder,
    private readonly run: Run,
    private readonly dispose: () => Promise<unknown>,
  ) {}

  async embed(texts: readonly string[], kind: EmbeddedText, options: EmbedOptions = {}): Promise<Float32Array[]> {
    const vectors: Float32Array[] = [];
    for (const text of texts) {
      if (options.signal?.aborted) throw interrupted(options.signal);
      vectors.push(await this.#embedOne(text, kind));
      await nextTurn();
    }
    return vectors;
  }

  async close(): Promise<void> {
    await this.dispose();
  }

  async #embedOne(text: string, kind: EmbeddedText): Promise<Float32Array> {
    const encoded = this.tokenizer.encode(text, kind);
    const tokens = encoded.input_ids.dims.at(-1) as number;
    if (tokens > this.model.maxTokens) {
      throw new PilcrowError(
        kind === 'query' ? 'query-too-long' : 'embedding-failed',
        `a ${kind} of ${tokens} tokens is more than the ${this.model.maxTokens} that ${this.model.id} takes: ${quote(text)}`,
        'make it shorter',
      );
    }
    try {
      return await this.run(encoded);
    } catch (cause) {
      throw new PilcrowError('embedding-failed', `${this.model.id} failed on the ${kind} ${quote(text)}`, null, { cause });
    }
  }
}

async function openGraph({ folder, graph }: LocatedModel): Promise<{ model: BertModel; session: InferenceSession }> {
  const [{ BertModel }, { InferenceSession }] = await Promise.all([
    import('@xenova/transformers'),
    import('onnxruntime-node').then((module) => module.default),
  ]);
  try {
    const config = JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')) as object;
    // transformers.js would make a session of its own, with a thread per core and no say in it. Its
    // class runs any encoder, BERT or not: it feeds the inputs that the session asks for.
    const session = await InferenceSession.create(graph, SESSION_OPTIONS);
    return { model: new BertModel(config, session), session };
  } catch (cause) {
    throw new PilcrowError('model-damaged', `the model ${graph} cannot be opened`, 'remove the file or fetch the model again', { cause });
  }
}

/** @returns what turns an encoded text into its embedding, according to what the graph gives out */
function runner(model: BertModel, session: InferenceSession, spec: ModelSpec, folder: string): Run {
  const output = [POOLED_OUTPUT, ...TOKEN_OUTPUTS].find((name) => session.outputNames.includes(name));
  if (output === undefined) {
    throw new PilcrowError('model-damaged', `the model in ${folder} gives out ${session.outputNames.join(', ')}`, `an embedding model gives ${POOLED_OUTPUT} or ${TOKEN_OUTPUTS[0]}`);
  }
  return async (encoded) => {
    const outputs = (await model(encoded)) as Record<string, { data: Float32Array; dims: number[] }>;
    const { data, dims } = outputs[output] as { data: Float32Array; dims: number[] };
    const vector = output === POOLED_OUTPUT ? data : pool(data, dims.at(-1) as number, spec.pooling);
    return normalise(vector);
  };
}

function quote(text: string): string {
  const beginning = text.slice(0, QUOTED_CHARACTERS).replace(/\s+/g, ' ');
  return `"${beginning}${text.length > QUOTED_CHARACTERS ? '…' : ''}"`;
}
