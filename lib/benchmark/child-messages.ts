import type { PackedError } from '../errors';
import type { Load, LoadFound } from './load-client';

/** What a child process measures. */
export interface ChildTasks {
  /** transformers.js as anyone would use it: its `pipeline`, so many texts at a time, in the order they come. */
  pipeline: { asked: { folder: string; texts: readonly string[]; batch: number }; found: { seconds: number; vectors: Float32Array[] } };
  /** The model's session alone, with one thread, on texts that are tokens already. */
  session: { asked: { graph: string; tokens: readonly (readonly number[])[] }; found: { seconds: number } };
  /** An index opened by a process that has none yet; bytes of resident memory. */
  open: { asked: { indexDir: string }; found: { before: number; after: number; asked: number } };
  /** The served app, asked over HTTP. */
  load: { asked: Load; found: LoadFound };
}

export type TaskName = keyof ChildTasks;

/** To a child, one at a time. */
export type ChildRequest = { [Name in TaskName]: { task: Name; asked: ChildTasks[Name]['asked'] } }[TaskName];

export type ChildAnswer = { type: 'found'; found: ChildTasks[TaskName]['found'] } | { type: 'failed'; error: PackedError };
