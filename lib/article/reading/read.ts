import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { asPilcrowError, PilcrowError } from '../../errors';
import { readArticles, type ReadNotes } from './registry';
import type { Source } from '../sources/sources';
import type { Article } from '../types';
import { listFiles, MAX_FILE_BYTES, tooLarge, unreadable, type Failed, type Skipped, type SourceFile } from '../sources/walk';

/** Windows has no such flag. */
const NON_BLOCKING = 'O_NONBLOCK' in constants ? constants.O_NONBLOCK : 0;

/** A file with all of its articles, at least one. */
export interface FileRead {
  kind: 'read';
  file: SourceFile;
  /** SHA-256 of its bytes. */
  hash: Buffer;
  articles: Article[];
  notes: ReadNotes;
}

/**
 * Everything in one source, one file in memory at a time. What cannot be read is an outcome, too: the
 * walk goes on.
 *
 * @param earlier sources whose files are not this one's
 */
export async function* readSource(source: Source, earlier: readonly Source[] = []): AsyncGenerator<FileRead | Skipped | Failed, void, undefined> {
  for await (const listed of listFiles(source, earlier)) yield listed.kind === 'file' ? await readFile(listed.file) : listed;
}

/** The articles in one file, or the one reason why there are none. */
export async function readFile(file: SourceFile): Promise<FileRead | Failed> {
  try {
    const { bytes, hash } = loadFile(file);
    const notes: ReadNotes = { warnings: [], failed: [], skipped: [] };
    const articles: Article[] = [];
    for await (const article of readArticles({ bytes, name: basename(file.path), source: file.source }, notes)) articles.push(article);
    return { kind: 'read', file, hash, articles, notes };
  } catch (thrown) {
    return { kind: 'failed', path: file.path, source: file.source, error: asPilcrowError(thrown) };
  }
}

/**
 * A file's bytes and their SHA-256. Synchronous: of many small files Node reads fifteen times as many this way.
 * @throws PilcrowError `source-unreadable`, `source-not-found`, `file-too-large`
 */
export function loadFile({ path }: SourceFile): { bytes: Uint8Array; hash: Buffer } {
  let descriptor: number | null = null;
  try {
    // a pipe that took the file's place since it was listed would block without O_NONBLOCK
    descriptor = openSync(path, constants.O_RDONLY | NON_BLOCKING);
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw new PilcrowError('source-unreadable', `${path} is not a file any more`);
    if (stats.size > MAX_FILE_BYTES) throw tooLarge(path, stats.size);
    const bytes = readFileSync(descriptor);
    if (bytes.length > MAX_FILE_BYTES) throw tooLarge(path, bytes.length);
    return { bytes, hash: createHash('sha256').update(bytes).digest() };
  } catch (thrown) {
    throw thrown instanceof PilcrowError ? thrown : unreadable({ path }, thrown);
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}
