import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { http } from '../../lib/benchmark/http';
import { runLoad } from '../../lib/benchmark/load-client';
import { memoryOfTree } from '../../lib/benchmark/process-memory';
import { isAppFresh } from '../../scripts/start/app.mjs';
import { failedChecks, testContext, type TestContext } from './support';

let context: TestContext;
beforeAll(async () => { context = await testContext(); });
afterAll(() => context.close());

/** @param answer given the question, writes an answer */
async function serve(answer: (question: string, response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => { answer(new URL(request.url ?? '', 'http://localhost').searchParams.get('q') ?? '', response); }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => { server.close(); });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const right = (query: string) => JSON.stringify({ query, results: [{ rank: 1, fit: 0.7 }] });
const questions = Array.from({ length: 40 }, (_, i) => `question & no. ${i} – “how”?`);

describe('who asks', () => {
  test('asks every question once, on as many connections as it was told', async () => {
    const asked: string[] = [];
    const waiting: (() => void)[] = [];
    // The first four are answered together: fewer connections would never get there.
    const origin = await serve((question, response) => {
      asked.push(question);
      waiting.push(() => response.end(right(question)));
      if (asked.length >= 4) for (const respond of waiting.splice(0)) respond();
    });
    const found = await runLoad({ origin, questions, connections: 4, mostSeconds: 30 });
    expect([...asked].sort()).toEqual([...questions].sort());
    expect(found).toMatchObject({ asked: 40, failures: 0, wrong: [] });
    expect(found.latencies).toHaveLength(40);
    expect(found.seconds).toBeGreaterThan(0);
  });

  test.each<[string, (question: string, response: ServerResponse) => void, RegExp]>([
    ['another status', (_, response) => response.writeHead(503).end(), /^503 for "question & no\. \d/],
    ['no results', (query, response) => response.end(JSON.stringify({ query, results: [] })), /^no results for /],
    ['another question', (_, response) => response.end(right('other')), /was answered as "other"$/],
    ['no JSON', (_, response) => response.end('<html>'), /JSON/],
    ['no answer', (_, response) => response.destroy(), /./],
  ])('counts %s as wrong, and times none of it', async (_, answer, told) => {
    const found = await runLoad({ origin: await serve(answer), questions, connections: 3, mostSeconds: 30 });
    expect(found).toMatchObject({ asked: 40, failures: 40, latencies: [] });
    expect(found.wrong).toHaveLength(5);
    for (const wrong of found.wrong) expect(wrong).toMatch(told);
  });

  test('asks nothing further when its time is over', async () => {
    const found = await runLoad({ origin: await serve((question, response) => response.end(right(question))), questions, connections: 2, mostSeconds: 0 });
    expect(found.asked).toBeLessThan(questions.length);
  });
});

test.skipIf(process.platform !== 'linux')('memory is that of a process and what it started', () => {
  const memory = memoryOfTree(process.pid);
  expect(memory?.processes).toBeGreaterThanOrEqual(1);
  expect(memory?.shared).toBeGreaterThan(1e6);
  expect(memory?.resident).toBeGreaterThanOrEqual((memory?.shared ?? 0) * 0.9);
  expect(memoryOfTree(2 ** 30)).toBeNull();
});

// Two runs of `next build` at once would spoil each other: only what is built already is served.
test.skipIf(!isAppFresh())(`the app answers what it is asked${isAppFresh() ? '' : ': skipped, since it has not been built (npm run build)'}`, async () => {
  const found = await http.run(context);
  expect(failedChecks(found)).toEqual([]);
  const value = (key: string) => found.figures.find((figure) => figure.key === key)?.value;
  expect(value('errors')).toBe(0);
  expect(value('requests')).toBeGreaterThan(0);
  expect(value('p99')).toBeGreaterThanOrEqual(value('p50')!);
  expect(value('loop-p99')).toBeGreaterThanOrEqual(value('loop-p50')!);
  expect(found.figures.find(({ key }) => key === 'p50')?.runs).toBe(40);
});
