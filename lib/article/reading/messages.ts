import type { PackedError } from '../../errors';
import type { SourceFile } from '../sources/walk';
import type { Article } from '../types';

/** To the reading process. Requests are answered one after the other, in their order. */
export interface ReadingRequest {
  id: number;
  file: SourceFile;
}

/** From it: any number of `articles`, then one of the others. `alive` says that something goes on. */
export type ReadingAnswer =
  | { type: 'alive'; id: number }
  | { type: 'articles'; id: number; articles: Article[] }
  | { type: 'read'; id: number; hash: Uint8Array; notes: PackedNotes }
  | { type: 'failed'; id: number; error: PackedError };

/** `ReadNotes` as plain data. */
export interface PackedNotes {
  warnings: string[];
  failed: { source: string; error: PackedError }[];
  skipped: { source: string; reason: string }[];
}
