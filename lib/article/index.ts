export { authorsOf } from './authors';
export { addSources, type Source } from './sources/sources';
export { articleId } from './identity';
export { articleText, paragraphRanges } from './text-of';
export { KNOWN_EXTENSIONS, READING_VERSION, readArticles, readerFor } from './reading/registry';
export { listFiles, MAX_FILE_BYTES, type Failed, type Listed, type Skipped, type SourceFile } from './sources/walk';
export { loadFile, readFile, readSource, type FileRead } from './reading/read';
export type { Article, ArticleDraft, Paragraph, Reader, ReadInput, Setting } from './types';
export { watchSources, type Watch, type WatchOptions } from './sources/watch';
