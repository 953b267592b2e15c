import type { Source } from '../sources/source';
import type { SourceSet } from '../sources/source-set';
import type { Failed, Listed, Skipped, SourceFile } from '../sources/walk';
import { ahead } from './ahead';
import type { ArticleReader, FileRead } from './article-reader';

/** Files that the reading process is given at once, so that it need not wait for what becomes of one. */
const READ_AHEAD = 4;

/** What became of a file, or of something that cannot be one. */
export type Outcome = FileRead | Failed | Skipped;

/**
 * Everything in one source, in order. What cannot be read is an outcome, too: the walk goes on.
 * @throws PilcrowError `interrupted`, at once: a single file may take minutes
 */
export function readSource(set: SourceSet, source: Source, reader: ArticleReader, signal?: AbortSignal): AsyncGenerator<Outcome, void, undefined> {
  return ahead(set.list(source), READ_AHEAD, (listed: Listed): Promise<Outcome> | Outcome => (listed.kind === 'file' ? reader.read(listed.file) : listed), signal);
}

/** The same of files that are known already. */
export function readFiles(files: Iterable<SourceFile>, reader: ArticleReader, signal?: AbortSignal): AsyncGenerator<Outcome, void, undefined> {
  return ahead(files, READ_AHEAD, (file) => reader.read(file), signal);
}
