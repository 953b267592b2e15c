import type { Source } from '../sources/source';
import type { SourceSet } from '../sources/source-set';
import type { Listed, SourceFile } from '../sources/walk';
import { ahead } from './ahead';
import type { ArticleReader } from './article-reader';
import { FileParts } from './file-parts';
import type { FilePart, Outcome } from './outcome';

/** Files that the reading process is given at once, so that it need not wait for what becomes of one. */
const READ_AHEAD = 4;

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

/** What is listed, with no more than some megabytes of articles in memory: large files come in parts. */
export async function* readInParts(listed: AsyncIterable<Listed> | Iterable<Listed>, reader: ArticleReader): AsyncGenerator<Outcome | FilePart, void, undefined> {
  for await (const next of ahead(listed, READ_AHEAD, (one: Listed) => (one.kind === 'file' ? new FileParts(one.file, reader) : one))) {
    if (next instanceof FileParts) yield* next;
    else yield next;
  }
}
