import type { Failed, Skipped, SourceFile } from '../sources/walk';
import type { Article } from '../types';
import type { FileRead } from './article-reader';

/** What became of a file, or of something that cannot be one. */
export type Outcome = FileRead | Failed | Skipped;

/** Articles of a file that has more of them: its outcome follows. */
export interface FilePart {
  kind: 'part';
  file: SourceFile;
  articles: Article[];
}
