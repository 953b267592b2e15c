export { calibrate } from './calibrate';
export { createEngine, type Engine, type EngineOptions } from './engine';
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
