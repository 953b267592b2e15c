import onnxruntime, { type InferenceSession } from 'onnxruntime-node';
import type { ChildTasks } from './child-messages';

let opened: Promise<InferenceSession> | null = null;

/** What the runtime takes for the model and nothing else: no tokenizer, no pooling. Runs in a child process. */
export async function runSession({ graph, tokens }: ChildTasks['session']['asked']): Promise<ChildTasks['session']['found']> {
  // As a pool's worker has it.
  opened ??= onnxruntime.InferenceSession.create(graph, { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 });
  const session = await opened;
  const inputs = tokens.map((ids) => {
    const tensor = (values: BigInt64Array) => new onnxruntime.Tensor('int64', values, [1, ids.length]);
    const byName: Record<string, BigInt64Array> = { input_ids: BigInt64Array.from(ids, BigInt), attention_mask: new BigInt64Array(ids.length).fill(1n) };
    return Object.fromEntries(session.inputNames.map((name) => [name, tensor(byName[name] ?? new BigInt64Array(ids.length))]));
  });
  const started = performance.now();
  for (const input of inputs) await session.run(input);
  return { seconds: (performance.now() - started) / 1000 };
}
