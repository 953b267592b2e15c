export { authorsOf } from './authors';
export { addSources, type Source } from './sources';
export { articleId } from './identity';
export { articleText, paragraphRanges } from './text-of';
export { KNOWN_EXTENSIONS, READING_VERSION, readArticles, readerFor } from './registry';
export { listFiles, MAX_FILE_BYTES, type Failed, type Listed, type Skipped, type SourceFile } from './walk';
export { loadFile, readFile, readSource, type FileRead } from './read';
export type { Article, ArticleDraft, Paragraph, Reader, ReadInput, Setting } from './types';
export { watchSources, type Watch, type WatchOptions } from './watch';
