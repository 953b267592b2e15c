import type { PackedError } from '../../errors';
import type { SourceFile } from '../sources/walk';
import type { Article } from '../types';

/** To the reading process. Files are read one after the other, in their order. */
export type ReadingRequest =
  | { type: 'read'; id: number; file: SourceFile }
  /** A message of articles has been taken. */
  | { type: 'taken' };

/** From it: any number of `articles`, then one of the others. `alive` says that something goes on. */
export type ReadingAnswer =
  | { type: 'alive'; id: number }
  | ArticlesAnswer
  | { type: 'read'; id: number; hash: Uint8Array; notes: PackedNotes }
  | { type: 'failed'; id: number; error: PackedError };

export interface ArticlesAnswer {
  type: 'articles';
  id: number;
  articles: Article[];
  /** The last one's paragraphs go on in the first article of the next message. */
  isOpen: boolean;
}

/** Messages of articles that may be under way: what is read does not pile up where nobody takes it. */
export const MESSAGES_AHEAD = 4;

/** `ReadNotes` as plain data. */
export interface PackedNotes {
  warnings: string[];
  failed: { source: string; error: PackedError }[];
  skipped: { source: string; reason: string; error?: PackedError | undefined }[];
}
