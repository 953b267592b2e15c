// The entry of the process in which a graph is made, bundled into dist/graph-worker.mjs: see graph-process.ts.
import process from 'node:process';
import { packError } from '../../errors';
import type { GraphAnswer, GraphRequest, GraphTask, GraphTasks } from './graph-messages';
import { VectorIndex } from './vectors';

// Ctrl-C in a terminal reaches every process at once. What becomes of the work is not for this one to decide.
process.on('SIGINT', () => undefined);
// The process that started this one is gone: there is nobody to work for.
process.on('disconnect', () => process.exit());

let graph: VectorIndex | null = null;

let queue: Promise<void> = Promise.resolve();
process.on('message', (request: GraphRequest) => {
  queue = queue.then(() => answer(request));
});

async function answer(request: GraphRequest): Promise<void> {
  try {
    send({ id: request.id, found: await work(request) });
  } catch (thrown) {
    send({ id: request.id, error: packError(thrown) });
  }
}

async function work({ task, asked }: GraphRequest): Promise<GraphTasks[GraphTask]['found']> {
  if (task === 'begin') {
    graph = asked.path === null ? VectorIndex.create(asked.dimensions) : await VectorIndex.open(asked.path, asked.dimensions);
    return null;
  }
  if (graph === null) throw new Error('there is no graph yet');
  const made = graph;
  if (task === 'nearest') return Array.from(asked.rows, (row) => made.search(made.vector(row), asked.k));
  if (task === 'save') {
    graph.save(asked.path);
    return graph.count;
  }
  for (const [i, row] of asked.rows.entries()) {
    if (task === 'remove') graph.remove(row);
    else graph.add(row, asked.vectors.subarray(i * graph.dimensions, (i + 1) * graph.dimensions));
  }
  return null;
}

function send(message: GraphAnswer): void {
  // Sending fails only when nobody listens any more; `disconnect` takes care of that.
  process.send?.(message, () => undefined);
}
