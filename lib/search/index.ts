export { diffGenerations, type AnswerChanges, type ChangedPassage, type DiffOptions, type FromTo, type GenerationDiff } from './answer-changes';
export { withCurrent, type OpenEmbedder } from './askable';
export { calibrate } from './calibrate';
export { createEngine, type Engine, type EngineOptions } from './engine';
export { guardFor, type QuestionGuard } from './guard';
export { askSaved, checkQuestion, pinOf, rankOf, type CheckedQuestion } from './pinned';
export {
  addQuestion,
  DEFAULT_WITHIN,
  findQuestion,
  MAX_QUESTIONS,
  MAX_WITHIN,
  questionText,
  readQuestions,
  removeQuestion,
  type NumberedQuestion,
  type Pin,
  type SavedQuestion,
} from './questions';
export {
  DEFAULT_K,
  DEFAULT_RELATED_K,
  MAX_K,
  MAX_QUERY_LENGTH,
  MODES,
  parseRelatedRequest,
  parseSearchRequest,
  type Filters,
  type Mode,
  type RelatedInput,
  type SearchInput,
  type SearchRequest,
} from './request';
export type { ArticleRef, Duplicate, Evidence, RelatedResponse, SearchResponse, SearchResult, Timing } from './types';
