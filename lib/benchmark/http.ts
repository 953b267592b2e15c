import { Child } from './child-process';
import type { LoadFound } from './load-client';
import { memoryOfTree, type TreeMemory } from './process-memory';
import { isAppBuilt, NOT_BUILT, serveApp, type LoopDelay } from './served-app';
import { quantile } from './statistics';
import type { Bench, BenchContext, Figure } from './types';

const CONNECTIONS = 32;
const MOST_SECONDS = 30;
/** `warmUp`: asked before, and not measured. */
const SIZES = { requests: 1_500, warmUp: 64 };
const QUICK_SIZES = { requests: 40, warmUp: 8 };

export const http: Bench = {
  name: 'http',
  title: `The served app, asked by ${CONNECTIONS} at once`,
  async run(context) {
    if (!isAppBuilt()) return { figures: [], series: [], checks: [], notes: [NOT_BUILT] };
    const { requests, warmUp } = context.quick ? QUICK_SIZES : SIZES;
    const all = (await context.questions(requests + warmUp)).map((question) => question.replace(/\s+/g, ' ').trim());
    const questions = all.slice(0, requests);
    const { load, delay, memory } = await underLoad(all.slice(-warmUp), questions, context);
    return {
      figures: figuresOf(load, delay, memory),
      series: [],
      checks: [
        { label: 'every answer is one: 200, with results, to the question that was asked', passed: load.asked > 0 && load.failures === 0, detail: [`${load.asked - load.failures} of ${load.asked}`, ...load.wrong].join('; ') },
        { label: 'the server’s event loop was watched', passed: delay.looks > 0, detail: `${delay.looks} looks` },
      ],
      notes: [
        `${load.asked} different questions from another process over ${CONNECTIONS} connections, each asked as soon as the one before it is answered; ${Math.min(warmUp, all.length)} before were not measured`,
        'who asks and who answers share the processor; each answer is read to its end and checked',
        `event loop: how late timers of 5 ms fire; ${memoryNote(memory)}`,
        ...(load.asked < questions.length ? [`ended after ${MOST_SECONDS} s, ${load.asked} of ${questions.length} questions`] : []),
      ],
    };
  },
};

interface Found {
  load: LoadFound;
  delay: LoopDelay;
  memory: TreeMemory | null;
}

async function underLoad(warmUps: readonly string[], questions: readonly string[], context: BenchContext): Promise<Found> {
  const indexDir = await context.index();
  context.onStep('starting the app', 0, 3);
  const app = await serveApp({ indexDir, question: questions[0] ?? 'anything', signal: context.signal, as: 'watched' });
  const client = new Child();
  try {
    const { origin } = app;
    context.onStep('warming up', 1, 3);
    await client.ask('load', { origin, questions: warmUps, connections: CONNECTIONS, mostSeconds: MOST_SECONDS });
    await app.loopDelay('reset');
    context.onStep('asking', 2, 3);
    const load = await client.ask('load', { origin, questions, connections: CONNECTIONS, mostSeconds: MOST_SECONDS });
    return { load, delay: await app.loopDelay(), memory: memoryOfTree(app.pid) };
  } finally {
    await Promise.all([client.end(), app.close()]);
  }
}

function figuresOf({ latencies, seconds, asked, failures }: LoadFound, delay: LoopDelay, memory: TreeMemory | null): Figure[] {
  const latency = (key: string, share: number): Figure => ({ key, label: `time to an answer, ${key}`, unit: 'ms', value: quantile(latencies, share), runs: latencies.length, better: 'lower' });
  const late = (key: string, name: string, value: number): Figure => ({ key, label: `the event loop is late, ${name}`, unit: 'ms', value, runs: delay.looks, better: 'lower' });
  return [
    { key: 'requests', label: 'answers', unit: '/s', value: latencies.length / seconds, runs: latencies.length, better: 'higher' },
    latency('p50', 0.5),
    latency('p90', 0.9),
    latency('p99', 0.99),
    { key: 'errors', label: 'wrong answers, or none', unit: 'count', value: failures, runs: asked, better: 'lower' },
    late('loop-p50', 'p50', delay.p50),
    late('loop-p99', 'p99', delay.p99),
    ...(memory === null ? [] : [{ key: 'memory', label: 'memory of the server and what it starts', unit: 'MB', value: memory.shared / 1e6, runs: 1, better: 'lower' } satisfies Figure]),
  ];
}

function memoryNote(memory: TreeMemory | null): string {
  if (memory === null) return 'memory: this system does not tell';
  return `memory: ${memory.processes} processes right after the load, pages they share counted once (PSS; their resident sizes add up to ${(memory.resident / 1e6).toFixed(0)} MB)`;
}
