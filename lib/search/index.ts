export { answerFrom } from './answer';
export { judgementOf } from './answerable';
export { diffGenerations, type AnswerChanges, type ChangedPassage, type DiffOptions, type FromTo, type GenerationDiff } from './answer-changes';
export { withCurrent, type OpenEmbedder } from './askable';
export { calibrate } from './calibrate';
export { createEngine, type Engine, type EngineOptions } from './engine';
export type { GenerationSummary, MapRegion, PassageMap } from '../index';
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
export { parseQuestion } from './question';
export {
  ARTICLE_PAGE_SIZE,
  ARTICLE_SORTS,
  DEFAULT_K,
  DEFAULT_RELATED_K,
  MAX_ARTICLE_QUERY_LENGTH,
  MAX_K,
  MAX_QUERY_LENGTH,
  MODES,
  parseArticlesRequest,
  parseFilters,
  parseRelatedRequest,
  parseSearchRequest,
  type ArticlesInput,
  type ArticlesRequest,
  type ArticleSort,
  type Filters,
  type FiltersInput,
  type Mode,
  type RelatedInput,
  type SearchInput,
  type SearchRequest,
} from './request';
export type {
  ArticlePage,
  ArticleRef,
  Duplicate,
  Evidence,
  Facets,
  FacetValue,
  FoundPassage,
  ListedArticle,
  MapPassage,
  MapPlace,
  MapRegionPassages,
  RelatedResponse,
  SearchResponse,
  SearchResult,
  Timing,
  UnknownFilter,
} from './types';
