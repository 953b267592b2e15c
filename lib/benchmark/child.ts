// The entry of a bench's child process, bundled into dist/benchmark-child.mjs: what is measured there is not disturbed
// by what this process holds, and ONNX sessions cannot run in threads. Each message asks for one measurement.
import process from 'node:process';
import { packError } from '../errors';
import type { ChildAnswer, ChildRequest, ChildTasks, TaskName } from './child-messages';

// Ctrl-C in a terminal reaches every process at once; the parent decides.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit());
process.on('message', (request: ChildRequest) => void answer(request));

async function answer(request: ChildRequest): Promise<void> {
  try {
    send({ type: 'found', found: await measure(request) });
  } catch (thrown) {
    send({ type: 'failed', error: packError(thrown) });
  }
}

// Each is loaded when it is asked for: the memory of one is not to hold the code of the others.
async function measure({ task, asked }: ChildRequest): Promise<ChildTasks[TaskName]['found']> {
  if (task === 'pipeline') return (await import('./plain-pipeline')).runPipeline(asked);
  if (task === 'session') return (await import('./raw-session')).runSession(asked);
  if (task === 'load') return (await import('./load-client')).runLoad(asked);
  return (await import('./opened-index')).openIndex(asked);
}

function send(message: ChildAnswer): void {
  process.send?.(message, () => undefined);
}
