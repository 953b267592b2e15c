export { locateModel, modelHash } from './locate';
export { type EmbedOptions, type LoadedModel, loadModel } from './model';
export { type EmbedderPool, type PoolOptions, createEmbedderPool, defaultWorkers } from './pool';
export { DEFAULT_MODEL, type EmbeddedText, type ModelSpec, type PassageText, modelSpecSchema } from './spec';
export { type Tokenizer, loadTokenizer } from './tokenizer';
export type { EmbeddedQuestion, Embedder, ModelIdentity } from './types';
