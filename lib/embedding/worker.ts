// The entry of an embedding worker, bundled into dist/embedding-worker.mjs.
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { type Answer, type Request, type WorkerStart, packError } from './messages';
import { type LoadedModel, openModel } from './model';

await serve(parentPort as MessagePort, workerData as WorkerStart);

async function serve(port: MessagePort, { spec, located }: WorkerStart): Promise<void> {
  const answer = (message: Answer, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
  try {
    const model = await openModel(spec, located);
    // A request does not wait for the one before it: the model takes turns between texts, so that a
    // question gets in between two passages.
    port.on('message', (request: Request) => void embed(model, request, answer));
    answer({ type: 'ready', model: model.model });
  } catch (thrown) {
    answer({ type: 'unusable', error: packError(thrown) });
  }
}

async function embed(
  model: LoadedModel,
  { id, texts, kind }: Request,
  answer: (message: Answer, transfer?: ArrayBuffer[]) => void,
): Promise<void> {
  try {
    const vectors = await model.embed(texts, kind);
    answer({ type: 'embedded', id, vectors }, vectors.map(({ buffer }) => buffer as ArrayBuffer));
  } catch (thrown) {
    answer({ type: 'failed', id, error: packError(thrown) });
  }
}
