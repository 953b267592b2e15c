import type { PackedError } from '../../errors';
import type { Neighbour } from './vectors';

/** What the process does, one after the other in the order it is asked. */
export interface GraphTasks {
  /** First of all: a graph from a file that has been verified, or an empty one. */
  begin: { asked: { path: string | null; dimensions: number }; found: null };
  /** `vectors`: shape [rows, dimensions], L2-normalised. */
  add: { asked: { rows: Uint32Array; vectors: Float32Array }; found: null };
  remove: { asked: { rows: Uint32Array }; found: null };
  /** The `k` nearest of the vector at each row, best first. */
  nearest: { asked: { rows: Uint32Array; k: number }; found: Neighbour[][] };
  /** How many vectors were written, those marked as deleted included. */
  save: { asked: { path: string }; found: number };
}

export type GraphTask = keyof GraphTasks;

export type GraphRequest = { [Task in GraphTask]: { id: number; task: Task; asked: GraphTasks[Task]['asked'] } }[GraphTask];

export type GraphAnswer = { id: number; found: GraphTasks[GraphTask]['found'] } | { id: number; error: PackedError };
