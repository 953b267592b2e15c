export { splitArticle, SPLITTER_VERSION } from './split';
export { closeContext, MIN_TOKENS, titleContext, withContext, type TokenLimits } from './context';
export { splitSentences, type Range } from './sentences';
export type { Passage } from './types';
export { countWords } from './words';
