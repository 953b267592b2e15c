import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { asPilcrowError, PilcrowError } from '../errors';
import { readArticles } from './registry';
import type { Source } from './sources';
import type { Article } from './types';
import { listFiles, MAX_FILE_BYTES, tooLarge, unreadable, type Failed, type Skipped, type SourceFile } from './walk';

/** Windows has no such flag. */
const NON_BLOCKING = 'O_NONBLOCK' in constants ? constants.O_NONBLOCK : 0;

export type ReadOutcome = { kind: 'article'; article: Article; file: SourceFile } | Skipped | Failed;

/** Everything in the sources, one file in memory at a time; a file belongs to the first source that contains it. */
export async function* readSources(sources: readonly Source[]): AsyncGenerator<ReadOutcome, void, undefined> {
  for (const [index, source] of sources.entries()) yield* readSource(source, sources.slice(0, index));
}

/**
 * Everything in one source. What cannot be read is an outcome, too: the walk goes on.
 *
 * @param earlier sources whose files are not this one's
 */
export async function* readSource(source: Source, earlier: readonly Source[] = []): AsyncGenerator<ReadOutcome, void, undefined> {
  for await (const listed of listFiles(source, earlier)) {
    if (listed.kind === 'file') yield* await readFile(listed.file);
    else yield listed;
  }
}

/** The articles in one file, or the one reason why there are none. */
export async function readFile(file: SourceFile): Promise<ReadOutcome[]> {
  try {
    const bytes = await readBytes(file.path);
    const articles = await readArticles({ bytes, name: basename(file.path), source: file.source });
    return articles.map((article) => ({ kind: 'article', article, file }));
  } catch (thrown) {
    return [{ kind: 'failed', path: file.path, source: file.source, error: asPilcrowError(thrown) }];
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  let handle: FileHandle | null = null;
  try {
    // a pipe that took the file's place since it was listed would block without O_NONBLOCK
    handle = await open(path, constants.O_RDONLY | NON_BLOCKING);
    const stats = await handle.stat();
    if (!stats.isFile()) throw new PilcrowError('source-unreadable', `${path} is not a file any more`);
    if (stats.size > MAX_FILE_BYTES) throw tooLarge(path, stats.size);
    const bytes = await handle.readFile();
    if (bytes.length > MAX_FILE_BYTES) throw tooLarge(path, bytes.length);
    return bytes;
  } catch (thrown) {
    throw thrown instanceof PilcrowError ? thrown : unreadable({ path }, thrown);
  } finally {
    await handle?.close();
  }
}
