import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PilcrowError } from '../errors';
import { digestOfFile } from '../digest';
import { downloadFromHub, isHubId } from './hub';
import { identityHash } from './identity';
import { PREPARED_DIGESTS, TOKENIZER_FILES } from './minilm';
import { prepareMiniLm } from './prepare';
import { DEFAULT_MODEL, type ModelSpec } from './spec';

/** A model whose files are all here, in transformers.js's layout. Plain data: workers are sent it. */
export interface LocatedModel {
  folder: string;
  /** Path of the .onnx file. */
  graph: string;
  /** As in `ModelIdentity`. */
  hash: string;
}

const GRAPH_FILES = { int8: 'onnx/model_quantized.onnx', fp32: 'onnx/model.onnx' } as const;

/**
 * Finds a model's files, preparing or downloading them where they are not here yet.
 * @throws PilcrowError `model-not-found`, `model-damaged`, `model-cache-unwritable`, `config-invalid`
 */
export async function locateModel(spec: ModelSpec): Promise<LocatedModel> {
  const graphFile = GRAPH_FILES[spec.dtype];
  if (spec.model === DEFAULT_MODEL) {
    const hash = hashOfMiniLm(spec);
    const folder = await prepareMiniLm([...TOKENIZER_FILES, graphFile]);
    return { folder, graph: join(folder, graphFile), hash };
  }
  const folder = await folderOfOther(spec.model, [...TOKENIZER_FILES, graphFile]);
  const graph = join(folder, graphFile);
  const hash = identityHash(spec, await digestOfFile(graph), await digestOfFile(join(folder, 'tokenizer.json')));
  return { folder, graph, hash };
}

/**
 * @returns `ModelIdentity.hash` of a model, without loading it; of the built-in model, without
 *   touching a file
 * @throws PilcrowError as {@link locateModel}
 */
export async function modelHash(spec: ModelSpec): Promise<string> {
  return spec.model === DEFAULT_MODEL ? hashOfMiniLm(spec) : (await locateModel(spec)).hash;
}

/** Whatever is loaded has been compared with these digests, so nothing needs hashing again. */
function hashOfMiniLm(spec: ModelSpec): string {
  requireMeanPooling(spec);
  return identityHash(spec, PREPARED_DIGESTS[GRAPH_FILES[spec.dtype]], PREPARED_DIGESTS['tokenizer.json']);
}

/**
 * The same for the tokenizer alone, which needs neither weights nor session.
 * @returns the folder with tokenizer.json
 */
export async function locateTokenizer(spec: ModelSpec): Promise<string> {
  if (spec.model === DEFAULT_MODEL) return prepareMiniLm(TOKENIZER_FILES);
  return folderOfOther(spec.model, TOKENIZER_FILES);
}

async function folderOfOther(model: string, files: readonly string[]): Promise<string> {
  const folder = resolve(model);
  if (!isFolder(folder)) {
    if (isHubId(model)) return downloadFromHub(model, files);
    throw new PilcrowError('model-not-found', `there is no model folder ${model}`, `give a folder in transformers.js layout, a hub id such as Xenova/bge-small-en-v1.5, or ${DEFAULT_MODEL}`);
  }
  const missing = files.filter((file) => !existsSync(join(folder, file)));
  if (missing.length > 0) {
    throw new PilcrowError('model-not-found', `the model folder ${model} lacks ${missing.join(', ')}`, `it needs ${files.join(', ')}`);
  }
  return folder;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function requireMeanPooling(spec: ModelSpec): void {
  if (spec.pooling === 'mean') return;
  throw new PilcrowError('config-invalid', `${DEFAULT_MODEL} is pooled by mean, not by ${spec.pooling}`, 'set pooling to mean');
}
