import process from 'node:process';
import { openCurrent } from '../index';
import type { ChildTasks } from './child-messages';

/** Searches after which what is read on demand is in memory, too. */
const SEARCHES = 50;
const DEPTH = 100;

/** Resident memory of this process before an index is open, with it, and after it has been searched. */
export async function openIndex({ indexDir }: ChildTasks['open']['asked']): Promise<ChildTasks['open']['found']> {
  const before = process.memoryUsage().rss;
  const generation = await openCurrent(indexDir);
  const { store, vectors } = generation;
  const after = process.memoryUsage().rss;
  for (const row of store.sampleRows(SEARCHES)) {
    for (const found of vectors.search(vectors.vector(row), DEPTH)) store.details(found.row);
  }
  const asked = process.memoryUsage().rss;
  generation.close();
  return { before, after, asked };
}
