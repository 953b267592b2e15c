// The entry of an embedding worker, bundled into dist/embedding-worker.mjs. Its first message says
// which model to load, every later one what to embed.
import { packError } from '../errors';
import { type Answer, type Request, type Work, type WorkerStart, packQuestion } from './messages';
import { type LoadedModel, openModel } from './model';

// Ctrl-C in a terminal reaches every process at once. What becomes of the work is the pool's decision.
process.on('SIGINT', () => undefined);
// The process that started this one is gone: there is nobody to work for.
process.on('disconnect', () => process.exit());

process.once('message', (start: WorkerStart) => void serve(start));

async function serve({ spec, located }: WorkerStart): Promise<void> {
  try {
    const model = await openModel(spec, located);
    // A request does not wait for the one before it: the model takes turns between texts, so that a
    // question gets in between two passages.
    process.on('message', (request: Request) => void embed(model, request));
    answer({ type: 'ready', model: model.model });
  } catch (thrown) {
    answer({ type: 'unusable', error: packError(thrown) });
  }
}

async function embed(model: LoadedModel, { id, work }: Request): Promise<void> {
  try {
    answer({ type: 'embedded', id, vectors: await vectorsOf(model, work) });
  } catch (thrown) {
    answer({ type: 'failed', id, error: packError(thrown) });
  }
}

async function vectorsOf(model: LoadedModel, work: Work): Promise<Float32Array[]> {
  if ('passages' in work) return model.embedPassages(work.passages);
  if ('texts' in work) return model.embed(work.texts, work.kind);
  const { vector, familiarity } = await model.embedQuestion(work.question);
  return [packQuestion(vector, familiarity)];
}

function answer(message: Answer): void {
  // Sending fails only when nobody listens any more; `disconnect` takes care of that.
  process.send?.(message, () => undefined);
}
