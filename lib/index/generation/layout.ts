import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { packageRoot } from '../../package-root';

/** Where everything lies in an index directory. Fixed: people script against these names. */
export interface IndexLayout {
  directory: string;
  /** One line: the id of the generation in use. Replaced by rename, never written in place. */
  current: string;
  generations: string;
  /** model + text → embedding; what makes a rebuild cheap. */
  embeddings: string;
  /** What addresses led to when they were last fetched. */
  fetched: string;
  /** What came by standard input, to be read again. */
  received: string;
  /** An empty SQLite file whose lock is held by whoever writes; the system lets go of it when that process ends. */
  lock: string;
  /** Who holds it, and how far they are. */
  writer: string;
  /** Questions saved by the user, with the answers they must keep. */
  questions: string;
}

export interface GenerationLayout {
  directory: string;
  manifest: string;
  passages: string;
  vectors: string;
}

export const GENERATION_FILES = ['passages.sqlite', 'vectors.hnsw'] as const;
export type GenerationFile = (typeof GENERATION_FILES)[number];

export function indexLayout(indexDir: string): IndexLayout {
  const directory = resolve(indexDir);
  return {
    directory,
    current: join(directory, 'current'),
    generations: join(directory, 'generations'),
    embeddings: join(directory, 'embeddings.sqlite'),
    fetched: join(directory, 'fetched'),
    received: join(directory, 'received'),
    lock: join(directory, 'writer.lock'),
    writer: join(directory, 'writer.json'),
    questions: join(directory, 'questions.json'),
  };
}

export function generationLayout(directory: string): GenerationLayout {
  return {
    directory,
    manifest: join(directory, 'manifest.json'),
    passages: join(directory, 'passages.sqlite'),
    vectors: join(directory, 'vectors.hnsw'),
  };
}

/** PILCROW_INDEX_DIR, else `index/` of the project. */
export function defaultIndexDir(): string {
  const named = process.env['PILCROW_INDEX_DIR'];
  return named !== undefined && named !== '' ? resolve(named) : join(packageRoot(), 'index');
}

/** Whether anything has been published there; says nothing of its state. `current` may be lost, and with it no more than a word. */
export function hasIndex(indexDir: string): boolean {
  const { current, generations } = indexLayout(indexDir);
  return existsSync(current) || (existsSync(generations) && readdirSync(generations).some((name) => !name.startsWith('.')));
}
