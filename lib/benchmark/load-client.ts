import { Pool } from 'undici';
import { z } from 'zod';

export interface Load {
  /** Of the app. */
  origin: string;
  /** Each is asked once. */
  questions: readonly string[];
  /** Requests at the same time. */
  connections: number;
  /** After this many seconds nothing further is asked. */
  mostSeconds: number;
}

export interface LoadFound {
  /** From the first request to the last answer. */
  seconds: number;
  /** Milliseconds of each right answer, from its request to its last byte. */
  latencies: number[];
  asked: number;
  /** Answers that were wrong, or none. */
  failures: number;
  /** What was wrong with the first few. */
  wrong: string[];
}

const MOST_TOLD = 5;

const answerSchema = z.object({ query: z.string(), results: z.array(z.object({ rank: z.int(), fit: z.number() })).min(1) });

/**
 * Asks the app over HTTP, as many questions at once as there are connections, the next as soon as one is answered (a
 * closed loop), and reads every answer. Runs in a process of its own: what asks must not take from what answers.
 */
export async function runLoad({ origin, questions, connections, mostSeconds }: Load): Promise<LoadFound> {
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const found: LoadFound = { seconds: 0, latencies: [], asked: 0, failures: 0, wrong: [] };
  const waiting = questions.values();
  const started = performance.now();
  const until = started + mostSeconds * 1000;
  async function asker(): Promise<void> {
    for (const question of waiting) {
      if (performance.now() > until) return;
      found.asked++;
      const from = performance.now();
      const wrong = await ask(pool, question).catch((error: unknown) => String(error));
      if (wrong === null) found.latencies.push(performance.now() - from);
      else if (++found.failures <= MOST_TOLD) found.wrong.push(wrong);
    }
  }
  try {
    await Promise.all(Array.from({ length: connections }, asker));
    found.seconds = (performance.now() - started) / 1000;
    return found;
  } finally {
    await pool.close();
  }
}

/** @returns what is wrong with the answer, or null */
async function ask(pool: Pool, question: string): Promise<string | null> {
  const { statusCode, body } = await pool.request({ method: 'GET', path: `/api/search?${new URLSearchParams({ q: question }).toString()}` });
  const text = await body.text();
  if (statusCode !== 200) return `${statusCode} for ${JSON.stringify(question)}`;
  const answer = answerSchema.safeParse(JSON.parse(text));
  if (!answer.success) return `no results for ${JSON.stringify(question)}`;
  return answer.data.query === question ? null : `${JSON.stringify(question)} was answered as ${JSON.stringify(answer.data.query)}`;
}
